"""An emulated scale that bears what the twin's own plates bear."""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from contracts.clock import Clock
from contracts.ports import FaultKind
from contracts.record import Record
from contracts.records import AnswerRecord, Weights
from devices.scale.profile import Profile

NOISE_G = 3.0
"""On a scale that waits for rest, what lies within this is the noise of the twin's plate. Our choice: about half a
common division."""
_MOST = 1000
"""Rows that wait at the most: more has come than time has passed."""


class Bearing(Protocol):
    """An emulated scale, of whichever protocol."""

    def load(self, grams: float, plate: int = 0) -> None:
        """Let there be so much on a plate from now on."""

    def fault(self, kind: FaultKind | None) -> bool:
        """Begin a fault, or end it with None; return whether it can have it."""

    def serve(self) -> None:
        """Hear what came, and send what is due."""

    def close(self) -> None:
        """Let go of the line; may be called twice."""


class EmulatedScale:
    """What a run drives.

    The twin's weights have an arbitrary zero: what a plate bears first counts as half of its capacity, so that goods
    can be taken off and put on. Rows of a block are felt one by one, over the time that the block took.

    Args:
        emulator: the device; this closes its line.
        profile: of the emulator.
        plates: how many it has.
        clock: of the bench.
    """

    def __init__(self, emulator: Bearing, profile: Profile, plates: int, clock: Clock) -> None:
        self.emulator, self._profile, self._clock = emulator, profile, clock
        self._first: list[float | None] = [None] * plates
        self._bears = [profile.capacity_g / 2] * plates
        self._coming: deque[tuple[int, NDArray[np.float32]]] = deque(maxlen=_MOST)
        # From the first moment on: a host that came early must not see five kilograms arrive.
        for plate, grams in enumerate(self._bears):
            emulator.load(grams, plate)

    def work(self) -> None:
        """Feel what is due, hear what came over the line, and say what is due."""
        while self._coming and self._coming[0][0] <= self._clock.now_ns:
            self._feel(self._coming.popleft()[1])
        self.emulator.serve()

    def live(self, record: Record) -> None:
        """Bear what the twin's plates bear."""
        if not isinstance(record, Weights) or not record.grams.size:
            return
        now_ns = self._clock.now_ns
        if self._profile.asked:
            # It shows what rests there, not each sample.
            self._coming.append((now_ns, _middle(record.grams)))
        else:
            self._coming.extend((now_ns + at * record.period_ns, row) for at, row in enumerate(record.grams))

    def orders(self) -> Sequence[AnswerRecord]:
        """A scale asks nothing of the twin."""
        return ()

    def fault(self, kind: FaultKind | None) -> bool:
        """Begin a fault, or end it with None; return whether it can have it."""
        return self.emulator.fault(kind)

    def close(self) -> None:
        """Let go of the line; may be called twice."""
        self.emulator.close()

    def _feel(self, row: NDArray[np.float32]) -> None:
        """Load the plates; one that tells nothing now bears what it bore."""
        for plate, grams in enumerate(row[: len(self._first)].tolist()):
            if grams != grams:  # noqa: PLR0124 - only NaN differs from itself
                continue
            first = self._first[plate]
            if first is None:
                first = self._first[plate] = grams
            load_g = self._profile.capacity_g / 2 + grams - first
            if not self._profile.asked or abs(load_g - self._bears[plate]) > NOISE_G:
                self._bears[plate] = load_g
                self.emulator.load(load_g, plate)


def _middle(grams: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return the median of each column, of what it tells."""
    middle = np.full(grams.shape[1], np.nan, np.float32)
    told = np.isfinite(grams).any(axis=0)
    middle[told] = np.nanmedian(grams[:, told], axis=0)
    return middle
