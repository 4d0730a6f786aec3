"""`rig run`: scenarios, one after another, with a progress bar and a table at the end of each."""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from functools import lru_cache
from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn

from contracts.clock import SECOND, Clock
from contracts.errors import NothingToRun, UsageError
from rig.bench.paths import find_bench
from rig.cli.living import NO_PAGE, PageOptions, paged
from rig.cli.serving import serving
from rig.feeds import Feeds, open_feeds
from rig.judge import Outcome
from rig.loop import Progress as RunProgress
from rig.paths import find_scenario
from rig.run import OnProgress, RunResult, run_scenario
from rig.scenario import Scenario, read_scenarios, ready
from rig.scenario.chosen import chosen
from rig.storage.keeping import keep
from rig.storage.opening import open_place
from twin.store import load_store

EXIT_CODES = {Outcome.PASS: 0, Outcome.UNJUDGED: 0, Outcome.FAIL: 1, Outcome.ERROR: 6}
WORDS = {
    Outcome.PASS: "PASS",
    Outcome.FAIL: "FAIL: the product was wrong",
    Outcome.ERROR: "ERROR: the rig or the script was wrong",
    Outcome.UNJUDGED: "none: this run carries no truth to judge by",
}


@dataclass(frozen=True, slots=True)
class RunOptions:
    """What the command line said."""

    seed: int | None
    store: str
    record: Path
    stack: str
    stack_timeout_s: float
    realtime: bool
    renderer: str
    as_json: bool
    feeds: tuple[str, ...] = ()
    app: str = ""
    ledger: str = ""
    bench: str = ""
    serve: bool = False
    pages: PageOptions = NO_PAGE
    draw: str = ""
    upload: str = ""

    @property
    def paced(self) -> bool:
        """Whether the run goes by the clock on the wall."""
        return self.realtime or bool(self.bench)


def run_files(files: Sequence[Path], options: RunOptions) -> int:
    """Run all scenarios of some files; return the exit code: that of the worst outcome.

    Raises:
        UsageError: a file is wrong; all files are read and checked before the first run starts.
    """
    if options.feeds and not options.paced:
        raise UsageError(
            "a feed goes out at the pace of the clock on the wall",
            where="--feed",
            expected="--realtime beside it",
            found="a run as fast as it goes",
            hint="add --realtime",
        )
    if options.app and not options.paced:
        raise UsageError(
            "people who use the app live by the clock on the wall",
            where="--app",
            expected="--realtime beside it",
            found="a run as fast as it goes",
            hint="add --realtime",
        )
    if options.serve and not options.bench:
        raise UsageError("there is no shim to start", where="--serve", expected="--bench beside it")
    if options.record.exists() and not options.record.is_dir():
        raise UsageError("recordings go into a folder", where="--record", found=f"the file {options.record}")
    scenarios = ready_scenarios(files, options)
    place = open_place(options.upload) if options.upload else None
    worst = 0
    told = []
    try:
        for scenario, store_path in scenarios:
            result = run_one(scenario, store_path, options)
            told.append(summary(result) | {"xfail": scenario.xfail or None})
            if not options.as_json:
                show(result, Console(), scenario.xfail)
            if place is not None:
                told[-1]["stored"] = stored = keep(result, place)
                if not options.as_json:
                    Console().print(f"stored    {stored}", soft_wrap=True, highlight=False, markup=False)
            worst = max(worst, exit_code(result, scenario.xfail))
    finally:  # a run that ends in an error takes nothing from those before it
        if options.as_json:
            sys.stdout.write(json.dumps(told, indent=2) + "\n")
    return worst


def exit_code(result: RunResult, xfail: str = "") -> int:
    """Return a run's exit code; where a failure is expected, only the failure is right."""
    outcome = result.verdict.outcome
    if xfail and outcome in (Outcome.PASS, Outcome.FAIL):
        return int(outcome is Outcome.PASS)
    return EXIT_CODES[outcome]


def ready_scenarios(files: Sequence[Path], options: RunOptions) -> list[tuple[Scenario, Path]]:
    """Return every scenario of some files, checked against its store, and the store's file.

    Raises:
        UsageError: something is wrong with a file; lists what is wrong with all of them.
    """
    said: dict[str, object] = {} if options.seed is None else {"seed": options.seed}
    said |= {"store": options.store} if options.store else {}
    layout_of = lru_cache(None)(lambda path: load_store(path).layout)
    found: list[tuple[Scenario, Path]] = []
    problems: list[UsageError] = []
    for file in files:
        try:
            path = find_scenario(str(file))
            meant = chosen(read_scenarios(path), options.draw)
            found += [ready(written, said, layout_of=layout_of) for written in meant]
        except UsageError as error:
            problems += [error] if str(error) not in map(str, problems) else []
    names = Counter(scenario.name for scenario, _ in found)
    problems += [_twice(name) for name, count in names.items() if count > 1]
    if len(problems) > 1:
        raise UsageError("\n".join(map(str, problems)))
    if problems:
        raise problems[0]
    if not found:
        raise NothingToRun("no scenario to run", where=", ".join(map(str, files)))
    return found


