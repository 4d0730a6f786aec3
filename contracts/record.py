"""The common head of everything that passes through a run."""

from __future__ import annotations

from dataclasses import dataclass


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
