"""The compiled search for a shortest walk over the grid."""

from __future__ import annotations

import heapq

import numpy as np
from numpy.typing import NDArray

from twin.raster.jit import kernel

Cells = NDArray[np.int64]

# A little over 1 makes the search greedy: up to a tenth longer on the grid, which pulling it straight takes out again.
_EAGER = 1.1
_DIAGONAL = 2.0**0.5


@kernel
def search(free: NDArray[np.bool_], start: int, goal: int) -> Cells:
    """Return the cells of a shortest walk by A*; ties are broken by the cells' order, so it is the same every time.

    Args:
        free: (W, H) cells that may be walked.
        start: index of a cell, row by row.
        goal: the same.

    Returns:
        Indices from start to goal; empty when there is no way.
    """
    width, height = free.shape
    cost = np.full(width * height, np.inf)
    came = np.full(width * height, -1, np.int64)
    closed = np.zeros(width * height, np.bool_)
    cost[start] = 0.0
    open_cells = [(0.0, start)]
    while open_cells:
        _, here = heapq.heappop(open_cells)
        if here == goal:
            return trace(came, goal)
        if closed[here]:
            continue
        closed[here] = True
        x, y = here // height, here % height
        for way in range(9):
            di, dj = way // 3 - 1, way % 3 - 1
            i, j = x + di, y + dj
            if way == 4 or i < 0 or j < 0 or i >= width or j >= height or not free[i, j]:
                continue
            # No cutting of corners: a diagonal step needs both its neighbours.
            if di != 0 and dj != 0 and not (free[x, j] and free[i, y]):
                continue
            there, new = i * height + j, cost[here] + (_DIAGONAL if di != 0 and dj != 0 else 1.0)
            if new < cost[there]:
                cost[there], came[there] = new, here
                heapq.heappush(open_cells, (new + _EAGER * _octile(i, j, goal // height, goal % height), there))
    return came[:0]


@kernel
def _octile(i: int, j: int, k: int, m: int) -> float:
    """Return the length of the shortest walk over an empty grid, cells."""
    dx, dy = abs(i - k), abs(j - m)
    return max(dx, dy) + 0.41421356 * min(dx, dy)


@kernel
def trace(came: Cells, goal: int) -> Cells:
    """Return the cells from the start to the goal."""
    count, at = 1, goal
    while came[at] >= 0:
        at = came[at]
        count += 1
    cells = np.empty(count, np.int64)
    at = goal
    for k in range(count - 1, -1, -1):
        cells[k] = at
        at = came[at]
    return cells
