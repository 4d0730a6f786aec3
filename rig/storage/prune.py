"""Which recordings have been kept long enough."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from rig.storage.names import KINDS, owner
from rig.storage.note import ENDING
from rig.storage.place import Stored

RECORDING, REFERENCE = ".mcap", ".reference.mcap"
DAY_S = 86_400.0
PASSED = "pass"

Outcome = Callable[[str], str]
"""Tells how the run of a recording ended; "" where nobody knows."""


@dataclass(frozen=True, slots=True)
class Rules:
    """How long recordings are kept.

    Args:
        keep_s: of runs that passed, seconds since they were written.
        keep_failed_s: of all others, and of those of which nobody knows.
    """

    keep_s: float
    keep_failed_s: float


@dataclass(frozen=True, slots=True)
class Old:
    """A recording that has been kept long enough.

    Args:
        name: of the recording.
        outcome: how its run ended; "" where that does not matter, or nobody knows.
        age_s: seconds since it was written.
        files: it, its note, pictures and page.
    """

    name: str
    outcome: str
    age_s: float
    files: tuple[Stored, ...]

    @property
    def bytes(self) -> int:
        """What it and its companions take."""
        return sum(file.bytes for file in self.files)


def old_ones(files: Iterable[Stored], rules: Rules, now_s: float, outcome: Outcome) -> Sequence[Old]:
    """Return the recordings that may go, oldest first. References stay: somebody has accepted them.

    Args:
        files: all files of a store.
        rules: how long each is kept.
        now_s: seconds since 1970.
        outcome: asked only where it matters.
    """
    folders: dict[str, list[Stored]] = {}
    for file in sorted(files, key=lambda each: each.name):
        folders.setdefault(file.name.rpartition("/")[0], []).append(file)
    found = []
    for inside in folders.values():
        recordings = [f for f in inside if f.name.endswith(RECORDING) and not f.name.endswith(REFERENCE)]
        stems = [_base(file.name).removesuffix(RECORDING) for file in recordings]
        for recording, stem in zip(recordings, stems, strict=True):
            age_s = now_s - recording.modified_s
            how = _judged(recording.name, age_s, rules, outcome)
            if how is not None:
                own = tuple(file for file in inside if _belongs(_base(file.name), stem, stems))
                found.append(Old(recording.name, how, age_s, own))
    return sorted(found, key=lambda old: (-old.age_s, old.name))


def _judged(name: str, age_s: float, rules: Rules, outcome: Outcome) -> str | None:
    """Return how a recording that may go ended; None where it stays."""
    if age_s <= min(rules.keep_s, rules.keep_failed_s):
        return None
    how = "" if age_s > max(rules.keep_s, rules.keep_failed_s) else outcome(name)
    if not how and age_s <= max(rules.keep_s, rules.keep_failed_s):
        return None
    limit_s = rules.keep_s if how == PASSED else rules.keep_failed_s
    return how if not how or age_s > limit_s else None


def _belongs(name: str, stem: str, stems: Sequence[str]) -> bool:
    if name.endswith(REFERENCE):
        return False
    return (name.endswith(KINDS) and owner(name, stems) == stem) or name == f"{stem}{RECORDING}{ENDING}"


def _base(name: str) -> str:
    return name.rpartition("/")[2]
