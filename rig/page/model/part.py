"""One kind of thing on the page: takes records, and hands out what it made of them since it was last asked."""

from __future__ import annotations

from typing import Protocol

from contracts.clock import MILLISECOND
from contracts.record import Record

Batch = dict[str, object]
"""What the page is told at a time; keys are those of `static/model.js`."""


class Part(Protocol):
    """Makes one kind of thing of a run's records."""

    def take(self, record: Record) -> None:
        """Look at a record; most are somebody else's."""

    def drain(self) -> Batch:
        """Return what is new, under keys of its own; nothing for nothing."""


def ms(t_ns: int) -> int:
    """Return a time as the page counts it: whole milliseconds."""
    return round(t_ns / MILLISECOND)


def cm(metres: float) -> int:
    """Return a place as the page counts it: whole centimetres."""
    return round(metres * 100)
