"""The inner loop that looks closer at shelf fronts: the tops of what is taken there, in steps of half a place."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from stack.compiled import compiled
from stack.silhouettes.carve_kernels import taken

F32 = NDArray[np.float32]
F64 = NDArray[np.float64]
U8 = NDArray[np.uint8]


@compiled
def tops(
    labels: U8,
    cameras: F64,
    sizes: NDArray[np.int32],
    corner: F64,
    step: F64,
    column: NDArray[np.int32],
    first: NDArray[np.int32],
    who: U8,
    occupied: U8,
    slabs: NDArray[np.int16],
    points: F32,
    rack: NDArray[np.int16],
    camera: NDArray[np.int16],
) -> int:
    """List the tops of all that is taken before and in racks, as a camera above would see them without boards.

    Args:
        labels: (cameras, H, W).
        cameras: (cameras, 16).
        sizes: (cameras, 2).
        corner: (3,) middle of the first place, metres.
        step: (3,) between places, metres.
        column: (nx, ny) number of each column, -1 for none.
        first: (N * nz + 1,) where the list of each of their places begins in `who`.
        who: cameras that see each place.
        occupied: (nx, ny, nz) 0 where nobody is.
        slabs: (nx, ny) index of the rack that a cell belongs to, -1 for none.
        points: (M, 3) world, metres; written.
        rack: (M,) index of each point's rack; written.
        camera: (M,) one of the cameras that see it; written.

    Returns:
        How many points were written.
    """
    nx, ny, nz = occupied.shape
    found = 0
    for i in range(nx):
        for j in range(ny):
            n = column[i, j]
            if n < 0 or slabs[i, j] < 0:
                continue
            for quarter in range(4):
                x = corner[0] + (i + 0.5 * (quarter % 2) - 0.25) * step[0]
                y = corner[1] + (j + 0.5 * (quarter // 2) - 0.25) * step[1]
                above = False
                for half in range(2 * nz - 1, -1, -1):
                    k, here = half // 2, False
                    z = corner[2] + (half / 2 - 0.25) * step[2]
                    begin, end = first[n * nz + k], first[n * nz + k + 1]
                    if occupied[i, j, k]:
                        here = taken(labels, cameras, sizes, who, begin, end, x, y, z, 0) > 0
                    if here and not above and found < len(points):
                        points[found, 0], points[found, 1], points[found, 2] = x, y, z + 0.25 * step[2]
                        rack[found], camera[found] = slabs[i, j], who[begin]
                        found += 1
                    above = here
    return found
