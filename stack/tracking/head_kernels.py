"""The inner loops that find tops in a height map."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from stack.compiled import compiled

F32 = NDArray[np.float32]
F64 = NDArray[np.float64]


@compiled
def fill(heights: F32) -> F32:
    """Return the 3 x 3 maximum of a map."""
    nx, ny = heights.shape
    out = np.zeros((nx, ny), np.float32)
    for i in range(nx):
        for j in range(ny):
            if heights[i, j] > 0:
                for a in range(max(0, i - 1), min(nx, i + 2)):
                    for b in range(max(0, j - 1), min(ny, j + 2)):
                        out[a, b] = max(out[a, b], heights[i, j])
    return out


@compiled
def soften(heights: F32, taps: F64) -> F32:
    """Return the map with pinholes filled (3 x 3 maximum) and blurred by a symmetric kernel.

    Cells with nothing count as 0, which pulls the tops of a blob to its middle.

    Args:
        heights: (nx, ny) metres.
        taps: (2r + 1,) weights that sum to 1.
    """
    filled = fill(heights)
    nx, ny = heights.shape
    r = len(taps) // 2
    across, out = np.zeros((nx, ny), np.float32), np.zeros((nx, ny), np.float32)
    for i in range(nx):
        for j in range(ny):
            if filled[i, j] > 0:
                for a in range(max(0, i - r), min(nx, i + r + 1)):
                    across[a, j] += taps[a - i + r] * filled[i, j]
    for i in range(nx):
        for j in range(ny):
            if across[i, j] > 0:
                for b in range(max(0, j - r), min(ny, j + r + 1)):
                    out[i, b] += taps[b - j + r] * across[i, j]
    return out


@compiled
def is_top(soft: F32, i: int, j: int, radius: int) -> bool:
    """Whether no cell within a radius is higher; of equal ones the first counts."""
    nx, ny = soft.shape
    for a in range(max(0, i - radius), min(nx, i + radius + 1)):
        for b in range(max(0, j - radius), min(ny, j + radius + 1)):
            near = (a - i) ** 2 + (b - j) ** 2 <= radius * radius
            if near and (soft[a, b] > soft[i, j] or (soft[a, b] == soft[i, j] and (a, b) < (i, j))):
                return False
    return True


@compiled
def tops(soft: F32, lowest_m: float, radius: int) -> NDArray[np.int64]:
    """Return the (N, 2) cells that are the highest within a radius.

    Args:
        soft: (nx, ny) softened map.
        lowest_m: tops below this are left out.
        radius: cells.
    """
    nx, ny = soft.shape
    found = np.zeros((512, 2), np.int64)
    n = 0
    for i in range(nx):
        for j in range(ny):
            if soft[i, j] > lowest_m and n < len(found) and is_top(soft, i, j, radius):
                found[n, 0], found[n, 1] = i, j
                n += 1
    return found[:n]
