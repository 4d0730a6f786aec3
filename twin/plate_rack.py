"""A gondola as it swings: by its own hum, under the feet of who walks by, and when goods are put down or lifted."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from contracts.clock import SECOND
from contracts.geometry import Floats
from contracts.layout import Gondola, shelf_of
from contracts.seeds import stream
from twin.store_noise import PlateNoise

STEPS_S = 0.73
"""Time between two footfalls where `tread_g` was measured."""
NEAR = 0.55
"""Mean of exp(-distance / tread_reach_m) over the walk during which `tread_g` was measured."""
FOOT_S = 0.12
"""A foot rolls off: its push falls to a third in this time. In the real log a swing takes as long to build up."""
FAINT = 0.02
"""A foot that pushes less than this part of a step no longer matters."""
LOST_G = 0.02
"""A swing below this no longer matters: a tenth of a converter's step."""
DETUNED = 0.08
"""Standard deviation of a plate's frequency about its gondola's, as a share. Assumed."""


@dataclass(frozen=True, slots=True)
class Levels:
    """How noisy each plate of a gondola is.

    Args:
        shelf: (plates,) index of its shelf.
        still_g: (plates,) standard deviation while nobody moves.
        tread_g: (plates,) what a walker adds.
        hz: frequency of the gondola's swing.
    """

    shelf: Floats
    still_g: Floats
    tread_g: Floats
    hz: float


def draw_levels(gondola: Gondola, noise: PlateNoise, seed: int) -> Levels:
    """Return the noise of a gondola's plates: as measured, or drawn so that its shelves spread over the quantiles.

    Args:
        gondola: the rack.
        noise: magnitudes.
        seed: the scenario's seed.
    """
    draws = stream(seed, "plates", gondola.id, "levels")
    shelf = np.array([int(shelf_of(plate.id).rsplit("-", 1)[1]) - 1 for plate in gondola.plates], dtype=int)
    count = len(gondola.shelves)
    # Loud shelves are loud both ways; each takes a part of the range of its own, so that few shelves cover it.
    rank = (draws.permutation(count) + draws.uniform(size=count)) / count
    spread = np.exp(noise.plate_spread * draws.standard_normal((2, len(shelf))))
    hz = float(draws.uniform(*noise.rack_hz))
    known = noise.racks.get(gondola.id)
    if known is None:
        still, tread = (_quantile(table, rank) for table in (noise.still_g, noise.tread_g))
    else:
        still, tread, hz = np.array(known.still_g), np.array(known.tread_g), known.hz
    return Levels(shelf, still[shelf] * spread[0], tread[shelf] * spread[1], hz)


def _quantile(table: tuple[float, ...], rank: Floats) -> Floats:
    """Return values at ranks between 0 and 1 of evenly spaced quantiles."""
    return np.interp(rank, np.linspace(0, 1, len(table)), table)


class Rack:
    """The swing of all plates of one gondola.

    Args:
        levels: how noisy they are.
        noise: magnitudes.
        hz: samples a second.
        draws: the gondola's own stream.
    """

    def __init__(self, levels: Levels, noise: PlateNoise, hz: float, draws: np.random.Generator) -> None:
        self._levels, self._noise, self._draws = levels, noise, draws
        count, shelf = len(levels.shelf), levels.shelf
        ring_s = noise.ring / SECOND
        tuned = levels.hz * (1 + DETUNED * draws.standard_normal(count))
        self._turn = np.exp(-1 / (ring_s * hz) + 2j * np.pi * tuned / hz)
        # Footfalls every STEPS_S that each ring out leave a swing of so much of their height.
        rolls = np.sqrt(FOOT_S * hz / 2)
        self._tread_g = levels.tread_g / (NEAR * np.sqrt(ring_s / (4 * STEPS_S)) * rolls)
        self._foot, self._foot_keep = 0.0, float(np.exp(-1 / (FOOT_S * hz)))
        same = shelf[:, None] == shelf[None, :]
        reach = np.where(same, noise.shake_share, noise.gondola_shake_share)
        gain = np.exp(noise.shake_spread * draws.standard_normal(count))
        # A plate's own change is its signal; the swing is what the others feel of it, and it of them.
        self._reach = gain[:, None] * reach * ~np.eye(count, dtype=bool)
        self._swing = np.zeros(count, complex)

    def swing(self, changes: Floats, treads: Floats) -> Floats | None:
        """Return the swing of every plate over some samples; None while all are at rest.

        Args:
            changes: (samples, plates) grams that came since the sample before.
            treads: (samples,) strength of the footfalls since the sample before.
        """
        moved, feet = np.any(changes, axis=1), self._feet(treads)
        if not (moved.any() or feet.any()) and np.abs(self._swing).max(initial=0.0) < LOST_G:
            self._swing[:] = 0
            return None
        swings = np.empty_like(changes)
        for i, (foot, kicked) in enumerate(zip(feet.tolist(), moved.tolist(), strict=True)):
            self._swing *= self._turn
            if foot or kicked:
                self._swing += self._kick(changes[i], foot)
            swings[i] = self._swing.imag
        return swings

    def _feet(self, treads: Floats) -> Floats:
        """Return (samples,) how strongly feet push, from the moments at which they come down."""
        feet = np.zeros_like(treads)
        if self._foot == 0.0 and not treads.any():
            return feet
        for i, tread in enumerate(treads.tolist()):
            self._foot = self._foot * self._foot_keep + tread
            self._foot = self._foot if self._foot > FAINT else 0.0
            feet[i] = self._foot
        return feet

    def _kick(self, change: Floats, foot: float) -> Floats:
        """Return how a change of load and a foot push every plate, as complex amplitudes in grams."""
        own, shared = self._draws.standard_normal((2, 2, len(change)))
        together = self._noise.tread_together
        shared = shared[:, self._levels.shelf]  # the first draws serve the shelves
        mixed = np.sqrt(1 - together) * own + np.sqrt(together) * shared
        push = mixed * (foot * self._tread_g) / np.sqrt(2) + own * (self._reach @ change)
        return np.asarray(push[0] + 1j * push[1])
