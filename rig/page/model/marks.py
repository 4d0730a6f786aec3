"""The moments of a run: what happened, and what the stack said, each with its lane, its words and its place."""

from __future__ import annotations

from typing import Any

from contracts.layout import Layout
from contracts.record import Record
from contracts.records import Setup
from rig.page.model.part import Batch, ms
from rig.page.model.places import Places, Spot
from rig.page.model.words import Said, say


class Marks:
    """Collects the moments that are worth a mark on the timeline."""

    def __init__(self) -> None:
        self._rows: list[dict[str, Any]] = []
        self._layout: Layout | None = None
        self._places = Places()

    def take(self, record: Record) -> None:
        """Put a record into words, if there are any for its kind."""
        if isinstance(record, Setup):
            self._layout, self._places = record.layout, Places(record.layout)
        said = say(record, self._layout.currency if self._layout else "")
        if said is not None:
            self._rows.append(_row(record, said, said.spot or self._places.of(*said.places)))

    def drain(self) -> Batch:
        """Return the new marks."""
        rows, self._rows = self._rows, []
        return {"marks": rows} if rows else {}


def _row(record: Record, said: Said, spot: Spot) -> dict[str, Any]:
    """Return a mark without what is empty in it."""
    row: dict[str, Any] = {"t": ms(record.t_ns), "lane": said.lane, "text": said.text}
    row |= {"who": said.who} if said.who else {}
    row |= {"tone": said.tone} if said.tone else {}
    row |= {"span": [ms(t) for t in said.span]} if said.span else {}
    return row | ({"at": spot} if spot else {})
