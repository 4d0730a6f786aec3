"""A night taken apart into steps: commands, each of which can be run again by itself."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from contracts.clock import SECOND
from contracts.errors import NothingToRun
from rig.nightly.plan import Job, Kind, Plan
from rig.paths import SUFFIXES

RIG = (sys.executable, "-m", "rig.cli")
OUT = "{out}"
"""Stands for the step's own folder in a command."""
NIGHT = "{night}"
"""Stands for a number that every night has another of: 20261122."""


@dataclass(frozen=True, slots=True)
class Step:
    """One command.

    Args:
        job: of the plan.
        name: within the job: a file's stem, or the job's own name.
        kind: how its output is read.
        command: words; `OUT` in them is the step's folder, `NIGHT` the night's number.
        again: the same for people.
    """

    job: str
    name: str
    kind: Kind
    command: tuple[str, ...]
    again: str

    @property
    def id(self) -> str:
        """Name of its files."""
        return f"{self.job}--{self.name}"

    def words(self, out: Path, night: str) -> list[str]:
        """Return the command.

        Args:
            out: the step's own folder.
            night: name of the night, which begins with its date.
        """
        number = night[:10].replace("-", "")
        return [word.replace(OUT, str(out)).replace(NIGHT, number) for word in self.command]


def steps_of(plan: Plan, folder: Path) -> list[Step]:
    """Return the steps of a plan, in order.

    Args:
        plan: the night.
        folder: that the plan's paths are relative to.

    Raises:
        NothingToRun: a folder of the plan holds nothing.
    """
    return [step for name, job in plan.jobs.items() for step in _steps(name, job, folder)]


def _steps(name: str, job: Job, folder: Path) -> Iterator[Step]:
    match job.kind:
        case "run":
            for path in _files(name, [folder / place for place in job.run], SUFFIXES):
                yield _step(name, path.stem, "run", "run", _said(path, folder), "--record", OUT, "--page", OUT + "/")
        case "replay":
            for path in _files(name, [folder / job.replay], (".mcap",)):
                yield _step(name, path.stem, "replay", "replay", _said(path, folder), "--record", OUT)
        case "score":
            more = [*(("--seeds", job.seeds) if job.seeds else ()), *(("--only", job.only) if job.only else ())]
            yield _step(name, name, "score", "score", job.score, "--jobs", "2", *more)
        case "hunt":
            budget = f"{job.budget // SECOND} s"
            yield _step(
                name, name, "hunt", "hunt", "--store", job.hunt, "--budget", budget, "--seed", NIGHT, "--corpus", OUT
            )
        case "test":
            marks = ("-m", job.marks) if job.marks else ()
            words = (sys.executable, "-m", "pytest", "-q", f"--junitxml={OUT}/junit.xml", *marks, *job.test)
            again = f'pytest -m "{job.marks}"' if job.marks else "pytest"
            yield Step(name, name, "test", words, f"{again} {' '.join(job.test)}")
        case "bench":
            for measure in job.bench:
                words = (sys.executable, "-m", "benchmarks", "--into", f"{OUT}/figures.json", measure)
                yield Step(name, measure, "bench", words, f"python -m benchmarks {measure}")


def _step(job: str, name: str, kind: Kind, *words: str) -> Step:
    made = (OUT, NIGHT)
    unsaid = ("--record", "--page", "--corpus", "--seed") if kind != "score" else ()
    plain = [word for word in words if not any(part in word for part in made) and word not in unsaid]
    return Step(job, name, kind, (*RIG, *words, "--json"), f"rig {' '.join(plain)}")


def _said(path: Path, folder: Path) -> str:
    """Return a path as it is typed in the plan's folder."""
    return str(path.relative_to(folder)) if path.is_relative_to(folder) else str(path)


def _files(job: str, places: Sequence[Path], suffixes: tuple[str, ...]) -> Iterator[Path]:
    """Yield the files of some places, sorted within each."""
    for place in places:
        found = [place] if place.is_file() else sorted(p for p in place.rglob("*") if p.suffix in suffixes)
        if not found:
            raise NothingToRun(
                f"the night's job '{job}' has nothing to do", where=str(place), expected=f"files {', '.join(suffixes)}"
            )
        yield from found
