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
def pair(metres: F32, tile: F32, row0: int, column0: int, fb: float, step_px: float, range_mm: float, out: U16) -> None:
    """Write what a stereo pair reports, as its left imager sees it.

    A pixel has a reading if the right imager sees the same point: within its picture, and not behind something nearer,
    which in its picture lies further left. Going from right to left, that is whatever is left of all before it.

    Args:
        metres: (H, W) depth, +inf where nothing is.
        tile: (>= row0 + H, >= column0 + W) millimetres of error at 1 m; far below 0 for a hole.
        row0: where the window into the tile begins.
        column0: likewise.
        fb: focal length times baseline, pixels x metres.
        step_px: step of the disparity, 0 for none.
        range_mm: no reading beyond.
        out: (H, W) millimetres, 0 for no reading; written.
    """
    height, width = metres.shape
    for row in range(height):
        nearest = np.inf
        for column in range(width - 1, -1, -1):
            z = metres[row, column]
            match = column + 0.5 - fb / z
            seen = 0 <= match < nearest
            nearest = min(nearest, match)
            out[row, column] = 0
            if not seen or z == np.inf:
                continue
            mm = (tile[row0 + row, column0 + column] * z + 1000) * z
            if step_px > 0 and mm > 0:
                steps = np.floor(1000 * fb / (mm * step_px) + 0.5)
                mm = 1000 * fb / (steps * step_px) if steps > 0 else 0.0
            if 0 < mm < range_mm + 1:
                out[row, column] = np.uint16(mm + 0.5)


@kernel
def mixed(metres: F32, stretch: F32, border: F32, at: tuple[int, int], least: float) -> float:
    """Return the distance that a pixel gets light from, metres; negative where it is a mixture.

    Args:
        metres: (H, W) depth.
        stretch: (H, W) length of each pixel's ray at a depth of 1.
        border: (>= H, >= W) where a border to the next pixel lies between the two centres, 0 to 1; the same in every
            frame, for what stands still.
        at: row and column of the pixel.
        least: a smaller difference is no border, metres.
    """
    row, column = at
    own = metres[row, column] * stretch[row, column]
    share, other = 0.0, own
    for side in range(4):
        r, c = row + (side == 2) - (side == 3), column + (side == 0) - (side == 1)
        if not (0 <= r < metres.shape[0] and 0 <= c < metres.shape[1]):
            continue
        there = metres[r, c] * stretch[r, c]
        if abs(there - own) <= least:
            continue
        where = border[min(row, r), min(column, c)]
        part = 0.5 - where if side in (0, 2) else where - 0.5
        if part > share:
            share, other = part, there
    if share == 0:
        return float(own)
    if other == np.inf:
        return float(-own)
    light, more = (1 - share) / (own * own), share / (other * other)
    return float(-(light * own + more * other) / (light + more))


@kernel
def flight(
    metres: F32, stretch: F32, tile: F32, border: F32, place: tuple[int, int], laws: NDArray[np.float64], out: U16
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
    for row in range(metres.shape[0]):
        for column in range(metres.shape[1]):
            out[row, column] = 0
            if metres[row, column] == np.inf:
                continue
            r = mixed(metres, stretch, border, (row, column), laws[6])
            if r < 0:
                r = -r
                # The digits after those that said where the border is are as good as a draw of their own.
                digits = border[row, column] * 1024
                if digits - np.floor(digits) >= laws[7]:
                    continue
            sd = (laws[0] + laws[1] * r + laws[2] * r * r) * 0.001
            r = r % laws[5] + sd * tile[place[0] + row, place[1] + column]
            if laws[3] <= r <= laws[4]:
                out[row, column] = np.uint16(r / stretch[row, column] * 1000 + 0.5)
