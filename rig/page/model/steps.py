"""What everybody was at, by the script."""

from __future__ import annotations

from contracts.record import Record
from contracts.truth import TrueStep
from rig.page.model.part import Batch, ms


class Steps:
    """Collects the beginnings and ends of steps."""

    def __init__(self) -> None:
        self._rows: list[list[object]] = []

    def take(self, record: Record) -> None:
        """Look for steps."""
        if isinstance(record, TrueStep):
            row = [ms(record.t_ns), record.shopper, record.index, int(record.done), record.text, record.problem]
            self._rows.append(row)

    def drain(self) -> Batch:
        """Return rows of time, shopper, number, whether it is done, the step's text, and what was wrong."""
        rows, self._rows = self._rows, []
        return {"steps": rows} if rows else {}
