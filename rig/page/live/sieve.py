"""Lets through what the page can use, so that frames that nobody will see do not pile up behind it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from contracts.record import Record
from contracts.records import Frame
from rig.page.pictures import Shots


class Sieve:
    """Keeps frames of the chosen cameras, a few a second, without the depth beside a picture.

    Args:
        shots: knows the cameras, once it has seen the store.
        period_ns: least time between two frames of one camera.
    """

    def __init__(self, shots: Shots, period_ns: int) -> None:
        self._shots, self._period_ns = shots, period_ns
        self._due_ns: dict[str, int] = {}

    def through(self, records: Iterable[Record]) -> Iterator[Record]:
        """Yield what is wanted."""
        for record in records:
            if not isinstance(record, Frame):
                yield record
            elif record.source in self._shots.cameras and record.captured_ns >= self._due_ns.get(record.source, 0):
                self._due_ns[record.source] = record.captured_ns + self._period_ns
                yield replace(record, depth_mm=None) if record.jpeg or record.rgb is not None else record
