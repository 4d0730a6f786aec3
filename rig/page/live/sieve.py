"""Lets through what the page can use, so that frames that nobody will see do not pile up behind it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from contracts.record import Record
from contracts.records import Frame, Setup
from rig.page.pictures.choose import chosen


class Sieve:
    """Keeps frames of the chosen cameras, a few a second, without the depth beside a picture.

    Args:
        most: cameras at most.
        period_ns: least time between two frames of one camera.
    """

    def __init__(self, most: int, period_ns: int) -> None:
        self._most, self._period_ns = most, period_ns
        self._cameras: tuple[str, ...] = ()
        self._due_ns: dict[str, int] = {}

    def through(self, records: Iterable[Record]) -> Iterator[Record]:
        """Yield what is wanted."""
        for record in records:
            if isinstance(record, Setup):
                self._cameras = chosen(record.layout, self._most)
            if not isinstance(record, Frame):
                yield record
            elif record.source in self._cameras and record.captured_ns >= self._due_ns.get(record.source, 0):
                self._due_ns[record.source] = record.captured_ns + self._period_ns
                yield replace(record, depth_mm=None) if record.jpeg or record.rgb is not None else record
