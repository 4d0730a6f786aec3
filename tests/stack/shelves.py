"""Made-up plate signals for the weight tests: what a hand, an item and a shelf do to samples."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from contracts.geometry import Pose
from contracts.layout import Gondola, Layout, Plate, Shelf
from contracts.records import Weights
from contracts.seeds import stream
from stack.weighing.weigh import LoadChange, ShelfWatcher

RATE_HZ = 60
PERIOD_NS = 16_666_667


def store(shelves: int = 1, plates: int = 6) -> Layout:
    """A store of one gondola."""
    return Layout("test", (0, 0, 5, 5), (0, 0, 5, 5), (rack("gondola-1", shelves, plates),))


def rack(name: str, shelves: int, plates: int) -> Gondola:
    return Gondola(name, Pose(), 1.2, 0.4, 2.0, tuple(_shelf(f"{name}/shelf-{s + 1}", plates) for s in range(shelves)))


def _shelf(name: str, plates: int) -> Shelf:
    return Shelf(
        name, Pose(), 1.2, 0.4, 0.3, tuple(Plate(f"{name}/plate-{p + 1}", Pose(), 0.1, 0.4) for p in range(plates))
    )


class Signal:
    """Samples of all plates; every method adds one thing that happens.

    Args:
        seconds: how long.
        columns: plates.
        noise_g: standard deviation, one for all plates or one a plate.
        seed: of the noise.
    """

    def __init__(self, seconds: float, columns: int = 6, noise_g: float | list[float] = 0.9, seed: int = 1) -> None:
        self.count = round(seconds * RATE_HZ)
        self._rng = stream(seed, "test-weights")
        offsets = self._rng.uniform(-5000, 9000, columns)
        self.grams = offsets + self._rng.normal(0, 1, (self.count, columns)) * np.asarray(noise_g)

    def at(self, start_s: float, end_s: float | None = None) -> slice:
        return slice(round(start_s * RATE_HZ), self.count if end_s is None else round(end_s * RATE_HZ))

    def step(self, column: int, at_s: float, delta_g: float) -> Signal:
        """Load that comes or goes at once."""
        self.grams[self.at(at_s), column] += delta_g
        return self

    def ramp(self, column: int, start_s: float, end_s: float, delta_g: float) -> Signal:
        """Load that comes or goes slowly."""
        when = self.at(start_s, end_s)
        self.grams[when, column] += np.linspace(0, delta_g, when.stop - when.start)
        return self.step(column, end_s, delta_g)

    def push(self, column: int, start_s: float, end_s: float, peak_g: float) -> Signal:
        """A hand that presses and lets go."""
        when = self.at(start_s, end_s)
        self.grams[when, column] += peak_g * np.sin(np.linspace(0, np.pi, when.stop - when.start))
        return self

    def fumble(self, column: int, start_s: float, end_s: float, swing_g: float) -> Signal:
        """A hand that holds an item on the plate, never still."""
        when = self.at(start_s, end_s)
        t = np.arange(when.stop - when.start) / RATE_HZ
        self.grams[when, column] += swing_g * (np.sin(2 * np.pi * 1.3 * t) + 0.6 * np.sin(2 * np.pi * 3.1 * t + 1))
        return self

    def shake(self, at_s: float, peak_g: float, settle_s: float = 0.9, skip: int = -1) -> Signal:
        """The whole gondola rings after a pick, each plate in its own way."""
        when = self.at(at_s)
        t = np.arange(when.stop - when.start) / RATE_HZ
        for column in range(self.grams.shape[1]):
            hz, phase, gain = self._rng.uniform(5, 8), self._rng.uniform(0, 2 * np.pi), self._rng.uniform(0.3, 1)
            if column != skip:
                self.grams[when, column] += gain * peak_g * np.exp(-t / settle_s) * np.sin(2 * np.pi * hz * t + phase)
        return self

    def events(self, layout: Layout | None = None, *, period_ns: int = PERIOD_NS, block: int = 12) -> list[LoadChange]:
        """All changes that a fresh watcher finds."""
        watcher = ShelfWatcher(layout or store(plates=self.grams.shape[1]))
        return feed(watcher, self.grams, period_ns=period_ns, block=block)


def feed(
    watcher: ShelfWatcher, grams: NDArray[np.float64], *, period_ns: int = PERIOD_NS, block: int = 12, first_ns: int = 0
) -> list[LoadChange]:
    """Send samples of gondola-1 block by block; return the changes."""
    found: list[LoadChange] = []
    for i in range(0, len(grams), block):
        found += watcher.update(weights(grams[i : i + block], first_ns + i * period_ns, period_ns))
    return found


def weights(grams: NDArray[np.float64], started_ns: int = 0, period_ns: int = PERIOD_NS) -> Weights:
    """One block of gondola-1."""
    end_ns = started_ns + len(grams) * period_ns
    return Weights(
        t_ns=end_ns, source="gondola-1", started_ns=started_ns, period_ns=period_ns, grams=grams.astype(np.float32)
    )
