"""The inner loop that carves what is taken once more, with no view in doubt."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from stack.compiled import compiled
from stack.silhouettes.carve_kernels import SURE, taken

F32 = NDArray[np.float32]
F64 = NDArray[np.float64]
U8 = NDArray[np.uint8]


@compiled
def strict_heights(
    labels: U8,
    cameras: F64,
    sizes: NDArray[np.int32],
    corner: F64,
    step: F64,
    column: NDArray[np.int32],
    first: NDArray[np.int32],
    who: U8,
    occupied: U8,
    heights: F32,
) -> None:
    """Find how high what is taken reaches where not one camera sees the empty store.

    Args:
        labels: (cameras, H, W).
        cameras: (cameras, 16).
        sizes: (cameras, 2).
        corner: (3,) middle of the first place, metres.
        step: (3,) between places, metres.
        column: (nx, ny) number of each column, -1 for none.
        first: (N * nz + 1,) where the list of each of their places begins in `who`.
        who: cameras that see each place.
        occupied: (nx, ny, nz) views of somebody, 0 where nobody is.
        heights: (nx, ny) metres; written, 0 for nothing.
    """
    nx, ny, nz = occupied.shape
    for i in range(nx):
        for j in range(ny):
            n, before = column[i, j], False
            heights[i, j] = 0.0
            x, y = corner[0] + i * step[0], corner[1] + j * step[1]
            for k in range(nz - 1, -1, -1):
                here = False
                if n >= 0 and occupied[i, j, k] >= SURE:
                    begin, end = first[n * nz + k], first[n * nz + k + 1]
                    here = taken(labels, cameras, sizes, who, begin, end, x, y, corner[2] + k * step[2], 0) >= SURE
                if here and before:
                    heights[i, j] = corner[2] + (k + 1.5) * step[2]
                    break
                before = here
