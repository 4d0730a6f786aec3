"""The noise of plates while nobody moves: a slow part, a hum that a shelf shares, and the converter's own."""

from __future__ import annotations

from typing import Any

import numpy as np

from contracts.geometry import Floats
from twin.plate_rack import Levels
from twin.store_noise import PlateNoise

BATCH = 480
"""Samples made at once: one filter run for eight seconds costs next to nothing a sample."""
HUM_S, SLOW_S = 1.0, 0.25
"""Time in which the hum and the slow part lose their phase: in the real spectrum they are 0.3 and 1.3 Hz wide."""


class StillNoise:
    """Coloured noise of all plates of one gondola, and which samples repeat the one before.

    Args:
        levels: how noisy they are.
        noise: magnitudes.
        hz: samples a second.
        draws: the gondola's own stream.
    """

    def __init__(self, levels: Levels, noise: PlateNoise, hz: float, draws: np.random.Generator) -> None:
        self._draws, self._repeats, self._shelf = draws, noise.repeats, levels.shelf
        shelves, count = int(levels.shelf.max(initial=-1)) + 1, len(levels.shelf)
        slow, hum = (draws.uniform(*share, shelves)[levels.shelf] for share in (noise.slow_share, noise.hum_share))
        parts = np.sqrt(np.array([slow, hum, np.maximum(1 - slow - hum, 0)]))
        self._gain = levels.still_g * parts / np.linalg.norm(parts, axis=0)
        self._slow_turn = _turn(noise.slow_hz, SLOW_S, hz)
        self._hum_turn = _turn(noise.hum_hz, HUM_S, hz)
        self._slow: Any = self._slow_turn * draws.standard_normal((1, count))
        self._hum: Any = self._hum_turn * draws.standard_normal((1, shelves))
        self._drift_sd = noise.drift_g_per_root_s / np.sqrt(hz)
        self._drift: Floats = np.zeros(count)
        self._noise: Floats = np.zeros((0, count))
        self._fresh = np.zeros((0, count), bool)

    def take(self, samples: int) -> tuple[Floats, Any]:
        """Return the next noise in grams and whether each value is fresh, both (samples, plates)."""
        while len(self._noise) < samples:
            noise, fresh = self._batch()
            self._noise, self._fresh = np.concatenate([self._noise, noise]), np.concatenate([self._fresh, fresh])
        taken = self._noise[:samples], self._fresh[:samples]
        self._noise, self._fresh = self._noise[samples:], self._fresh[samples:]
        return taken

    def _batch(self) -> tuple[Floats, Any]:
        draw, count = self._draws.standard_normal, len(self._shelf)
        slow, self._slow = _swinging(self._slow_turn, draw((BATCH, count)), self._slow)
        hum, self._hum = _swinging(self._hum_turn, draw((BATCH, self._hum.shape[1])), self._hum)
        parts = slow, hum[:, self._shelf], draw((BATCH, count))
        walk = self._drift + np.cumsum(self._drift_sd * draw((BATCH, count)), axis=0)
        self._drift = walk[-1]
        # Two plates share a converter, and so the moments at which it has nothing new.
        pairs = self._draws.random((BATCH, (count + 1) // 2)) >= self._repeats
        noise = walk + sum(gain * part for gain, part in zip(self._gain, parts, strict=True))
        return noise, np.repeat(pairs, 2, axis=1)[:, :count]


def _turn(swings_hz: float, lasts_s: float, hz: float) -> complex:
    """Return by what a damped swing is multiplied from one sample to the next."""
    return complex(np.exp(-1 / (lasts_s * hz) + 2j * np.pi * swings_hz / hz))


def _swinging(turn: complex, white: Floats, state: Any) -> tuple[Any, Any]:
    """Return white noise (samples, columns) of variance 1 coloured to the same variance, and the filter's state."""
    out = np.sqrt(2 * (1 - abs(turn) ** 2)) * white.astype(complex)
    # One pole is a loop of one line; scipy.signal would add more than a second to every start.
    for n in range(len(out)):
        out[n] += state[0]
        state = turn * out[n : n + 1]
    return out.imag, state
