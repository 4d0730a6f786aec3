"""Everything of a run that its page shows, in one pass over the records."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from contracts.record import Record
from rig.page.model.carts import Carts
from rig.page.model.gates import Gates
from rig.page.model.head import Head, RunHead
from rig.page.model.marks import Marks
from rig.page.model.part import Batch, Part, ms
from rig.page.model.people import People
from rig.page.model.plates import PlateLevels
from rig.page.model.steps import Steps
from rig.page.model.tracks import StackTracks

__all__ = ["Batch", "Gatherer"]


class Gatherer:
    """Takes the records of a run, live or recorded, and hands out batches for the page.

    Args:
        head: what the page says of the run; None learns it from the recording's first message.
        more: further parts, such as pictures.
    """

    def __init__(self, head: RunHead | None = None, more: Sequence[Part] = ()) -> None:
        kinds = (People, StackTracks, PlateLevels, Gates, Steps, Marks, Carts)
        self._parts: tuple[Part, ...] = (Head(head), *(kind() for kind in kinds), *more)
        self._now_ns = -1
        self._told_ns = -1

    def take(self, records: Iterable[Record]) -> None:
        """Look at records in their order."""
        for record in records:
            self._now_ns = max(self._now_ns, record.t_ns)
            for part in self._parts:
                part.take(record)

    def drain(self) -> Batch:
        """Return what came since the last call; empty when nothing did."""
        batch: Batch = {}
        for part in self._parts:
            batch |= part.drain()
        if self._now_ns > self._told_ns:
            self._told_ns = self._now_ns
            batch["now"] = ms(self._now_ns)
        return batch
