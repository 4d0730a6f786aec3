"""How bright a picture comes out, and the mean of several pictures, in terms of light and not of its code.

A value of a picture stands for light as its power of 2.2, nearly as in sRGB. Tables and whole numbers only, so that
every processor gives the same bytes.
"""

from __future__ import annotations

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


def averaged(earlier: U8, last: U8) -> U8:
    """Return the mean light of pictures; where they are all alike, exactly what they show.

    Args:
        earlier: (N, H, W, 3) all but one of them.
        last: (H, W, 3) that one.
    """
    from twin.light_kernels import mean_light  # late: compiled code takes half a second to import

    height, width, _ = last.shape
    mean = np.empty((height, width * 3), np.uint8)
    mean_light(earlier.reshape(-1, height, width * 3), last.reshape(height, width * 3), _LIGHT, _VALUE, mean)
    return mean.reshape(last.shape)
