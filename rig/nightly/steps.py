"""One step of a night: a command that can be run again by itself."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path

from rig.nightly.plan import Kind

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
        least_s: wall seconds that it takes at least, where that is known beforehand.
        file: the kept recording that it replays, relative to the folder of all nights; "" for none.
    """

    job: str
    name: str
    kind: Kind
    command: tuple[str, ...]
    again: str
    least_s: float = 0.0
    file: str = ""

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


def rig_step(job: str, name: str, kind: Kind, *words: str) -> Step:
    """Return the step of a command of `rig`."""
    made = (OUT, NIGHT)
    unsaid = ("--record", "--page", "--corpus", "--seed") if kind != "score" else ()
    plain = [word for word in words if not any(part in word for part in made) and word not in unsaid]
    return Step(job, name, kind, (*RIG, *words, "--json"), f"rig {' '.join(plain)}")
