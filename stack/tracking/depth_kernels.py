"""The inner loops over depth pixels: subtract the empty store, raise the height map, collect points at shelves.

Every depth is in metres along the optical axis, 0 = no reading.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from stack.compiled import compiled

F32 = NDArray[np.float32]
F64 = NDArray[np.float64]

LOWEST_M = 0.2
HIGHEST_M = 2.3
FRESH_STILL = 20
"""Captures after which something that was there from the start and never moved is furniture (2 s)."""
LONG_STILL = 80
"""Captures after which something put down, away from everybody, is part of the empty store (8 s)."""


@compiled
def margin(z: float) -> float:
    """Return how much nearer than the empty store a reading must be: four sigma of a stereo imager and a bit.

    Source: 6 cm + 2 % of the distance kept false foreground away at noise of 1 and of 3 cm at 3 m.
    """
    return 0.06 + 0.02 * z


@compiled
def still_for(z: float, last: float, quiet: int) -> tuple[float, int]:
    """Return a foreground pixel's distance, and for how many captures it has shown it.

    Of plain numbers: an array is counted in and out of every call, which takes longer than all the rest.
    """
    if quiet >= 0 and abs(z - last) < margin(z) / 2:
        return last, min(quiet + 1, 30_000)
    return z, 0


@compiled
def belongs(still: int, known: bool, guarded: bool) -> bool:
    """Return whether what has not moved for some captures is part of the empty store."""
    return (still >= FRESH_STILL and not known) or (still >= LONG_STILL and not guarded)


@compiled
def settle(
    depth_mm: NDArray[np.uint16],
    background: F32,
    quiet: NDArray[np.int16],
    known: NDArray[np.bool_],
    busy: NDArray[np.bool_],
) -> None:
    """Follow the empty store along one row where it is in view, as it mostly is.

    Nothing branches and each loop writes to few arrays, so that a processor does many pixels at once.

    Args:
        depth_mm: (W,) one row.
        background: (W,) updated, as for `observe`.
        quiet: (W,) updated.
        known: (W,) updated.
        busy: (W,) whether something else is there; written.
    """
    for column in range(len(depth_mm)):
        z, b = depth_mm[column] * 0.001, background[column]
        nearer = b - z
        calm = (z > 0) & (abs(nearer) <= margin(z))
        background[column] = b - nearer * 0.125 if calm else b
        busy[column] = (z > 0) & ~calm
    for column in range(len(depth_mm)):
        calm = (depth_mm[column] > 0) & ~busy[column]
        quiet[column] = 0 if calm else quiet[column]
        known[column] = known[column] | calm


@compiled
def observe(
    depth_mm: NDArray[np.uint16],
    rays: F64,
    rotation: F64,
    position: F64,
    background: F32,
    last: F32,
    quiet: NDArray[np.int16],
    known: NDArray[np.bool_],
    corner: F64,
    cell_m: float,
    furniture: F32,
    slabs: NDArray[np.int16],
    guarded: NDArray[np.bool_],
    heights: F32,
    points: F32,
    rack: NDArray[np.int16],
    taken: int,
) -> int:
    """Read one depth frame into the height map and into the list of points at shelves.

    Args:
        depth_mm: (H, W) uint16.
        rays: (H, W, 2) x / z and y / z of what each pixel looks at.
        rotation: (3, 3) world from optical frame.
        position: (3,) metres, world.
        background: (H*W,) distance of the empty store; updated. Negative before the first reading.
        last: (H*W,) last foreground distance; updated.
        quiet: (H*W,) captures without change, -1 after one reading beyond the background; updated.
        known: (H*W,) whether the empty store was truly seen there; updated.
        corner: x0, y0 of the grid, metres.
        cell_m: side of a cell.
        furniture: (nx, ny) height below which a reading is something surveyed.
        slabs: (nx, ny) rack index at shelf fronts, -1 elsewhere.
        guarded: (nx, ny) cells near people, where nothing becomes background.
        heights: (nx, ny) greatest height of foreground; updated.
        points: (N, 3) world points at shelves; written from `taken` on.
        rack: (N,) rack index of each point; written likewise.
        taken: points in the list so far.

    Returns:
        Points in the list now.
    """
    h, w = depth_mm.shape
    nx, ny = heights.shape
    busy = np.empty(w, np.bool_)
    for row in range(h):
        here = slice(row * w, row * w + w)
        settle(depth_mm[row], background[here], quiet[here], known[here], busy)
        for column in range(w):
            if not busy[column]:
                continue
            z, k = depth_mm[row, column] * 0.001, row * w + column
            if background[k] - z < 0 and background[k] > 0:
                # Believed the second time in a row: whoever stood there has gone, or a product was taken.
                gone = quiet[k] == -1
                background[k] = z if gone else background[k]
                quiet[k], known[k] = 0 if gone else -1, known[k] or gone
                continue
            u, v = rays[row, column, 0], rays[row, column, 1]
            px = position[0] + z * (rotation[0, 0] * u + rotation[0, 1] * v + rotation[0, 2])
            py = position[1] + z * (rotation[1, 0] * u + rotation[1, 1] * v + rotation[1, 2])
            drop = rotation[2, 0] * u + rotation[2, 1] * v + rotation[2, 2]
            pz = position[2] + z * drop
            i, j = int(np.floor((px - corner[0]) / cell_m)), int(np.floor((py - corner[1]) / cell_m))
            inside = 0 <= i < nx and 0 <= j < ny
            if not known[k] and (not inside or pz <= furniture[i, j]):
                background[k], known[k], quiet[k] = z, True, 0
                continue
            # Until the empty store was seen there, the bare floor stands in for it.
            if background[k] < 0:
                background[k] = position[2] / max(-drop, 0.05)
            last[k], quiet[k] = still_for(z, last[k], quiet[k])
            if belongs(quiet[k], known[k], inside and guarded[i, j]):
                background[k], known[k] = z, True
            if not inside or pz < LOWEST_M or pz > HIGHEST_M:
                continue
            heights[i, j] = max(heights[i, j], pz)
            if slabs[i, j] >= 0 and taken < len(points):
                points[taken, 0], points[taken, 1], points[taken, 2] = px, py, pz
                rack[taken] = slabs[i, j]
                taken += 1
    return taken
