"""The inner loops of imagers that measure depth: one pass over the pixels, noise out of tiles drawn once."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from twin.raster.jit import kernel

F32 = NDArray[np.float32]
U16 = NDArray[np.uint16]

METRE, HALF, NOTHING = np.float32(1000), np.float32(0.5), np.float32(0)


@kernel
def simple(metres: F32, tile: F32, place: tuple[int, int], shadow_m: float, range_mm: int, out: U16) -> None:
    """Write depth with an error that grows with the square of the distance, and a shadow one pixel wide.

    Args:
        metres: (H, W) depth, +inf where nothing is.
        tile: millimetres of error at 1 m; far below 0 for a hole.
        place: where the window into the tile begins.
        shadow_m: a pixel whose right neighbour is nearer by more than this has no reading; 0 for no shadows.
        range_mm: no reading beyond.
        out: (H, W) millimetres, 0 for no reading; written.
    """
    height, width = metres.shape
    # Beyond the range anything will do that is finite.
    farthest, limit = np.float32(2 * range_mm / 1000), np.float32(range_mm + 1)
    least = np.float32(shadow_m if shadow_m > 0 else np.inf)
    for row in range(height):
        # Without a branch, and by way of 32 bits, a processor does many pixels at once: eight times as fast.
        errors, z, mm = tile[place[0] + row, place[1] :], metres[row], out[row]
        for column in range(width - 1):
            near, beside = min(z[column], farthest), min(z[column + 1], farthest)
            value = (errors[column] * near + METRE) * near + HALF
            mm[column] = np.int32(value if (value >= HALF) & (value < limit) & (near - beside <= least) else NOTHING)
        near = min(z[width - 1], farthest)
        value = (errors[width - 1] * near + METRE) * near + HALF
        mm[width - 1] = np.int32(value if (value >= HALF) & (value < limit) else NOTHING)


@kernel
def pair(metres: F32, tile: F32, place: tuple[int, int], fb: float, step_px: float, range_mm: int, out: U16) -> None:
    """Write what a stereo pair reports, as its left imager sees it.

    A pixel has a reading if the right imager sees the same point: within its picture, and not behind something nearer,
    which in its picture lies further left. Going from right to left, that is whatever is left of all before it.

    Args:
        metres: (H, W) depth, +inf where nothing is.
        tile: millimetres of error at 1 m; far below 0 for a hole.
        place: where the window into the tile begins.
        fb: focal length times baseline, pixels x metres.
        step_px: step of the disparity, 0 for none.
        range_mm: no reading beyond.
        out: (H, W) millimetres, 0 for no reading; written.
    """
    height, width = metres.shape
    wide, limit, step_mm = np.float32(fb), np.float32(range_mm + 1), np.float32(1000 * fb / step_px if step_px else 0)
    for row in range(height):
        nearest = np.float32(np.inf)
        for column in range(width - 1, -1, -1):
            z = metres[row, column]
            match = np.float32(column) + HALF - wide / z
            seen = NOTHING <= match < nearest
            nearest = min(nearest, match)
            out[row, column] = 0
            if not seen or z == np.inf:
                continue
            mm = (tile[place[0] + row, place[1] + column] * z + METRE) * z
            if step_mm > 0 and mm > 0:
                mm = step_mm / np.floor(step_mm / mm + HALF)
            if HALF <= mm + HALF < limit:
                out[row, column] = np.int32(mm + HALF)


@kernel
def mixed(far: F32, border: F32, row: int, column: int, least: float) -> float:
    """Return the distance that a pixel gets light from, where that comes from two surfaces; else 0.

    Args:
        far: (H, W) distance along each pixel's ray, metres.
        border: (H, W) where a border to the next pixel lies between the two centres, 0 to 1; the same in every frame,
            for what stands still.
        row: of the pixel.
        column: of the pixel.
        least: a smaller difference is no border, metres.
    """
    own, share, other = far[row, column], 0.0, 0.0
    for side in range(4):
        r, c = row + (side == 2) - (side == 3), column + (side == 0) - (side == 1)
        if not (0 <= r < far.shape[0] and 0 <= c < far.shape[1]) or abs(far[r, c] - own) <= least:
            continue
        where = border[min(row, r), min(column, c)]
        part = 0.5 - where if side in (0, 2) else where - 0.5
        if part > share:
            share, other = part, far[r, c]
    if share == 0:
        return 0.0
    light, more = (1 - share) / (own * own), share / (other * other)
    return float((light * own + more * min(other, 1e9)) / (light + more))


@kernel
def borders(far: F32, row: int, least: float, near: NDArray[np.bool_]) -> None:
    """Write which pixels of a row are beside one that is nearer or farther by more than `least`."""
    height, width = far.shape
    near[:] = False
    here, above, below = far[row], far[max(row - 1, 0)], far[min(row + 1, height - 1)]
    for column in range(width):
        z = here[column]
        near[column] = (abs(above[column] - z) > least) | (abs(below[column] - z) > least)
    for column in range(width - 1):
        if abs(here[column + 1] - here[column]) > least:
            near[column] = near[column + 1] = True


@kernel
def flight(
    metres: F32, stretch: F32, tile: F32, border: F32, place: tuple[int, int], laws: NDArray[np.float32], out: U16
) -> None:
    """Write what a time-of-flight imager reports.

    Args:
        metres: (H, W) depth, +inf where nothing is.
        stretch: (H, W) length of each pixel's ray at a depth of 1.
        tile: standard normal numbers; far below 0 for a hole.
        border: as for `mixed`.
        place: where the window into the tile begins.
        laws: a, b, c of the noise in mm, nearest, farthest and wrapping distance in m, least border in m, and the share
            of mixed pixels that is reported.
        out: (H, W) millimetres, 0 for no reading; written.
    """
    far, near = metres * stretch, np.zeros(metres.shape[1], np.bool_)
    a, b, c = laws[0] / METRE, laws[1] / METRE, laws[2] / METRE
    for row in range(metres.shape[0]):
        borders(far, row, laws[6], near)
        for column in range(metres.shape[1]):
            out[row, column] = 0
            r = far[row, column]
            if r == np.inf:
                continue
            if near[column]:
                both = np.float32(mixed(far, border, row, column, laws[6]))
                # The digits after those that said where the border is are as good as a draw of their own.
                digits = border[row, column] * np.float32(1024)
                if both > 0 and digits - np.floor(digits) >= laws[7]:
                    continue
                r = both if both > 0 else r
            noise = (a + b * r + c * r * r) * tile[place[0] + row, place[1] + column]
            r = (r if r < laws[5] else r % laws[5]) + noise
            if laws[3] <= r <= laws[4]:
                out[row, column] = np.int32(r / stretch[row, column] * METRE + HALF)
