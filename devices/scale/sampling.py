"""Readings that come when they come, as blocks of samples at an even rate: what a gondola's controller sends."""

from __future__ import annotations

from collections import deque

import numpy as np

from contracts.records import Weights
from devices.scale.reading import NAN

_MOST = 4096
"""Readings kept until they are sampled: more than any line brings between two calls."""


class Sampling:
    """Holds each reading until the next.

    Args:
        source: the gondola.
        plates: columns.
        period_ns: from one sample to the next.
        block: samples in a record.
        stale_ns: a reading older than this is none.
    """

    def __init__(self, source: str, plates: int, period_ns: int, block: int, stale_ns: int) -> None:
        self._source, self._plates = source, plates
        self._period_ns, self._block, self._stale_ns = period_ns, block, stale_ns
        self._coming: deque[tuple[int, tuple[float, ...]]] = deque(maxlen=_MOST)
        self._held: tuple[int, tuple[float, ...]] | None = None
        self._next_ns = -1
        self._rows: list[tuple[float, ...]] = []

    def take(self, at_ns: int, grams: tuple[float, ...]) -> None:
        """Take a reading; times never run backwards."""
        self._coming.append((at_ns, grams))

    def blocks(self, now_ns: int) -> list[Weights]:
        """Sample up to now_ns; return the records that are full."""
        if self._next_ns < 0:
            self._next_ns = now_ns - now_ns % self._period_ns
        found: list[Weights] = []
        while self._next_ns <= now_ns:
            self._rows.append(self._sample(self._next_ns))
            if len(self._rows) == self._block:
                found.append(self._record(now_ns))
            self._next_ns += self._period_ns
        return found

    def _sample(self, at_ns: int) -> tuple[float, ...]:
        while self._coming and self._coming[0][0] <= at_ns:
            self._held = self._coming.popleft()
        if self._held is None or at_ns - self._held[0] > self._stale_ns:
            return (NAN,) * self._plates
        return self._held[1]

    def _record(self, now_ns: int) -> Weights:
        rows, self._rows = self._rows, []
        return Weights(
            t_ns=now_ns,
            source=self._source,
            started_ns=self._next_ns - (self._block - 1) * self._period_ns,
            period_ns=self._period_ns,
            grams=np.array(rows, np.float32),
        )
