"""The common head of everything that passes through a run."""

from __future__ import annotations

from dataclasses import dataclass
from operator import attrgetter
from typing import TypeVar


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Record:
    """The common head of all records.

    Args:
        t_ns: delivery, bench clock.
        source: device id, or "stack", "truth" or "rig".
        seq: order in the run; -1 until the run loop stamps it.
    """

    t_ns: int
    source: str
    seq: int = -1


R = TypeVar("R", bound=Record)


def take_due(waiting: list[R], until_ns: int) -> list[R]:
    """Take what is due up to until_ns out of a list of records on their way; return it, oldest first."""
    due = sorted((record for record in waiting if record.t_ns <= until_ns), key=attrgetter("t_ns"))
    waiting[:] = [record for record in waiting if record.t_ns > until_ns]
    return due
