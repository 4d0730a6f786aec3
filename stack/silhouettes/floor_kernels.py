"""The inner loop that finds low things on the floor in silhouettes, in steps of half a cell."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from stack.compiled import compiled
from stack.silhouettes.carve_kernels import SURE, taken

F32 = NDArray[np.float32]
F64 = NDArray[np.float64]
U8 = NDArray[np.uint8]

THIN_M = 0.02
"""Heights go up in such steps, from the first that is not the floor itself."""
LEVELS = 18
"""So many steps are looked at; what fills them all is the foot of something taller."""


@compiled
def low_tops(
    labels: U8,
    cameras: F64,
    sizes: NDArray[np.int32],
    corner: F64,
    step: F64,
    column: NDArray[np.int32],
    first: NDArray[np.int32],
    who: U8,
    places: int,
    usable: NDArray[np.bool_],
    tops: F32,
) -> None:
    """Find how high what stands on each spot of the floor is: three cameras must see it, and none the bare floor.

    Args:
        labels: (cameras, H, W).
        cameras: (cameras, 16).
        sizes: (cameras, 2).
        corner: (3,) middle of the first place over the grid, metres.
        step: (3,) between places, metres.
        column: (nx, ny) number of each column, -1 for none.
        first: where the list of each of their places begins in `who`; the lowest place stands for the floor.
        who: cameras that see each place.
        places: in a column.
        usable: (nx, ny) where things may lie.
        tops: (2 nx, 2 ny) metres; written, 0 for bare floor.
    """
    nx, ny = usable.shape
    for i in range(nx):
        for j in range(ny):
            n = column[i, j]
            for quarter in range(4):
                a, b = 2 * i + quarter % 2, 2 * j + quarter // 2
                tops[a, b] = 0.0
                if n < 0 or not usable[i, j]:
                    continue
                x = corner[0] + (i + 0.5 * (quarter % 2) - 0.25) * step[0]
                y = corner[1] + (j + 0.5 * (quarter // 2) - 0.25) * step[1]
                begin, end = first[n * places], first[n * places + 1]
                for level in range(1, LEVELS + 1):
                    z = level * THIN_M
                    if taken(labels, cameras, sizes, who, begin, end, x, y, z, 0) < SURE:
                        break
                    tops[a, b] = z
