"""`rig suite`: runs spread over processes or a cluster, with one table and one exit code."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from rich.console import Console
from rich.table import Table

from contracts.clock import Stopwatch
from contracts.errors import UsageError
from rig.bench.paths import find_bench
from rig.fanout.attempt import Done, Job
from rig.fanout.choose import choose
from rig.fanout.engines import Wanted, check, opened
from rig.fanout.folder import swept
from rig.fanout.spread import digest_of, in_order, spread
from rig.shards import read_shard

INTERRUPTED = 2


@dataclass(frozen=True, slots=True)
class SuiteOptions:
    """What the command line said."""

    names: tuple[str, ...]
    engine: Wanted
    shard: str
    only: str
    bench: str
    record: Path | None
    stack: str
    stack_timeout_s: float
    renderer: str
    list_only: bool
    as_json: bool


def run_suite(options: SuiteOptions) -> int:
    """Run everything; return the exit code: that of the worst outcome.

    Raises:
        UsageError: something is wrong with the options or a file; all files are checked before the first run.
    """
    check(options.engine)
    jobs = _jobs(options)
    if options.list_only:
        _list(jobs, options.as_json)
        return 0
    if not jobs:  # a job of a CI that has nothing to do has done it
        _tell(f"all scenarios belong to other shares than {options.shard}")
        _show([], 0, 0.0, options)
        return 0
    done: list[Done] = []
    watch, interrupted = Stopwatch(), False
    try:
        with swept(options.record), opened(options.engine, jobs) as engine:
            for each in spread(jobs, engine, tell=_tell):
                done.append(each)
                _tell(f"[{len(done)}/{len(jobs)}] {each.name}: {each.word}")
    except KeyboardInterrupt:
        interrupted = True
        _tell(f"interrupted; {len(done)} of {len(jobs)} runs were finished")
    finally:  # an error of the engine takes nothing from the runs before it
        _show(in_order(jobs, done), len(jobs), watch.seconds, options)
    return INTERRUPTED if interrupted else max(each.exit_code for each in done)


def _jobs(options: SuiteOptions) -> list[Job]:
    shard = read_shard(options.shard) if options.shard else None
    folder = options.record
    if folder is not None and folder.exists() and not folder.is_dir():
        raise UsageError("recordings go into a folder", where="--record", found=f"the file {folder}")
    # On a cluster, the node that has the bench has its file.
    here_alone = options.bench and not options.engine.address
    bench = str(find_bench(options.bench).resolve()) if here_alone else options.bench
    chosen = choose(options.names, only=options.only, shard=shard)
    from rig.run import versions  # heavy

    here = versions()
    return [
        Job(
            scenario=scenario,
            store_path=store_path.resolve(),
            folder=folder.resolve() if folder else None,
            bench=bench,
            stack=options.stack,
            stack_timeout_s=options.stack_timeout_s,
            renderer=options.renderer,
            versions=here,
        )
        for scenario, store_path in chosen
    ]


def _list(jobs: Sequence[Job], as_json: bool) -> None:
    if as_json:
        sys.stdout.write(json.dumps([job.name for job in jobs], indent=2) + "\n")
        return
    for job in jobs:
        sys.stdout.write(f"{job.name}: {job.scenario.about}\n")


def _show(done: Sequence[Done], wanted: int, wall_s: float, options: SuiteOptions) -> None:
    whole = digest_of(done)
    if options.as_json:
        told = {"wanted": wanted, "digest": whole, "wall_s": round(wall_s, 3), "runs": [asdict(each) for each in done]}
        sys.stdout.write(json.dumps(told, indent=2) + "\n")
        return
    console = Console()
    if done:
        console.print(_table(done))
    for each in done:
        for line in each.about:
            console.print(f"{each.name}: {line}", soft_wrap=True, markup=False, highlight=False)
    passed = sum(each.exit_code == 0 for each in done)
    simulated_s = sum(each.simulated_s for each in done)
    console.print(
        f"{passed} of {wanted} passed; {simulated_s:.1f} s simulated in {wall_s:.1f} s; digest {whole[:16]}",
        soft_wrap=True,
        highlight=False,
    )


def _table(done: Sequence[Done]) -> Table:
    table = Table()
    for name in ("scenario", "outcome", "simulated", "took", "tries", "digest"):
        table.add_column(name, overflow="fold")
    for each in done:
        times = f"{each.simulated_s:.1f} s", f"{each.wall_s:.1f} s"
        table.add_row(each.name, each.word, *times, str(each.attempts), each.digest[:16])
    return table


def _tell(line: str) -> None:
    sys.stderr.write(f"{line}\n")
