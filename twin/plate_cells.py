"""Load cells: what their limits of error (OIML R 60, class C3) let a true load become."""

from __future__ import annotations

import numpy as np

from contracts.clock import SECOND
from contracts.geometry import Floats
from contracts.layout import Gondola, shelf_of
from twin.store_noise import PlateNoise

MOST_SPANS = 2.0
"""A cell beyond so many standard deviations of its span would not have passed."""


class Cells:
    """The slow and lasting errors of one gondola's cells: zero, span, sharing, creep, hysteresis, temperature.

    The zero is where the store stood when it opened: only changes since then carry errors.

    Args:
        gondola: the rack.
        noise: magnitudes.
        draws: the gondola's own stream.
    """

    def __init__(self, gondola: Gondola, noise: PlateNoise, draws: np.random.Generator) -> None:
        count, self._hz, self._noise = len(gondola.plates), gondola.sample_rate_hz, noise
        self._capacity_g = np.array([plate.capacity_g for plate in gondola.plates])
        self._offset = draws.uniform(*noise.offset_range_g, size=count)
        span = 1 + noise.span_error * np.clip(draws.standard_normal(count), -MOST_SPANS, MOST_SPANS)
        shelves = [shelf_of(plate.id) for plate in gondola.plates]
        self._felt = np.diag(span) + _sharing(shelves, draws.uniform(*noise.neighbour_share, count))
        self._creep_share = noise.creep_share * draws.uniform(-1, 1, count)
        self._lag_g = noise.hysteresis_g * draws.uniform(0, 1, count)
        self._warm_g = noise.zero_g_per_deg * noise.warmth_deg * draws.uniform(-1, 1, count)
        self._phase = float(draws.uniform(0, 2 * np.pi))
        self._first: Floats | None = None
        self._crept, self._played = np.zeros(count), np.zeros(count)
        self._samples = 0

    def feel(self, loads_g: Floats, moved: bool) -> Floats:
        """Return what the cells give for true loads.

        Args:
            loads_g: (samples, plates) grams.
            moved: whether any of them differs from the one before.
        """
        if self._first is None:
            self._first = loads_g[0]
        change = loads_g - self._first
        felt = np.minimum(self._first + change @ self._felt.T, self._capacity_g)
        slow = self._slow_errors(change[-1], len(loads_g))
        return np.asarray(self._offset + slow - self._hysteresis(change, moved) + felt)

    def _slow_errors(self, change: Floats, samples: int) -> Floats:
        """Return creep and temperature, which hardly move from one message to the next."""
        self._samples += samples
        time_s = self._samples / self._hz
        part = samples / self._hz * SECOND / self._noise.creep_time
        self._crept += (self._creep_share * change - self._crept) * min(part, 1.0)
        warmth = np.sin(2 * np.pi * time_s * SECOND / self._noise.warmth_time + self._phase) - np.sin(self._phase)
        return np.asarray(self._crept + self._warm_g * warmth)

    def _hysteresis(self, change: Floats, moved: bool) -> Floats:
        """Return how much each cell reads low: it gives way only after the load has turned back by the width."""
        width = self._noise.hysteresis_width_g
        if not moved:
            return np.asarray(self._lag_g * (change[-1] - self._played) / width)
        lags = np.empty_like(change)
        for i, at in enumerate(change):
            self._played = np.clip(self._played, at - width, at + width)
            lags[i] = at - self._played
        return np.asarray(self._lag_g * lags / width)


def _sharing(shelves: list[str], shares: Floats) -> Floats:
    """Return (plates, plates) how much of a neighbour's change each plate takes over."""
    matrix = np.zeros((len(shelves), len(shelves)))
    for column, shelf in enumerate(shelves):
        for other in (column - 1, column + 1):
            if 0 <= other < len(shelves) and shelves[other] == shelf:
                matrix[column, other] = shares[column]
    return matrix
