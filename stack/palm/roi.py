"""The region of interest: a square of the palm, placed by the valleys between the fingers."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from stack.palm.valleys import Image, Valleys, find_valleys

SIDE_PX = 128
SIDE, BELOW = 1.36, 0.92
"""Side of the square and distance of its middle from the valleys, as shares of the outer valleys' distance.

Source: the square of Zhang et al. 2003, here placed by valley points instead of tangents.
"""
WIDTH_PX = (60.0, 140.0)
"""Distance of the valleys in the picture: less is too far away to be sharp, more is too near."""
LIT, MOST_UNLIT = 30, 0.02
"""Grey level below which a pixel is no skin, and how much of a square may be so."""


@dataclass(frozen=True, slots=True)
class Region:
    """What of a picture is looked at.

    Args:
        square: (128, 128) float32 grey levels, fingers up.
        place: (4,) where the outer finger valleys are in the picture, px: how exactly the hand was held.
    """

    square: NDArray[np.float32]
    place: NDArray[np.float64]


def find_region(image: Image) -> Region | str:
    """Return the square of the palm, or why there is none.

    Args:
        image: (H, W) uint8, a hand in near-infrared light before a dark background.
    """
    valleys = find_valleys(image)
    if isinstance(valleys, str):
        return valleys
    if not WIDTH_PX[0] < valleys.width_px < WIDTH_PX[1]:
        return "the hand is too near or too far"
    region = Region(_cut(image, valleys), np.concatenate([valleys.left, valleys.right]))
    if (region.square < LIT).mean() > MOST_UNLIT:
        return "part of the palm is outside the light"
    return region


def _cut(image: Image, valleys: Valleys) -> NDArray[np.float32]:
    right = (valleys.right - valleys.left) / valleys.width_px
    down = np.array([-right[1], right[0]])
    middle = (valleys.left + valleys.right) / 2 + BELOW * valleys.width_px * down
    step = valleys.width_px * SIDE / SIDE_PX
    corner = middle - (SIDE_PX - 1) / 2 * step * (right + down)
    # From the square to the picture, which is how the picture is sampled.
    matrix = np.column_stack([right * step, down * step, corner])
    flags = cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP
    return np.asarray(cv2.warpAffine(image, matrix, (SIDE_PX, SIDE_PX), flags=flags), np.float32)