def _twice(name: str) -> UsageError:
    return UsageError(
        f"two scenarios are named '{name}'",
        expected="one recording a scenario",
        hint="run them one after the other, each with a --record folder of its own",
    )


def run_one(scenario: Scenario, store_path: Path, options: RunOptions) -> RunResult:
    """Run one scenario and draw its pictures."""
    from rig.view import draw_pictures  # matplotlib is heavy

    with (
        feeding(store_path, options) as feeds,
        serving(options.app, scenario, quiet=options.as_json) as app,
        paged(options.pages, scenario, options.stack, quiet=options.as_json) as pages,
        progress_bar(scenario, quiet=options.as_json) as show_progress,
    ):

        def on_progress(progress: RunProgress) -> None:
            feeds.send(progress.records)
            app.on_tick()
            pages.on_progress(progress)
            show_progress(progress)

        def on_start(clock: Clock) -> None:
            feeds.begin(clock)
            app.on_start(clock)

        result = run_scenario(
            scenario,
            store_path=store_path,
            record_dir=options.record,
            stack=options.stack,
            stack_timeout_s=options.stack_timeout_s,
            ledger=options.ledger,
            realtime=options.realtime,
            bench=find_bench(options.bench) if options.bench else None,
            serve=options.serve,
            renderer=options.renderer,
            on_progress=on_progress,
            on_start=on_start,
            around=app.around,
        )
        pages.finish(result)
    if result.recording is not None:
        draw_pictures(result.recording)
    return result


@contextmanager
def feeding(store_path: Path, options: RunOptions) -> Iterator[Feeds]:
    """Open the feeds that were asked for, and say where they are before the run begins."""
    if not options.feeds:
        yield Feeds(())
        return
    with open_feeds(options.feeds, load_store(store_path).layout) as feeds:
        told = sys.stderr if options.as_json else sys.stdout
        for line in feeds.about:
            told.write(f"{line}\n")
        told.flush()
        yield feeds


@contextmanager
def progress_bar(scenario: Scenario, *, quiet: bool) -> Iterator[OnProgress]:
    """Show how far a run is: the share of its steps that are done."""
    if quiet:
        yield lambda _: None
        return
    from contracts.truth import TrueStep

    total = sum(len(plan.steps) for plan in scenario.shoppers) or 1
    columns = (TextColumn("{task.description}"), BarColumn(), TextColumn("{task.fields[note]}"))
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(scenario.name, total=total, note="building the store")

        def on_progress(progress: object) -> None:
            now_ns, records = progress.now_ns, progress.records  # type: ignore[attr-defined]
            done = sum(isinstance(record, TrueStep) and record.done for record in records)
            bar.update(task, advance=done, note=f"{now_ns / SECOND:.1f} s")

        yield on_progress


def show(result: RunResult, console: Console, xfail: str = "") -> None:
    """Print the table of a run and its verdict."""
    from rig.cli.tables import people_table, score_lines

    if result.verdict.people:
        console.print(people_table(result.name, result.layout, result.verdict))
        for line in score_lines(result.verdict.scores):
            console.print(line)
    console.print(
        f"{result.simulated_ns / SECOND:.1f} s simulated in {result.wall_s:.1f} s: "
        f"{result.realtime_factor:.2f}x real time, renderer {result.renderer or 'none'}"
    )
    if result.pace:
        console.print(f"paced by the clock on the wall: {result.pace}")
    if result.palms:
        console.print(f"palms (synthetic): {result.palms}")
    if result.recording is not None:
        console.print(f"recording {result.recording}", soft_wrap=True)
        for picture in sorted(result.recording.parent.glob(f"{result.recording.stem}*.png")):
            console.print(f"picture   {picture}", soft_wrap=True)
    for line in (*result.verdict.troubles, *result.verdict.differences):
        console.print(f"  - {line}", soft_wrap=True)
    console.print(f"verdict: {_words(result.verdict.outcome, xfail)}", soft_wrap=True)


def _words(outcome: Outcome, xfail: str) -> str:
    if xfail and outcome is Outcome.FAIL:
        return f"FAIL, as expected: {xfail}"
    if xfail and outcome is Outcome.PASS:
        return f"PASS, though a failure is expected ({xfail}): take the scenario's xfail away"
    return WORDS[outcome]


def summary(result: RunResult) -> dict[str, object]:
    """Return a run as plain data."""
    return {
        "scenario": result.name,
        "store": result.layout.name,
        "verdict": asdict(result.verdict),
        "recording": str(result.recording) if result.recording else None,
        "digest": result.digest,
        "simulated_s": result.simulated_ns / SECOND,
        "wall_s": round(result.wall_s, 3),
        "realtime_factor": round(result.realtime_factor, 3),
        "renderer": result.renderer,
        "pace": result.pace.figures if result.pace else None,
        "palms": result.palms or None,
    }
