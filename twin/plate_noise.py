"""How a gondola's plates err: zero, drift, span, load sharing, shake, and noise whose size is the shelf's."""

from __future__ import annotations

import numpy as np

from contracts.clock import SECOND
from contracts.geometry import Floats
from contracts.layout import Gondola, shelf_of
from contracts.seeds import stream
from twin.store_model import PlateNoise

BATCH = 240
"""Samples drawn at once: one draw for a few seconds costs a tenth of one draw a sample."""
SETTLED = 0.02
"""What is left of a swing after the time to settle."""
GARBAGE_G = 20_000.0


class PlateErrors:
    """The errors of all plates of one gondola.

    Args:
        gondola: the rack.
        noise: magnitudes.
        seed: the scenario's seed.
        noisy: False makes every error zero.
    """

    def __init__(self, gondola: Gondola, noise: PlateNoise, seed: int, *, noisy: bool) -> None:
        self._noise, self._noisy = noise, noisy
        self._hz = gondola.sample_rate_hz
        self._draws = stream(seed, "plates", gondola.id)
        self._garbage = stream(seed, "plates", gondola.id, "garbage")
        count = len(gondola.plates)
        shelves = [shelf_of(plate.id) for plate in gondola.plates]
        self._offset = self._draws.uniform(*noise.offset_range_g, size=count)
        self._span = 1 + self._draws.normal(0, noise.span_error, count)
        self._sd = self._shelf_sds(shelves)
        self._correlation = self._draws.uniform(*noise.correlation_range, size=count)
        self._shake = Shake(shelves, noise, self._hz, self._draws.uniform(0.4, 1.6, count))
        self._sharing = _sharing(shelves, noise.neighbour_share * self._draws.uniform(0.2, 1.2, count))
        self._first: Floats | None = None
        self._drift = np.zeros(count)
        self._coloured = np.zeros(count)
        self._batch: Floats = np.zeros((0, 2, count))
        self._used = 0

    def _shelf_sds(self, shelves: list[str]) -> Floats:
        """Draw the standard deviation of each shelf's plates, grams."""
        n = self._noise
        by_shelf = {
            shelf: float(np.clip(n.shelf_sd_median_g * np.exp(n.shelf_sd_spread * draw), *n.shelf_sd_range_g))
            for shelf in dict.fromkeys(shelves)
            for draw in [self._draws.normal()]
        }
        return np.array([by_shelf[shelf] for shelf in shelves])

    def reading(self, loads_g: Floats) -> Floats:
        """Return what the cells give for true loads, before rounding.

        Args:
            loads_g: (plates,) grams, at the next sample.
        """
        if not self._noisy:
            return loads_g
        if self._first is None:
            self._first = loads_g
        white, walk = self._next_draws()
        self._coloured = self._correlation * self._coloured + np.sqrt(1 - self._correlation**2) * white
        self._drift = self._drift + walk * self._noise.drift_g_per_root_s / np.sqrt(self._hz)
        # The zero is where the store stood when it opened; only changes since then carry span and sharing errors.
        change = loads_g - self._first
        felt = self._first + self._span * change + self._sharing @ change
        swing = self._shake.advance(loads_g)
        return np.asarray(self._offset + self._drift + felt + swing + self._sd * self._coloured)

    def _next_draws(self) -> Floats:
        """Return (2, plates) standard normal draws."""
        if self._used == len(self._batch):
            self._batch = self._draws.standard_normal((BATCH, *self._batch.shape[1:]))
            self._used = 0
        self._used += 1
        return np.asarray(self._batch[self._used - 1])

    def jitter_ns(self) -> int:
        """Return how late a message is, nanoseconds; never early."""
        return round(abs(float(self._draws.normal(0, self._noise.jitter)))) if self._noisy else 0

    def garbage(self) -> float:
        """Return any value that a broken cell may send."""
        return float(self._garbage.uniform(-GARBAGE_G, GARBAGE_G))


class Shake:
    """The whole rack swings when a load changes, and the swing dies away.

    Args:
        shelves: (plates,) the shelf of each.
        noise: magnitudes.
        hz: samples a second.
        gain: (plates,) how much of the swing each plate feels.
    """

    def __init__(self, shelves: list[str], noise: PlateNoise, hz: float, gain: Floats) -> None:
        same = np.array([[a == b for b in shelves] for a in shelves])
        # A plate's own change is its signal; the swing is what the others feel of it, and it of them.
        self._reach = np.where(same, noise.shake_share, noise.gondola_shake_share) * ~np.eye(len(shelves), dtype=bool)
        self._gain = gain
        keep = SETTLED ** (SECOND / noise.settle / hz)
        self._turn = keep * np.exp(2j * np.pi * noise.shake_hz / hz)
        self._swing = np.zeros(len(shelves), complex)
        self._last: Floats | None = None

    def advance(self, loads_g: Floats) -> Floats:
        """Return the swing of every plate at the next sample, grams."""
        change = np.zeros_like(loads_g) if self._last is None else loads_g - self._last
        self._last = loads_g
        self._swing = self._swing * self._turn
        if change.any():
            self._swing = self._swing + self._gain * (self._reach @ change)
        return np.asarray(self._swing.imag)


def _sharing(shelves: list[str], shares: Floats) -> Floats:
    """Return (plates, plates) how much of a neighbour's change each plate takes over."""
    matrix = np.zeros((len(shelves), len(shelves)))
    for column, shelf in enumerate(shelves):
        for other in (column - 1, column + 1):
            if 0 <= other < len(shelves) and shelves[other] == shelf:
                matrix[column, other] = shares[column]
    return matrix
