"""The folder of one night: what it was, what each step found, and what it came to. Everything in it is written at once.

nights/2026-11-22T0300-1a2b3c4/
    night.json      what it was: commit, plan, when; and once it is over, how it came out
    steps/JOB--STEP.json
    out/JOB--STEP/  recordings, run pages, figures
    summary.html
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from typing import Any

from rig.nightly.row import LEFT_OUT, Row

HEAD = "night.json"


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """What a night was.

    Args:
        started: UTC, "2026-11-22T03:00:00".
        commit: of the code, "" outside a repository; "+" behind it where files differ from it.
        plan: digest of the plan.
        finished: UTC; "" while it is not over.
        good: whether nothing was for the worse; None while it is not over.
    """

    started: str
    commit: str
    plan: str
    finished: str = ""
    good: bool | None = None


class Night:
    """One night's folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    @property
    def name(self) -> str:
        """How it is called."""
        return self.folder.name

    @property
    def head(self) -> Head:
        """What it was."""
        return Head(**json.loads((self.folder / HEAD).read_text(encoding="utf-8")))

    def out(self, step: str) -> Path:
        """Return the folder of whatever a step makes, made if it is not there."""
        path = self.folder / "out" / step
        path.mkdir(parents=True, exist_ok=True)
        return path

    def keep(self, step: str, rows: Sequence[Row], wall_s: float) -> None:
        """Keep what a step found."""
        data = {"wall_s": round(wall_s, 2), "rows": [asdict(row) for row in rows]}
        write_whole(self.folder / "steps" / f"{step}.json", json.dumps(data, indent=1))

    def kept(self, step: str) -> list[Row] | None:
        """Return what a step found; None when it has not been over."""
        path = self.folder / "steps" / f"{step}.json"
        return [Row(**row) for row in _read(path)["rows"]] if path.is_file() else None

    def steps(self) -> list[str]:
        """Return the steps of which something is kept, by name."""
        return [path.stem for path in sorted((self.folder / "steps").glob("*.json"))]

    def ran(self, step: str) -> bool:
        """Whether a step has been run to its end."""
        kept = self.kept(step)
        return kept is not None and all(row.outcome != LEFT_OUT for row in kept)

    def cost_s(self, step: str) -> float:
        """Return how long a step took, wall seconds; 0 when it has not been over."""
        path = self.folder / "steps" / f"{step}.json"
        return float(_read(path)["wall_s"]) if path.is_file() else 0.0

    def rows(self) -> list[Row]:
        """Return all that was found, step by step."""
        return [Row(**row) for path in sorted((self.folder / "steps").glob("*.json")) for row in _read(path)["rows"]]

    def close(self, now: datetime, *, good: bool) -> None:
        """Say that it is over."""
        head = replace(self.head, finished=_text(now), good=good)
        write_whole(self.folder / HEAD, json.dumps(asdict(head), indent=1))


def begin(nights: Path, commit: str, plan: str, now: datetime) -> Night:
    """Return the night that was broken off with this code and plan, or a new one."""
    for night in reversed(list(all_nights(nights))):
        head = night.head
        if not head.finished and (head.commit, head.plan) == (commit, plan):
            return night
    name = f"{now:%Y-%m-%dT%H%M%S}-{commit[:7] or 'local'}"
    folder = next(nights / (name + "+" * more) for more in count() if not (nights / (name + "+" * more)).exists())
    write_whole(folder / HEAD, json.dumps(asdict(Head(started=_text(now), commit=commit, plan=plan)), indent=1))
    return Night(folder)


def all_nights(nights: Path) -> Iterator[Night]:
    """Yield the nights of a folder, oldest first."""
    for head in sorted(nights.glob(f"*/{HEAD}")):
        yield Night(head.parent)


def write_whole(path: Path, text: str) -> None:
    """Write a file so that whoever is killed leaves the old one or the new one."""
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(path.name + ".part")
    with part.open("w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    part.replace(path)


def _read(path: Path) -> Any:
    return json.loads(path.read_text(encoding="utf-8"))


def _text(now: datetime) -> str:
    return now.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S")
