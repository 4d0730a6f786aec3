"""The plates of a store over one run, as arrays: the same for a real log, a recording and the twin."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from contracts.clock import SECOND
from contracts.errors import UsageError
from contracts.geometry import Floats
from contracts.layout import Layout, gondola_of, shelf_of
from contracts.record import Record
from contracts.records import Weights


@dataclass(frozen=True, slots=True, eq=False)
class Trace:
    """One gondola.

    Args:
        plates: ids, in the order of the columns.
        started_s: time of the first sample.
        hz: samples a second.
        grams: (samples, plates).
        late_s: (messages,) last sample of a message to its delivery.
    """

    plates: tuple[str, ...]
    started_s: float
    hz: float
    grams: Floats
    late_s: Floats

    @property
    def seconds(self) -> Floats:
        """(samples,) time of each."""
        return self.started_s + np.arange(len(self.grams)) / self.hz

    def between(self, start_s: float, end_s: float) -> Trace:
        """Return the samples of a stretch of time."""
        keep = (self.seconds >= start_s) & (self.seconds < end_s)
        first_s = float(self.seconds[keep][0]) if keep.any() else start_s
        return Trace(self.plates, first_s, self.hz, self.grams[keep], self.late_s)

    def columns(self, shelf: str) -> list[int]:
        """Return the columns of a shelf."""
        return [column for column, plate in enumerate(self.plates) if shelf_of(plate) == shelf]

    @property
    def shelves(self) -> tuple[str, ...]:
        """Ids of the shelves that have plates."""
        return tuple(dict.fromkeys(shelf_of(plate) for plate in self.plates))


@dataclass(frozen=True, slots=True, eq=False)
class PickLog:
    """A log with one pick.

    Args:
        traces: by gondola.
        plate: from which the item was taken.
        pick_s: when half of its load had gone.
        mass_g: the item's.
    """

    traces: dict[str, Trace]
    plate: str
    pick_s: float
    mass_g: float

    @property
    def rack(self) -> Trace:
        """The gondola of the pick."""
        return self.traces[gondola_of(self.plate)]

    def around(self, before_s: float, after_s: float, only: Iterable[str]) -> PickLog:
        """Return the stretch around the pick, of some plates only."""
        start_s, end_s = self.pick_s - before_s, self.pick_s + after_s
        known = frozenset(only)
        traces = {}
        for name, trace in self.traces.items():
            kept = [column for column, plate in enumerate(trace.plates) if plate in known]
            if kept:
                cut = trace.between(start_s, end_s)
                plates = tuple(trace.plates[column] for column in kept)
                traces[name] = Trace(plates, cut.started_s, cut.hz, cut.grams[:, kept], cut.late_s)
        return PickLog(traces, self.plate, self.pick_s, self.mass_g)


def read_log(layout: Layout, records: Iterable[Record], plate: str, mass_g: float) -> PickLog:
    """Return the plates of a run with one pick.

    Args:
        layout: the store.
        records: everything that was recorded; only weights are looked at.
        plate: from which the item was taken.
        mass_g: the item's mass.

    Raises:
        UsageError: the plate sent nothing, or nothing was taken from it.
    """
    blocks: dict[str, list[Weights]] = {}
    for record in records:
        if isinstance(record, Weights):
            blocks.setdefault(record.source, []).append(record)
    traces = {name: _trace(layout, name, blocks[name]) for name in sorted(blocks)}
    if plate not in layout.plate or gondola_of(plate) not in traces:
        raise UsageError("the plate of the pick sent nothing", where=plate, found=", ".join(traces) or "no plate")
    return PickLog(traces, plate, _fall_s(traces[gondola_of(plate)], plate, mass_g), mass_g)


def _trace(layout: Layout, name: str, blocks: list[Weights]) -> Trace:
    period_ns = blocks[0].period_ns
    late = [(b.t_ns - b.started_ns - (len(b.grams) - 1) * period_ns) / SECOND for b in blocks]
    return Trace(
        plates=tuple(plate.id for plate in layout.gondola[name].plates),
        started_s=blocks[0].started_ns / SECOND,
        hz=round(SECOND / period_ns, 3),
        grams=np.concatenate([block.grams for block in blocks]).astype(float),
        late_s=np.array(late),
    )


def _fall_s(trace: Trace, plate: str, mass_g: float) -> float:
    """Return when a plate lost half of an item's mass for good."""
    grams = trace.grams[:, trace.plates.index(plate)]
    half = float(np.median(grams[-round(trace.hz) :])) + mass_g / 2
    above = np.flatnonzero(grams > half)
    if not len(above) or above[-1] + 1 >= len(grams) - trace.hz:
        raise UsageError("nothing was taken from the plate", where=plate, expected=f"{mass_g:.0f} g less at the end")
    return float(trace.seconds[above[-1] + 1])
