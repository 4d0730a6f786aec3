"""What the plates weighed: one figure a block of samples, of those plates whose load changed."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np

from contracts.layout import Layout
from contracts.record import Record
from contracts.records import Setup, Weights
from rig.page.model.part import Batch, ms
from rig.view.plates import CHANGED_G, CHANGED_SDS

# A level has changed when so many blocks say so: one alone may be a footfall.
BLOCKS = 3
# The noise of a plate is that of its first second.
STILL = 5
MOST = 60
"""Plates on a page: more than anybody looks at."""

Floats = np.ndarray[Any, Any]


@dataclass(slots=True)
class _Rack:
    """One controller: its plates, and a level of each a block."""

    plates: tuple[str, ...]
    t: list[int] = field(default_factory=list)
    levels: list[Floats] = field(default_factory=list)
    noise: list[Floats] = field(default_factory=list)
    told: dict[int, int] = field(default_factory=dict)


class PlateLevels:
    """Collects levels, and tells those of a plate from the first on once its load has changed."""

    def __init__(self) -> None:
        self._racks: dict[str, _Rack] = {}
        self._goods: dict[str, list[str]] = {}

    def take(self, record: Record) -> None:
        """Look for samples."""
        if isinstance(record, Setup):
            self._racks = {g.id: _Rack(tuple(p.id for p in g.plates)) for g in record.layout.gondolas if g.plates}
            self._goods = _goods(record.layout)
        elif isinstance(record, Weights) and record.source in self._racks and record.grams.size:
            self._add(self._racks[record.source], record)

    def drain(self) -> Batch:
        """Return plate -> its goods and new rows of time and grams from the first level."""
        new = {rack.plates[column]: rows for rack in self._racks.values() for column, rows in _new(rack) if rows}
        told = {plate: {"goods": self._goods.get(plate, []), "rows": rows} for plate, rows in new.items()}
        return {"plates": told} if told else {}

    def _add(self, rack: _Rack, record: Weights) -> None:
        grams = record.grams.astype(float)
        lacks = np.isnan(grams).all(axis=0)
        filled = np.where(lacks, 0.0, grams)
        level = np.where(lacks, np.nan, np.nanmedian(filled, axis=0))
        rack.t.append(ms(record.started_ns + record.period_ns * len(grams) // 2))
        rack.levels.append(level)
        if len(rack.noise) < STILL:
            rack.noise.append(np.nanstd(filled, axis=0))
        room = MOST - sum(len(other.told) for other in self._racks.values())
        for column in _changed(rack)[: max(0, room)]:
            rack.told.setdefault(column, 0)


def _changed(rack: _Rack) -> list[int]:
    """Return the columns whose level has newly left the first one."""
    if len(rack.levels) < STILL:
        return []
    base = np.median(rack.levels[:BLOCKS], axis=0)
    now = np.median(rack.levels[-BLOCKS:], axis=0)
    noise = np.maximum(CHANGED_G, CHANGED_SDS * np.mean(rack.noise, axis=0))
    # A comparison with NaN is False: a silent plate has no level to leave.
    return [int(c) for c in np.flatnonzero(np.abs(now - base) > noise) if int(c) not in rack.told]


def _new(rack: _Rack) -> list[tuple[int, list[list[int | None]]]]:
    found: list[tuple[int, list[list[int | None]]]] = []
    for column in sorted(rack.told):
        base = float(np.median([level[column] for level in rack.levels[:BLOCKS]]))
        first, rack.told[column] = rack.told[column], len(rack.levels)
        values = [float(level[column]) - base for level in rack.levels[first:]]
        grams = [None if np.isnan(value) else round(value) for value in values]
        found.append((column, [list(row) for row in zip(rack.t[first:], grams, strict=True)]))
    return found


def _goods(layout: Layout) -> dict[str, list[str]]:
    """Return what the planogram has on each plate."""
    found: dict[str, list[str]] = {}
    for facing in layout.planogram:
        for plate in facing.plates:
            found.setdefault(plate, []).append(facing.product)
    return found
