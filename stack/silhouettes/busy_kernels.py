"""The inner loops that find where carving is worth while: blocks of places near which two cameras see somebody."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from stack.compiled import compiled
from stack.silhouettes.carve_kernels import FEWEST, SIDE

F64 = NDArray[np.float64]
I32 = NDArray[np.int32]


@compiled
def somebody_near(sums: I32, cameras: F64, sizes: I32, c: int, x: float, y: float, z: float, radius: float) -> bool:
    """Whether a camera sees somebody within a radius of a place, or perhaps because the place is hardly in view.

    Args:
        sums: (cameras, H + 1, W + 1) integral images of the pixels that show somebody.
        cameras: (cameras, 16).
        sizes: (cameras, 2).
        c: which camera.
        x: metres, world.
        y: metres, world.
        z: metres, world.
        radius: metres.
    """
    x, y, z = x - cameras[c, 9], y - cameras[c, 10], z - cameras[c, 11]
    ahead = cameras[c, 2] * x + cameras[c, 5] * y + cameras[c, 8] * z
    if ahead < 0.1:
        return x * x + y * y + z * z < (0.1 + radius) ** 2
    u = cameras[c, 12] * (cameras[c, 0] * x + cameras[c, 3] * y + cameras[c, 6] * z) / ahead + cameras[c, 14]
    v = cameras[c, 13] * (cameras[c, 1] * x + cameras[c, 4] * y + cameras[c, 7] * z) / ahead + cameras[c, 15]
    r = 1.5 * radius * max(cameras[c, 12], cameras[c, 13]) / max(ahead - radius, 0.05) + 1
    u0, u1 = int(max(u - r, 0)), int(min(u + r + 1, sizes[c, 0]))
    v0, v1 = int(max(v - r, 0)), int(min(v + r + 1, sizes[c, 1]))
    if u0 >= u1 or v0 >= v1:
        return False
    return bool(sums[c, v1, u1] - sums[c, v0, u1] - sums[c, v1, u0] + sums[c, v0, u0] > 0)


@compiled
def find_busy(
    sums: I32, cameras: F64, sizes: I32, corner: F64, step: F64, used: NDArray[np.bool_], busy: NDArray[np.bool_]
) -> None:
    """Mark the blocks near which two cameras see somebody.

    Args:
        sums: (cameras, H + 1, W + 1) integral images.
        cameras: (cameras, 16).
        sizes: (cameras, 2).
        corner: (3,) middle of the first place, metres.
        step: (3,) between places, metres.
        used: (bx, by) whether anybody may be over the blocks' floor.
        busy: (bx, by, bz) written.
    """
    radius = float(np.sqrt((step * step).sum())) * SIDE / 2
    middle = corner + step * ((SIDE - 1) / 2)
    for i in range(busy.shape[0]):
        for j in range(busy.shape[1]):
            for k in range(busy.shape[2]):
                views = 0
                if used[i, j]:
                    x, y, z = (
                        middle[0] + i * SIDE * step[0],
                        middle[1] + j * SIDE * step[1],
                        middle[2] + k * SIDE * step[2],
                    )
                    for c in range(len(cameras)):
                        if somebody_near(sums, cameras, sizes, c, x, y, z, radius):
                            views += 1
                            if views >= FEWEST:
                                break
                busy[i, j, k] = views >= FEWEST
