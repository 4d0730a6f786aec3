"""When gates stood open."""

from __future__ import annotations

from contracts.record import Record
from contracts.records import GateEvent, GateEventKind
from rig.page.model.part import Batch, ms

_OPEN = {GateEventKind.OPENED: 1, GateEventKind.CLOSED: 0}


class Gates:
    """Collects when gates opened and closed."""

    def __init__(self) -> None:
        self._rows: list[list[object]] = []

    def take(self, record: Record) -> None:
        """Look for a gate's own words."""
        if isinstance(record, GateEvent) and record.kind in _OPEN:
            self._rows.append([ms(record.t_ns), record.source, _OPEN[record.kind]])

    def drain(self) -> Batch:
        """Return rows of time, gate, and whether it is open from then on."""
        rows, self._rows = self._rows, []
        return {"gates": rows} if rows else {}
