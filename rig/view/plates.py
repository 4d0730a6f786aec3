"""The weight of every plate that changed, as arrays over time."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from contracts.clock import SECOND
from contracts.records import Weights
from rig.recording.reader import Recording

# A plate has changed when its level over half a second has moved by more than both of these.
CHANGED_G = 12.0
CHANGED_SDS = 6.0
WINDOW = 30


@dataclass(frozen=True, slots=True)
class PlateTrace:
    """One plate's weight.

    Args:
        plate: its id.
        seconds: (N,) bench time.
        grams: (N,) from its first level.
    """

    plate: str
    seconds: np.ndarray[Any, Any]
    grams: np.ndarray[Any, Any]


def changed_plates(recording: Recording) -> list[PlateTrace]:
    """Return the traces of the plates whose level changed, the largest change first."""
    traces: list[tuple[float, PlateTrace]] = []
    gondolas = recording.layout.gondolas
    blocks_of: dict[str, list[Weights]] = {gondola.id: [] for gondola in gondolas}
    # One pass for all: the channels lie mixed in the file's blocks, images and all.
    for record in recording.records([f"/weights/{gondola.id}" for gondola in gondolas]):
        if isinstance(record, Weights):
            blocks_of[record.source].append(record)
    for gondola in gondolas:
        blocks = blocks_of[gondola.id]
        if not blocks:
            continue
        grams = np.concatenate([block.grams for block in blocks]).astype(float)
        seconds = np.concatenate([(b.started_ns + b.period_ns * np.arange(len(b.grams))) / SECOND for b in blocks])
        for column, plate in enumerate(gondola.plates):
            size = _change(grams[:, column])
            if size > 0:
                tared = grams[:, column] - np.nanmedian(grams[:WINDOW, column])
                traces.append((size, PlateTrace(plate.id, seconds, tared)))
    return [trace for _, trace in sorted(traces, key=lambda pair: (-pair[0], pair[1].plate))]


def _change(grams: np.ndarray[Any, Any]) -> float:
    """Return the largest move of the level, 0 when it is within the plate's own noise."""
    whole = len(grams) // WINDOW * WINDOW
    if not whole or np.isnan(grams[:whole]).all():
        return 0.0
    windows = grams[:whole].reshape(-1, WINDOW)
    levels = np.nanmedian(windows, axis=1)
    quiet = float(np.nanmedian(np.nanstd(windows, axis=1)))
    moved = float(np.nanmax(levels) - np.nanmin(levels))
    return moved if moved > max(CHANGED_G, CHANGED_SDS * quiet) else 0.0
