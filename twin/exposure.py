"""How bright a picture comes out, and the mean of several pictures, in terms of light and not of its code.

A value of a picture stands for light as its power of 2.2, nearly as in sRGB. Tables and whole numbers only, so that
every processor gives the same bytes.
"""

from __future__ import annotations

from collections.abc import Sequence

import cv2
import numpy as np
from numpy.typing import NDArray

from twin.store_camera import Exposure

U8 = NDArray[np.uint8]

GAMMA = 2.2
MOST_LIGHT = 65535
_LIGHT = np.rint(MOST_LIGHT * (np.arange(256) / 255) ** GAMMA).astype(np.uint16)
_VALUE = np.rint(255 * (np.arange(MOST_LIGHT + 1) / MOST_LIGHT) ** (1 / GAMMA)).astype(np.uint8)
NORMAL = Exposure()


def brightness(exposure: Exposure) -> U8 | None:
    """Return what becomes of each value (256,) when more or less light counts; None for the normal exposure.

    Light that counts is proportional to shutter time and to gain; what is too much is white.
    """
    light = exposure.time / NORMAL.time * exposure.gain / NORMAL.gain
    if light == 1:
        return None
    return np.asarray(np.clip(np.rint(np.arange(256) * light ** (1 / GAMMA)), 0, 255), np.uint8)


def averaged(pictures: Sequence[U8]) -> U8:
    """Return the mean light of pictures (H, W, 3); where they are all alike, exactly what they show.

    Args:
        pictures: of one size.
    """
    last = pictures[-1]
    box = _changed(pictures)
    if box is None:
        return last
    light = np.zeros(last[box].shape, np.uint32)
    differs = np.zeros(last[box].shape, np.bool_)
    for picture in pictures:
        light += _LIGHT[picture[box]]
        differs |= picture[box] != last[box]
    mean = last.copy()
    np.copyto(mean[box], _VALUE[(light + len(pictures) // 2) // len(pictures)], where=differs)
    return mean


def _changed(pictures: Sequence[U8]) -> tuple[slice, slice] | None:
    """Return rows and columns outside of which the pictures are alike, None if they are so everywhere."""
    last, most = pictures[-1], np.zeros_like(pictures[-1])
    for picture in pictures[:-1]:
        cv2.max(most, cv2.absdiff(picture, last), most)
    height, width = most.shape[:2]
    left, _, across, _ = cv2.boundingRect(most.max(axis=0).max(axis=-1).reshape(1, width))
    top, _, down, _ = cv2.boundingRect(most.max(axis=1).max(axis=-1).reshape(1, height))
    return (slice(top, top + down), slice(left, left + across)) if across and down else None
