"""Steady - unsteady - steady, for all plates of one gondola at once: levels, their noise, and lasting changes.

A plate's level is followed slowly, so that drift is ignored; its noise is learnt as it runs, so that one
setting serves quiet and shaken shelves. Only plates away from their level cost more than a few array steps.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np

from contracts.clock import SECOND
from contracts.geometry import Floats
from contracts.records import Weights
from stack.weighing.excursion import Excursion, Look, Step
from stack.weighing.windows import Bools, SampleWindows, Window

SMALLEST_G = 15.0
"""Under half of the lightest goods (35 g); above what a shaken real plate ends off by (6-12 g)."""

NOISE_FACTOR = 4.0
"""A change must exceed so many standard deviations: medians of a shaken real plate wander by up to 1.7 of them."""

SPAN_FACTOR, SPAN_G = 7.0, 1.0
"""Steady: 21 samples of white noise span 3.8 +- 0.7 standard deviations; one gram for the converter's steps."""

PLATEAU_FACTOR, PLATEAU_G, SWING = 1.5, 2.5, 0.4
"""How far a window may lie from its plateau: by the noise, in grams, and as a part of its own spread when it swings."""

NOISE_FLOOR_G, NOISE_START_G = 0.15, 10.0
LEARN, LEARN_AWAY = 0.03, 0.0075
"""Logarithmic change of the noise a hop: it doubles in 1.2 s, in 5 s while the plate is away from its level."""

DRIFT, DRIFT_G = 0.05, 0.025
"""Share of the difference that the level follows a hop, and its limit in grams: 0.5 g/s, above any real drift."""

FORGET_NS = 30 * SECOND
"""A plate silent for longer learns its level afresh: the offset of a cell is arbitrary."""

LEAN_G, LEAN = 5.0, 0.1
"""The least change that counts beside a larger one, in grams and as a part of it; sharing is 2 % at most."""

SHARED = 0.03
"""Smaller changes beside a large one on the same shelf are its load being shared: 1.7 % on a real shelf."""

STUCK_NS = 2 * SECOND


@dataclass(frozen=True, slots=True)
class PlateStep:
    """A lasting change of one plate.

    Args:
        column: which plate of the gondola.
        step: the change.
        noise_g: standard deviation of the plate's samples.
        found_ns: when it was certain.
    """

    column: int
    step: Step
    noise_g: float
    found_ns: int

    def within(self, first: int) -> PlateStep:
        """Return the same step with its column counted from `first`."""
        return replace(self, column=self.column - first)


