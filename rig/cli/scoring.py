"""`rig score`: a suite run or read, scored, and held against what it must reach."""

from __future__ import annotations

import json
import re
import sys
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import asdict, dataclass
from pathlib import Path

from rich.console import Console

from contracts.errors import NothingToRun, UsageError
from rig.scenario.write import to_yaml
from rig.score.case import CaseScore, State
from rig.score.crew import Crew
from rig.score.gates import Gate, check_gates, read_gates
from rig.score.report import Report, as_data, report
from rig.score.suite import Suite, cases, choose_seeds, read_suite
from rig.score.table import case_line, closing_lines, headline, score_tables
from rig.score.work import Look, Play, Task, do, failed

INTERRUPTED = 2
MISSED = 1
RIG_ERROR = 6
MOST_JOBS = 256


@dataclass(frozen=True, slots=True)
class ScoreOptions:
    """What the command line said."""

    suite: str
    recordings: Path | None
    jobs: int
    record: Path | None
    seeds: str
    held_out: bool
    only: str
    stack: str
    stack_timeout_s: float
    renderer: str
    least: tuple[str, ...]
    most: tuple[str, ...]
    plots: Path | None
    list_only: bool
    as_json: bool


def score(options: ScoreOptions) -> int:
    """Score a suite or recordings; return the exit code.

    Raises:
        UsageError: something is wrong with the options or a file; all files are checked before the first run.
    """
    gates = read_gates(options.least, options.most)
    _check(options)
    with ExitStack() as stay:
        suite, tasks = _tasks(options, stay)
        if options.list_only:
            _list(tasks, options.as_json)
            return 0
        done: list[CaseScore] = []
        interrupted = False
        try:
            for case in _work(tasks, options.jobs):
                done.append(case)
                sys.stderr.write(f"[{len(done)}/{len(tasks)}] {case_line(case)}\n")
        except KeyboardInterrupt:
            interrupted = True
            sys.stderr.write(f"rig: interrupted; {len(done)} of {len(tasks)} cases were scored\n")
        played = options.stack if options.recordings is None else ""
        found = report(done, suite=suite.name, about=suite.about, stack=played, wanted=len(tasks), notes=suite.notes)
    checked = check_gates(gates, found)
    _show(found, checked, options)
    return INTERRUPTED if interrupted else exit_code(found, checked)


def exit_code(found: Report, gates: Sequence[Gate]) -> int:
    """Return 0 when everything ran and every gate is met; trouble of the rig comes before a fault of the product."""
    if found.troubled:
        return RIG_ERROR
    return MISSED if found.in_state(State.DIED) or not all(gate.met for gate in gates) else 0


def read_seeds(text: str) -> tuple[int, ...]:
    """Return the seeds of "1,2,3" or "1-5,9"; none of "".

    Raises:
        UsageError: that is no list of seeds.
    """
    found: list[int] = []
    for part in filter(None, (part.strip() for part in text.split(","))):
        match = re.fullmatch(r"(\d+)(?:-(\d+))?", part)
        first, last = (int(match[1]), int(match[2] or match[1])) if match else (1, 0)
        if not first <= last < first + 10_000:
            raise UsageError("not a list of seeds", where=f"--seeds {text}", expected="1,2,3 or 1-5", found=part)
        found += range(first, last + 1)
    return tuple(dict.fromkeys(found))


def _check(options: ScoreOptions) -> None:
    """Refuse what makes no sense before anything is read."""
    if bool(options.suite) == (options.recordings is not None):
        raise UsageError(
            "nothing to score, or two things", expected="a SUITE, or --recordings DIR", hint="rig score adversarial"
        )
    if not 1 <= options.jobs <= MOST_JOBS:
        raise UsageError("not a number of jobs", where="--jobs", expected=f"1 to {MOST_JOBS}", found=str(options.jobs))
    for option, folder in (("--record", options.record), ("--plots", options.plots)):
        if folder is not None and folder.exists() and not folder.is_dir():
            raise UsageError("that is no folder", where=option, found=f"the file {folder}")


def _tasks(options: ScoreOptions, stay: ExitStack) -> tuple[Suite, list[Task]]:
    """Return what is to be scored, checked."""
    if options.recordings is not None:
        return _recordings(options.recordings, options.only)
    suite = read_suite(options.suite)
    seeds = choose_seeds(suite, read_seeds(options.seeds), held_out=options.held_out)
    chosen = cases(suite, seeds, options.only)
    folder = options.record or Path(stay.enter_context(tempfile.TemporaryDirectory(prefix="rig-score-")))
    return suite, [
        Play(
            scenario=scenario,
            store_path=store_path,
            folder=folder,
            keep=options.record is not None,
            stack=options.stack,
            stack_timeout_s=options.stack_timeout_s,
            renderer=options.renderer,
        )
        for scenario, store_path in chosen
    ]


def _recordings(folder: Path, only: str) -> tuple[Suite, list[Task]]:
    files = sorted(path for path in folder.rglob("*.mcap") if only in path.stem) if folder.is_dir() else []
    if not files:
        raise NothingToRun(
            "no recording to score",
            where=str(folder),
            expected="a folder with .mcap files",
            hint="rig score SUITE --record DIR makes them",
        )
    return Suite(name=folder.resolve().name, folder=folder), [Look(file) for file in files]


def _work(tasks: Sequence[Task], jobs: int) -> Iterator[CaseScore]:
    """Yield the scores as they come."""
    crew = Crew(min(jobs, len(tasks)), do, failed)
    yield from crew.results(tasks)


def _list(tasks: Iterable[Task], as_json: bool) -> None:
    """Print what would be run."""
    plays = [task for task in tasks if isinstance(task, Play)]
    said = [
        {"case": p.name, "seed": p.scenario.seed, "store": p.scenario.store, "about": p.scenario.about,
         "script": to_yaml(p.scenario)}
        for p in plays
    ]  # fmt: skip
    if as_json:
        sys.stdout.write(json.dumps(said, indent=2) + "\n")
        return
    for each in said:
        sys.stdout.write(f"{each['case']}: {each['about']}\n")


def _show(found: Report, gates: Sequence[Gate], options: ScoreOptions) -> None:
    """Print the score, and draw it."""
    pictures: list[Path] = []
    if options.plots is not None and found.total.cases:
        from rig.score.plots import draw_score  # matplotlib is heavy

        pictures = draw_score(found, options.plots)
    if options.as_json:
        sys.stdout.write(json.dumps(as_data(found) | {"gates": [asdict(gate) for gate in gates]}, indent=2) + "\n")
        return
    console = Console()
    console.print(headline(found), soft_wrap=True, markup=False, highlight=False)
    for table in score_tables(found, console.width):
        console.print(table)
    for line in closing_lines(found):
        console.print(line, soft_wrap=True, markup=False, highlight=False)
    for gate in gates:
        console.print(f"gate {gate}", soft_wrap=True, markup=False, highlight=False)
    for picture in pictures:
        console.print(f"picture {picture}", soft_wrap=True, markup=False, highlight=False)
