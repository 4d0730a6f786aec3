"""The inner loops over pixels: hold a picture against the empty store, and let the empty store follow."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from stack.compiled import compiled

F32 = NDArray[np.float32]
U8 = NDArray[np.uint8]

EMPTY, UNSURE, SOMEBODY = 0, 1, 2
"""Labels of a pixel: as in the empty store, hard to tell, unlike it."""

SAME, OTHER = 4.0, 7.0
"""Below the one a pixel is as it was, above the other it is not, in standard deviations of its noise.

Grain of 2 levels of 255 and JPEG leave few specks in an empty store then, which a median takes out.
"""
SHADE = 0.7
"""A shadow takes at most this part of the light away from what it falls on ..."""
SHADE_TINT = 3.0
"""... and leaves its colour as it is, in standard deviations."""

LEARN = 0.02
"""Share of a new picture in the empty store; of the first fifty all have the same share."""
STILL = 5.0
"""What changes less than this from one picture to the next stands still, levels of 255."""


@compiled
def label_of(b: float, g: float, r: float, eb: float, eg: float, er: float, noise: float, floor: bool) -> int:
    """Return the label of one pixel.

    Args:
        b: its value.
        g: its value.
        r: its value.
        eb: value of the empty store there.
        eg: value of the empty store there.
        er: value of the empty store there.
        noise: standard deviation, levels.
        floor: whether it shows the floor, where shadows fall.
    """
    off = (b - eb) ** 2 + (g - eg) ** 2 + (r - er) ** 2
    if off < (SAME * noise) ** 2:
        return EMPTY
    if floor:
        light = (b * eb + g * eg + r * er) / max(eb * eb + eg * eg + er * er, 1.0)
        tint = (b - light * eb) ** 2 + (g - light * eg) ** 2 + (r - light * er) ** 2
        if 1.0 - SHADE < light < 1.0 and tint < (SHADE_TINT * noise) ** 2:
            return UNSURE
    return SOMEBODY if off > (OTHER * noise) ** 2 else UNSURE


@compiled
def compare(
    picture: U8,
    light: F32,
    empty: F32,
    noise: F32,
    last: F32,
    still: NDArray[np.int16],
    floor: NDArray[np.bool_],
    guarded: U8,
    patience: NDArray[np.int16],
    learn: float,
    labels: U8,
) -> None:
    """Label the pixels of one picture, and learn.

    Args:
        picture: (H, W, 3).
        light: (3,) how much brighter than the empty store's it is.
        empty: (H, W, 3) the empty store; updated.
        noise: (H, W) standard deviation of each value.
        last: (H, W, 3) what stood out last; updated.
        still: (H, W) pictures in which that has not changed; updated.
        floor: (H, W) whether a pixel shows the floor.
        guarded: (H, W) not 0 where somebody is followed, and nothing becomes part of the empty store.
        patience: (H, W) pictures after which what stands still is part of the empty store.
        learn: share of this picture in the empty store.
        labels: (H, W) written.
    """
    height, width, _ = picture.shape
    dim0, dim1, dim2 = np.float32(1) / light[0], np.float32(1) / light[1], np.float32(1) / light[2]
    for y in range(height):
        for x in range(width):
            b, g, r = picture[y, x, 0] * dim0, picture[y, x, 1] * dim1, picture[y, x, 2] * dim2
            eb, eg, er = empty[y, x, 0], empty[y, x, 1], empty[y, x, 2]
            db, dg, dr = b - eb, g - eg, r - er
            label = label_of(b, g, r, eb, eg, er, noise[y, x], floor[y, x])
            labels[y, x] = label
            if label == EMPTY:
                empty[y, x, 0] += learn * db
                empty[y, x, 1] += learn * dg
                empty[y, x, 2] += learn * dr
                still[y, x] = 0
                continue
            moved = abs(b - last[y, x, 0]) + abs(g - last[y, x, 1]) + abs(r - last[y, x, 2])
            if moved < 3 * STILL:
                still[y, x] = min(still[y, x] + 1, 32767)
            else:
                still[y, x] = 0
                last[y, x, 0], last[y, x, 1], last[y, x, 2] = b, g, r
            if still[y, x] >= patience[y, x] and guarded[y, x] == 0:
                empty[y, x, 0], empty[y, x, 1], empty[y, x, 2] = b, g, r
                still[y, x] = 0
