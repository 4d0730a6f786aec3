"""The inner loops that carve: a place is taken where hardly any camera that sees it sees the empty store there."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from stack.compiled import compiled
from stack.silhouettes.background_kernels import EMPTY, SOMEBODY

F32 = NDArray[np.float32]
F64 = NDArray[np.float64]
U8 = NDArray[np.uint8]

FEWEST = 2
"""So many cameras must see somebody at a place: one alone cannot tell how far away he is."""
SURE = 3
"""... and so many for it to be part of a body: two cameras that see two people see two more that are not there."""


SIDE = 3
"""Places along the side of a block."""


@compiled
def may_err(views: int) -> int:
    """Return how many of the cameras that see a place may take somebody there for the empty store."""
    return (views - 1) // 4


@compiled
def label_at(labels: U8, cameras: F64, sizes: NDArray[np.int32], c: int, x: float, y: float, z: float) -> int:
    """Return the label of the pixel of one camera that shows a place, -1 outside the picture."""
    x, y, z = x - cameras[c, 9], y - cameras[c, 10], z - cameras[c, 11]
    ahead = cameras[c, 2] * x + cameras[c, 5] * y + cameras[c, 8] * z
    if ahead < 0.1:
        return -1
    u = cameras[c, 12] * (cameras[c, 0] * x + cameras[c, 3] * y + cameras[c, 6] * z) / ahead + cameras[c, 14]
    v = cameras[c, 13] * (cameras[c, 1] * x + cameras[c, 4] * y + cameras[c, 7] * z) / ahead + cameras[c, 15]
    if u < 0 or v < 0 or u >= sizes[c, 0] or v >= sizes[c, 1]:
        return -1
    return int(labels[c, int(v), int(u)])


@compiled
def taken(
    labels: U8,
    cameras: F64,
    sizes: NDArray[np.int32],
    who: U8,
    begin: int,
    end: int,
    x: float,
    y: float,
    z: float,
    err: int,
) -> int:
    """Return how many cameras see somebody at a place, 0 when too few do or too many see the empty store.

    Args:
        labels: (cameras, H, W).
        cameras: (cameras, 16).
        sizes: (cameras, 2) width and height of the part of `labels` that is in use.
        who: lists of cameras; that of the place goes from `begin` to `end`.
        begin: see `who`.
        end: see `who`.
        x: metres, world.
        y: metres, world.
        z: metres, world.
        err: how many views may see the empty store.
    """
    against, bearing = 0, 0
    for n in range(begin, end):
        label = label_at(labels, cameras, sizes, who[n], x, y, z)
        if label == EMPTY:
            against += 1
            if against > err:
                return 0
        elif label == SOMEBODY:
            bearing += 1
    return bearing if bearing >= FEWEST else 0


@compiled
def carve(
    labels: U8,
    cameras: F64,
    sizes: NDArray[np.int32],
    corner: F64,
    step: F64,
    column: NDArray[np.int32],
    first: NDArray[np.int32],
    who: U8,
    busy: NDArray[np.bool_],
    occupied: U8,
    heights: F32,
) -> None:
    """Find what is taken of all places, and how high it reaches.

    Args:
        labels: (cameras, H, W).
        cameras: (cameras, 16).
        sizes: (cameras, 2).
        corner: (3,) middle of the first place, metres.
        step: (3,) between places, metres.
        column: (nx, ny) number of each column where somebody may be, -1 elsewhere.
        first: (N * nz + 1,) where the list of each of their places begins in `who`, lowest first.
        who: cameras that see each place.
        busy: blocks of `SIDE` places along each axis where anybody may be at all.
        occupied: (nx, ny, nz) views of somebody at each place; written.
        heights: (nx, ny) top of what is taken, two places thick at least, metres; written, 0 for nothing.
    """
    nx, ny, nz = occupied.shape
    occupied[:], heights[:] = 0, 0
    for i in range(nx):
        for j in range(ny):
            n, before = column[i, j], 0
            if n < 0:
                continue
            x, y = corner[0] + i * step[0], corner[1] + j * step[1]
            for k in range(nz - 1, -1, -1):
                begin, end, views = first[n * nz + k], first[n * nz + k + 1], 0
                if end - begin >= FEWEST and busy[i // SIDE, j // SIDE, k // SIDE]:
                    views = taken(
                        labels, cameras, sizes, who, begin, end, x, y, corner[2] + k * step[2], may_err(end - begin)
                    )
                occupied[i, j, k] = views
                if views >= SURE and before >= SURE and heights[i, j] == 0:
                    heights[i, j] = corner[2] + (k + 1.5) * step[2]
                before = views
