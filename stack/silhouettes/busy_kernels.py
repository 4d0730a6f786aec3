"""The inner loops that find where carving is worth while: blocks of places that not too many cameras see empty."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from stack.compiled import compiled
from stack.silhouettes.carve_kernels import SIDE, may_err

F64 = NDArray[np.float64]
I32 = NDArray[np.int32]
U64 = NDArray[np.uint64]


@compiled
def blocks_of(seen: U64, whole: U64, most: NDArray[np.uint8]) -> None:
    """Note for each block of places which cameras see them all, and how many see one of them at most.

    Args:
        seen: (nx, ny, nz) bits of the cameras that see each place.
        whole: (bx, by, bz) bits of those that see every place of a block that anybody sees; written.
        most: (bx, by, bz) how many cameras see one place at most; written.
    """
    nx, ny, nz = seen.shape
    whole[:], most[:] = ~np.uint64(0), 0
    for i in range(nx):
        for j in range(ny):
            for k in range(nz):
                bits, count = seen[i, j, k], 0
                if bits:
                    whole[i // SIDE, j // SIDE, k // SIDE] &= bits
                while bits:
                    count += 1
                    bits &= bits - np.uint64(1)
                most[i // SIDE, j // SIDE, k // SIDE] = max(most[i // SIDE, j // SIDE, k // SIDE], count)


@compiled
def empty_around(sums: I32, cameras: F64, sizes: I32, c: int, x: float, y: float, z: float, radius: float) -> bool:
    """Whether a camera sees the empty store, and nothing else, within a radius of a place.

    Args:
        sums: (cameras, H + 1, W + 1) integral images of the pixels that may show something else.
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
    if ahead < 2 * radius:
        return False
    u = cameras[c, 12] * (cameras[c, 0] * x + cameras[c, 3] * y + cameras[c, 6] * z) / ahead + cameras[c, 14]
    v = cameras[c, 13] * (cameras[c, 1] * x + cameras[c, 4] * y + cameras[c, 7] * z) / ahead + cameras[c, 15]
    r = 1.5 * radius * max(cameras[c, 12], cameras[c, 13]) / (ahead - radius) + 1
    u0, u1 = int(max(u - r, 0)), int(min(u + r + 1, sizes[c, 0]))
    v0, v1 = int(max(v - r, 0)), int(min(v + r + 1, sizes[c, 1]))
    if u0 >= u1 or v0 >= v1:
        return False
    return bool(sums[c, v1, u1] - sums[c, v0, u1] - sums[c, v1, u0] + sums[c, v0, u0] == 0)


@compiled
def find_busy(
    sums: I32,
    cameras: F64,
    sizes: I32,
    corner: F64,
    step: F64,
    whole: U64,
    most: NDArray[np.uint8],
    busy: NDArray[np.bool_],
) -> None:
    """Mark the blocks in which a place may be taken.

    Args:
        sums: (cameras, H + 1, W + 1) integral images of the pixels that may show something else than the empty store.
        cameras: (cameras, 16).
        sizes: (cameras, 2).
        corner: (3,) middle of the first place, metres.
        step: (3,) between places, metres.
        whole: (bx, by, bz) as `blocks_of` says.
        most: (bx, by, bz) as `blocks_of` says.
        busy: (bx, by, bz) written.
    """
    radius = float(np.sqrt((step * step).sum())) * SIDE / 2
    middle = corner + step * ((SIDE - 1) / 2)
    for i in range(busy.shape[0]):
        for j in range(busy.shape[1]):
            for k in range(busy.shape[2]):
                x = middle[0] + i * SIDE * step[0]
                y = middle[1] + j * SIDE * step[1]
                z = middle[2] + k * SIDE * step[2]
                against, err = 0, may_err(most[i, j, k])
                busy[i, j, k] = most[i, j, k] > 0
                for c in range(len(cameras)):
                    if busy[i, j, k] and (whole[i, j, k] >> np.uint64(c)) & np.uint64(1):
                        against += empty_around(sums, cameras, sizes, c, x, y, z, radius)
                        busy[i, j, k] = against <= err
