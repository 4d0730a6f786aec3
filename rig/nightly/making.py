"""A night taken apart into steps, job by job."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from contracts.clock import SECOND
from contracts.errors import NothingToRun
from rig.nightly.plan import Job, Kind, Plan
from rig.nightly.steps import NIGHT, OUT, Step, rig_step
from rig.nightly.stock import NOTHING, Stock
from rig.paths import SUFFIXES


@dataclass(frozen=True, slots=True)
class _Named:
    """A job with its name, and where the night takes place."""

    name: str
    job: Job
    folder: Path
    stock: Stock


def steps_of(plan: Plan, folder: Path, stock: Stock = NOTHING) -> list[Step]:
    """Return the steps of a plan, in order.

    Args:
        plan: the night.
        folder: that the plan's paths are relative to.
        stock: what earlier nights have kept.

    Raises:
        NothingToRun: a folder of the plan holds nothing.
    """
    named = [_Named(name, job, folder, stock) for name, job in plan.jobs.items()]
    return [step for each in named for step in _MAKERS[each.job.kind](each)]


def _run(of: _Named) -> Iterator[Step]:
    files = _files(of, of.job.run, SUFFIXES)
    for path in (*files, *(of.stock.finds if of.job.finds else ())):
        yield rig_step(of.name, path.stem, "run", "run", _said(path, of.folder), "--record", OUT, "--page", OUT + "/")


def _replay(of: _Named) -> Iterator[Step]:
    for path in _files(of, [of.job.replay], (".mcap",)):
        yield rig_step(of.name, path.stem, "replay", "replay", _said(path, of.folder), "--record", OUT)


def _kept(of: _Named) -> Iterator[Step]:
    more = ("--update-references",) if of.stock.update else ()
    for job, file in of.stock.recordings:
        if job in of.job.kept:
            path = of.stock.nights / file
            step = rig_step(of.name, f"{job}-{path.stem}", "replay", "replay", str(path), *more, "--record", OUT)
            yield replace(step, file=file, again=f"rig replay {_said(path, of.folder)}")


def _score(of: _Named) -> Iterator[Step]:
    """Yield a step for the suite; with a share of the night, one for each seed."""
    job = of.job
    only = ("--only", job.only) if job.only else ()
    seeds = re.split(r"[,\s]+", job.seeds) if job.share and job.seeds else [job.seeds]
    for seed in seeds:
        name = f"{of.name}-{seed}" if len(seeds) > 1 else of.name
        chosen = ("--seeds", seed) if seed else ()
        yield rig_step(of.name, name, "score", "score", job.score, "--jobs", "2", *chosen, *only)


def _hunt(of: _Named) -> Iterator[Step]:
    budget = f"{of.job.budget // SECOND} s"
    known = [word for folder in of.job.known for word in ("--known", folder)]
    known += ["--known", str(of.stock.found)] if of.stock.found.is_dir() else []
    words = ("--store", of.job.hunt, "--budget", budget, "--seed", NIGHT, *known, "--corpus", OUT)
    step = rig_step(of.name, of.name, "hunt", "hunt", *words)
    yield replace(step, least_s=of.job.budget / SECOND, again=f"rig hunt --store {of.job.hunt} --budget {budget}")


def _test(of: _Named) -> Iterator[Step]:
    """Yield a step for all tests; with a share of the night, one for each file that names the mark."""
    job = of.job
    marks = ("-m", job.marks) if job.marks else ()
    said = f'pytest -m "{job.marks}"' if job.marks else "pytest"
    for name, places in _parts(of) if job.share else [(of.name, job.test)]:
        words = (sys.executable, "-m", "pytest", "-q", f"--junitxml={OUT}/junit.xml", *marks, *places)
        yield Step(of.name, name, "test", words, f"{said} {' '.join(places)}")


def _parts(of: _Named) -> Iterator[tuple[str, list[str]]]:
    for path in _files(of, of.job.test, (".py",)):
        if path.name.startswith("test_") and f"mark.{of.job.marks}" in path.read_text(encoding="utf-8"):
            yield path.stem, [_said(path, of.folder)]


def _bench(of: _Named) -> Iterator[Step]:
    for measure in of.job.bench:
        words = (sys.executable, "-m", "benchmarks", "--into", f"{OUT}/figures.json", measure)
        yield Step(of.name, measure, "bench", words, f"python -m benchmarks {measure}")


def _said(path: Path, folder: Path) -> str:
    """Return a path as it is typed in the plan's folder."""
    return str(path.relative_to(folder)) if path.is_relative_to(folder) else str(path)


def _files(of: _Named, places: Sequence[str], suffixes: tuple[str, ...]) -> Iterator[Path]:
    """Yield the files of some places, sorted within each."""
    for place in (of.folder / each for each in places):
        found = [place] if place.is_file() else sorted(p for p in place.rglob("*") if p.suffix in suffixes)
        if not found:
            expected = f"files {', '.join(suffixes)}"
            raise NothingToRun(f"the night's job '{of.name}' has nothing to do", where=str(place), expected=expected)
        yield from found


_MAKERS: Mapping[Kind, Callable[[_Named], Iterator[Step]]] = {
    "run": _run,
    "replay": _replay,
    "kept": _kept,
    "score": _score,
    "hunt": _hunt,
    "test": _test,
    "bench": _bench,
}
