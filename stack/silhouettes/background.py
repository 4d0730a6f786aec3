"""The empty store as one colour camera sees it: learned from the first pictures, then followed."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from stack.silhouettes.background_kernels import LEARN, SOMEBODY, UNSURE, compare

F32 = NDArray[np.float32]
U8 = NDArray[np.uint8]

FRESH = 10
"""The first pictures are as bright as the store that is learned from them."""

EVERY = 12
"""Every so manieth pixel across and down tells how bright a picture came out."""
SELDOM = 4
"""Only every so manieth picture is asked."""
LIGHT_STEP = 0.05
"""How fast that follows: clouds and lamps change it slowly, somebody near the lens must not."""
DARKEST = 16.0
"""Values below this say little of brightness, levels of 255."""


AGAIN = 50
"""How often it is told anew from the empty store how noisy each pixel is, pictures."""
NOISE, CONTRAST_NOISE, REACH = 1.1, 0.03, 9
"""Noise of a small picture where all is even, levels of 255; the part of the contrast around a pixel that compression
adds to it; and how far that reaches, pixels.

Measured on the twin's pictures: JPEG of quality 85, grain of 2 levels, halved.
"""


class Background:
    """What one camera has learned of the empty store.

    Args:
        floor: (H, W) whether a pixel shows the floor.
        patience: (H, W) pictures after which what stands still is part of the empty store.
    """

    def __init__(self, floor: NDArray[np.bool_], patience: NDArray[np.int16]) -> None:
        shape = floor.shape
        self._floor, self._patience = floor, patience
        self._empty = np.zeros((*shape, 3), np.float32)
        self._last = np.zeros((*shape, 3), np.float32)
        self._noise = np.ones(shape, np.float32)
        self._still = np.zeros(shape, np.int16)
        self._light = np.ones(3, np.float32)
        self._seen = 0

    def labels(self, picture: U8, guarded: U8) -> U8:
        """Return what each pixel of a picture is: empty, unsure or somebody; all are unsure in the very first.

        Args:
            picture: (H, W, 3).
            guarded: (H, W) not 0 where somebody is followed.
        """
        out = np.full(picture.shape[:2], UNSURE, np.uint8)
        if self._seen == 0:
            self._empty[:] = picture
        if self._seen % AGAIN == 0:
            self._noise = noise_of(self._empty)
        self._follow_light(picture)
        self._seen += 1
        compare(
            picture,
            self._light,
            self._empty,
            self._noise,
            self._last,
            self._still,
            self._floor,
            guarded,
            self._patience,
            max(LEARN, 1 / self._seen),
            out,
        )
        return cleaned(out)

    def _follow_light(self, picture: U8) -> None:
        if self._seen < FRESH or self._seen % SELDOM:
            return
        now = picture[::EVERY, ::EVERY].astype(np.float32)
        before = self._empty[::EVERY, ::EVERY]
        for colour in range(3):
            shown = now[..., colour][before[..., colour] > DARKEST]
            if shown.size:
                light = float(np.median(shown / before[..., colour][before[..., colour] > DARKEST]))
                self._light[colour] += np.clip(light - self._light[colour], -LIGHT_STEP, LIGHT_STEP) * np.float32(0.5)


def noise_of(empty: F32) -> F32:
    """Return the (H, W) standard deviation of each pixel of an empty store (H, W, 3): more where colours meet."""
    around = np.ones((REACH, REACH), np.uint8)
    contrast = (cv2.dilate(empty, around) - cv2.erode(empty, around)).max(axis=2)
    return np.asarray(NOISE + CONTRAST_NOISE * contrast, np.float32)


def cleaned(labels: U8) -> U8:
    """Return labels without specks, and with an unsure rim around whatever stands out: surveys are a little off."""
    even = np.asarray(cv2.medianBlur(labels, 3), np.uint8)
    rim = cv2.dilate((even == SOMEBODY).view(np.uint8), np.ones((3, 3), np.uint8))
    return np.asarray(np.maximum(even, rim), np.uint8)
