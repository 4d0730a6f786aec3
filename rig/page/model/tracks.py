"""Where the stack believed everybody to be."""

from __future__ import annotations

from contracts.record import Record
from contracts.records import Tracks
from rig.page.model.part import Batch, cm, ms


class StackTracks:
    """Collects the stack's tracks, by the time at which they were seen."""

    def __init__(self) -> None:
        self._rows: dict[str, list[list[int]]] = {}
        self._visits: dict[str, str] = {}
        self._new_visits: dict[str, str] = {}

    def take(self, record: Record) -> None:
        """Look for tracks."""
        if not isinstance(record, Tracks):
            return
        for point in record.tracks:
            x, y, z = point.head
            self._rows.setdefault(point.track, []).append([ms(record.captured_ns), cm(x), cm(y), cm(z)])
            if point.visit and self._visits.get(point.track) != point.visit:
                self._visits[point.track] = self._new_visits[point.track] = point.visit

    def drain(self) -> Batch:
        """Return track -> rows of time, x, y and z, and track -> visit for those that were tied to one."""
        rows, visits, self._rows, self._new_visits = self._rows, self._new_visits, {}, {}
        return ({"tracks": rows} if rows else {}) | ({"visits": visits} if visits else {})
