"""Short overlapping windows over plate samples: what each plate reads and how much it moves."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import NDArray

from contracts.clock import MILLISECOND
from contracts.geometry import Floats
from contracts.records import Weights

Bools = NDArray[np.bool_]

WINDOW_NS = 350 * MILLISECOND
HOP_NS = 50 * MILLISECOND
"""A window and a hop make 0.4 s: every plateau that long holds one whole window, wherever the hops fall."""

JITTER_NS = 50 * MILLISECOND
"""Blocks that begin this much off are still taken as adjoining: real messages jitter by 3-5 ms."""


@dataclass(frozen=True, slots=True, eq=False)
class Window:
    """All plates of a gondola over one short stretch of time.

    Args:
        started_ns: time of the first sample.
        ended_ns: end of the last sample.
        median_g: (plates,) grams.
        spread_g: (plates,) standard deviation, grams.
        span_g: (plates,) largest minus smallest sample, grams.
        valid: (plates,) whether most samples were numbers.
    """

    started_ns: int
    ended_ns: int
    median_g: Floats
    spread_g: Floats
    span_g: Floats
    valid: Bools

    @property
    def middle_ns(self) -> int:
        """Where a step must lie for the median to turn."""
        return (self.started_ns + self.ended_ns) // 2


class SampleWindows:
    """Cuts one gondola's blocks into windows, bridging lost samples.

    Args:
        plates: how many columns its blocks have.
    """

    def __init__(self, plates: int) -> None:
        self._plates = plates
        self._period_ns = 0
        self._end_ns = 0
        self._clear()

    def push(self, block: Weights) -> Iterator[Window]:
        """Take a block; yield the windows that it completes, oldest first.

        A block that ends before the last one did is late and is left out.
        """
        if block.period_ns != self._period_ns:
            self._period_ns = block.period_ns
            self._clear()
        end_ns = block.started_ns + len(block.grams) * block.period_ns
        if self._end_ns and end_ns <= self._end_ns:
            return
        self._bridge(block.started_ns)
        self._append(block.grams.astype(np.float64))
        self._end_ns = end_ns
        yield from self._cut()

    def _clear(self) -> None:
        self._samples: Floats = np.empty((0, self._plates))
        self._numbers: Bools = np.empty((0, self._plates), np.bool_)
        self._last: Floats = np.full(self._plates, np.nan)
        self._end_ns = 0

    def _bridge(self, started_ns: int) -> None:
        """Fill the time since the last block with missing samples; forget all across a long silence."""
        gap_ns = started_ns - self._end_ns
        if not self._end_ns or gap_ns <= JITTER_NS:
            return
        if gap_ns > 2 * WINDOW_NS:
            self._clear()
            return
        missing = round(gap_ns / self._period_ns)
        self._append(np.full((missing, self._plates), np.nan))

    def _append(self, grams: Floats) -> None:
        numbers = np.isfinite(grams)
        if not numbers.all():
            grams = _hold(grams, numbers, self._last)
        self._samples = np.concatenate([self._samples, grams])
        self._numbers = np.concatenate([self._numbers, numbers])
        self._last = grams[-1]

    def _cut(self) -> Iterator[Window]:
        size, hop = round(WINDOW_NS / self._period_ns), max(1, round(HOP_NS / self._period_ns))
        if len(self._samples) < size:
            return
        # Times count back from the newest block, so that jitter never adds up.
        start_ns = self._end_ns - len(self._samples) * self._period_ns
        views = np.ascontiguousarray(sliding_window_view(self._samples, size, axis=0)[::hop])
        counts = sliding_window_view(self._numbers, size, axis=0)[::hop].sum(-1)
        medians, spreads, spans = np.median(views, -1), views.std(-1), np.ptp(views, -1)
        valid = (3 * counts >= 2 * size) & np.isfinite(medians)
        for i in range(len(views)):
            at_ns = start_ns + i * hop * self._period_ns
            end_ns = at_ns + size * self._period_ns
            yield Window(at_ns, end_ns, medians[i], spreads[i], spans[i], valid[i])
        self._samples = self._samples[len(views) * hop :]
        self._numbers = self._numbers[len(views) * hop :]


def _hold(grams: Floats, numbers: Bools, last: Floats) -> Floats:
    """Put the latest number of the same plate in place of each missing sample; NaN where there was none."""
    held = np.vstack([last, np.where(numbers, grams, np.nan)])
    rows = np.where(np.isfinite(held), np.arange(len(held))[:, None], 0)
    return np.take_along_axis(held, np.maximum.accumulate(rows, axis=0), axis=0)[1:]