class PlateLevels:
    """Levels and noise of one gondola's plates.

    Args:
        plates: how many.
    """

    def __init__(self, plates: int) -> None:
        self._windows = SampleWindows(plates)
        self._level_g: Floats = np.full(plates, np.nan)
        self._noise_g: Floats = np.full(plates, np.nan)
        self._near_ns = np.zeros(plates, np.int64)
        self._heard_ns = np.zeros(plates, np.int64)
        self._moved_ns = np.zeros(plates, np.int64)
        self._open: dict[int, Excursion] = {}
        self._now_ns = 0
        self._window: Window | None = None

    def push(self, block: Weights) -> Iterator[PlateStep]:
        """Take a block; yield the changes that it makes certain."""
        for window in self._windows.push(block):
            yield from self._take(window)

    @property
    def now_ns(self) -> int:
        """End of the last window."""
        return self._now_ns

    @property
    def away(self) -> dict[int, int]:
        """Columns away from their level, and since when."""
        return {column: self._open[column].started_ns for column in sorted(self._open)}

    @property
    def noise_g(self) -> Floats:
        """(plates,) standard deviation of the samples, grams; NaN before the first reading."""
        return self._noise_g.copy()

    @property
    def silent(self) -> Bools:
        """(plates,) whether the last windows held no reading."""
        return self._heard_ns < self._now_ns

    @property
    def stuck(self) -> Bools:
        """(plates,) whether the reading has been one and the same number for two seconds."""
        return ~self.silent & (self._now_ns - self._moved_ns >= STUCK_NS)

    def lean_g(self, column: int, beside_g: float) -> float:
        """Return by how much a plate that has not left its level leans from it; that becomes its level.

        An item that stands mostly on one plate changes the next one by too little to be noticed alone. Less than that
        is load being shared: no change, but the plate's level all the same, or several of them would add up to one.

        Args:
            column: the plate.
            beside_g: change of the plates beside it; smaller parts of it are load being shared.
        """
        window = self._window
        if window is None or column in self._open or not window.valid[column]:
            return 0.0
        off_g = float(window.median_g[column] - self._level_g[column])
        noise_g = float(max(2 * self._noise_g[column], window.spread_g[column]))
        if not off_g * np.sign(beside_g) >= max(LEAN_G, noise_g, LEAN * abs(beside_g)):
            if abs(off_g) <= SHARED * abs(beside_g):
                self._level_g[column] += off_g
            return 0.0
        self._level_g[column] += off_g
        return off_g

    def _take(self, window: Window) -> Iterator[PlateStep]:
        self._now_ns, self._window = window.ended_ns, window
        self._begin(window)
        with np.errstate(invalid="ignore"):
            off_g = window.median_g - self._level_g
            smallest_g = np.maximum(SMALLEST_G, NOISE_FACTOR * self._noise_g)
            steady = window.valid & (window.span_g <= SPAN_G + SPAN_FACTOR * self._noise_g)
            home = np.abs(off_g) <= smallest_g
            near = np.abs(off_g) <= smallest_g / 2
        known = window.valid & np.isfinite(self._level_g)
        self._learn(window, known, home)
        self._watch(window, known & (~home | self._opened), home, steady)
        self._follow(known & home & steady & ~self._opened, off_g)
        self._near_ns[known & near & ~self._opened] = window.middle_ns
        yield from self._settle(smallest_g)

    @property
    def _opened(self) -> Bools:
        mask = np.zeros(len(self._level_g), np.bool_)
        mask[list(self._open)] = True
        return mask

    def _begin(self, window: Window) -> None:
        """Start levels that are unknown, forget those of plates long silent, note who is alive."""
        lost = window.valid & (window.started_ns - self._heard_ns > FORGET_NS) & (self._heard_ns > 0)
        self._level_g[lost] = np.nan
        for column in np.flatnonzero(lost).tolist():
            self._open.pop(column, None)
        self._heard_ns[window.valid] = window.ended_ns
        self._moved_ns[~window.valid | (window.span_g > 0) | (self._moved_ns == 0)] = window.ended_ns
        new = window.valid & np.isnan(self._noise_g)
        self._noise_g[new] = np.clip(window.spread_g[new], NOISE_FLOOR_G, NOISE_START_G)
        with np.errstate(invalid="ignore"):
            calm = window.span_g <= SPAN_G + SPAN_FACTOR * self._noise_g
        found = window.valid & np.isnan(self._level_g) & calm
        self._level_g[found] = window.median_g[found]
        self._near_ns[found] = window.middle_ns

    def _learn(self, window: Window, known: Bools, home: Bools) -> None:
        """Move the noise towards the spread: it settles on the median spread, whatever hands do at times."""
        rate = np.where(home, LEARN, LEARN_AWAY)
        turn = np.exp(np.where(window.spread_g > self._noise_g, rate, -rate))
        # While a level is unknown the plate is moving: learn slowly, or a shaken start would never end.
        use = known | (window.valid & np.isnan(self._level_g))
        self._noise_g[use] = np.maximum(self._noise_g[use] * turn[use], NOISE_FLOOR_G)

    def _follow(self, calm: Bools, off_g: Floats) -> None:
        limit_g = DRIFT_G * np.maximum(1.0, self._noise_g[calm])
        self._level_g[calm] += np.clip(DRIFT * off_g[calm], -limit_g, limit_g)

    def _watch(self, window: Window, away: Bools, home: Bools, steady: Bools) -> None:
        """Show a window to the plates that are away from their level."""
        for column in np.flatnonzero(away).tolist():
            look = Look(
                window.started_ns,
                window.middle_ns,
                window.ended_ns,
                float(window.median_g[column]),
                bool(steady[column]),
            )
            if column not in self._open:
                self._open[column] = Excursion(
                    float(self._level_g[column]), int(self._near_ns[column]), float(self._noise_g[column])
                )
            if not home[column]:
                swing_g = max(PLATEAU_FACTOR * float(self._noise_g[column]), SWING * float(window.spread_g[column]))
                tolerance_g = max(PLATEAU_G, swing_g)
                self._open[column].look(look, tolerance_g)
            elif self._open[column].look_home(look):
                del self._open[column]

    def _settle(self, smallest_g: Floats) -> Iterator[PlateStep]:
        """Close the excursions that have come to rest."""
        for column in sorted(self._open):
            excursion = self._open[column]
            final = excursion.settled
            if final is None:
                continue
            del self._open[column]
            self._level_g[column] = final.level_g
            self._near_ns[column] = final.left_ns
            for step in excursion.steps(final, float(smallest_g[column])):
                yield PlateStep(column, step, float(self._noise_g[column]), self._now_ns)
