"""The exact search of one probe among all enrolled codes."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import numpy as np
from numpy.typing import NDArray

from stack.palm.code import Words

LEAST_ROWS = 4096
"""Fewer are not worth a second thread."""


def distances(rows: Words, windows: Words, threads: int = 1) -> NDArray[np.uint16]:
    """Return (N,) the distance of each row to its nearest window, in bits; the same for any number of threads.

    Args:
        rows: (N, words) enrolled codes.
        windows: (25, words) one probe at all its places.
        threads: how many share the rows.
    """
    from stack.palm.distance import nearest_windows  # late: numba takes half a second to import

    found = np.empty(len(rows), np.uint16)
    shares = max(1, min(threads, len(rows) // LEAST_ROWS))
    if shares == 1:
        nearest_windows(rows, windows, found)
        return found
    cuts = np.linspace(0, len(rows), shares + 1).astype(int).tolist()
    with ThreadPoolExecutor(shares) as pool:
        parts = [slice(*cuts[k : k + 2]) for k in range(shares)]
        list(pool.map(lambda part: nearest_windows(rows[part], windows, found[part]), parts))
    return found


def lowest(values: NDArray[np.uint16], count: int) -> NDArray[np.intp]:
    """Return the places of the lowest values, lowest first, earlier ones first where they tie."""
    if len(values) > count:
        limit = np.partition(values, count - 1)[count - 1]
        among = np.flatnonzero(values <= limit)
    else:
        among = np.arange(len(values))
    return among[np.argsort(values[among], kind="stable")][:count]
