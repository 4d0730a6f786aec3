"""Hamming distances of packed codes, compiled."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from stack.compiled import compiled
from stack.palm.popcount import bits_set


@compiled
def nearest_windows(rows: NDArray[np.uint64], windows: NDArray[np.uint64], found: NDArray[np.uint16]) -> None:
    """Write for each row the distance of the window that is nearest to it.

    A row is read once and compared with all windows while it is in the processor's cache; so the scan is bound by
    counting, not by memory. Measured at 25 windows: 1.5 times as fast as faiss's exact binary index (docs/palm.md).

    Args:
        rows: (N, words) enrolled codes.
        windows: (25, words) one probe at all its places.
        found: (N,) distances in bits; written.
    """
    count, words = rows.shape
    for r in range(count):
        least = np.uint64(1 << 16) - np.uint64(1)
        for w in range(windows.shape[0]):
            differing = np.uint64(0)
            for k in range(words):
                differing += bits_set(rows[r, k] ^ windows[w, k])
            least = min(least, differing)
        found[r] = least
