"""From a perfect picture to what an imager delivers: grain, JPEG, depth in whole millimetres."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from contracts.seeds import stream

F32 = NDArray[np.float32]
U8 = NDArray[np.uint8]

JPEG_QUALITY = 85
RANGE_MM = 8000
"""Depth imagers of this class report nothing beyond 8 m."""
DEPTH_SD = 0.01 / 3.0**2 * 1000
"""Standard deviation of depth in mm, at 1 m; it grows with the square: 10 mm at 3 m.

Source: stereo and structured-light depth is a disparity, whose error d gives an error z^2 * d in depth.
"""
COLOUR_SD = 2.0
"""Standard deviation of a colour value."""
ROAM = 128
"""A frame's grain is cut from a larger tile at one of 128 x 128 places."""


class Grain:
    """Noise drawn once; every frame takes a window of it at a place of its own, which costs no fresh draws.

    Args:
        seed: the scenario's seed.
        width: of the widest camera, pixels.
        height: of the highest camera, pixels.
    """

    def __init__(self, seed: int, width: int, height: int) -> None:
        draw = stream(seed, "camera", "grain")
        shape = (height + ROAM, width + ROAM)
        self._depth: F32 = draw.standard_normal(shape, np.float32) * np.float32(DEPTH_SD)
        colour = np.rint(draw.standard_normal((*shape, 3), np.float32) * np.float32(COLOUR_SD))
        self._brighter = np.clip(colour, 0, 255).astype(np.uint8)
        self._darker = np.clip(-colour, 0, 255).astype(np.uint8)

    def on_colour(self, rgb: U8, place: tuple[int, int]) -> U8:
        """Return a picture (H, W, 3) with grain, saturated at 0 and 255."""
        window = _window(rgb, place)
        return np.asarray(cv2.subtract(cv2.add(rgb, self._brighter[window]), self._darker[window]), np.uint8)

    def on_depth(self, metres: F32, place: tuple[int, int]) -> F32:
        """Return depth (H, W) with grain, in millimetres."""
        noisy: F32 = self._depth[_window(metres, place)] * metres
        noisy += 1000
        noisy *= metres
        return noisy


def _window(like: NDArray[np.generic], place: tuple[int, int]) -> tuple[slice, slice]:
    row, column = place
    return slice(row, row + like.shape[0]), slice(column, column + like.shape[1])


def jpeg(rgb: U8) -> bytes:
    """Return a picture (H, W, 3) as JPEG."""
    done, data = cv2.imencode(".jpg", cv2.cvtColor(rgb, cv2.COLOR_RGB2BGR), [cv2.IMWRITE_JPEG_QUALITY, JPEG_QUALITY])
    assert done, "JPEG takes any 8-bit picture"
    return bytes(data)


def depth_mm(metres: F32, grain: Grain | None, place: tuple[int, int]) -> NDArray[np.uint16]:
    """Return depth as an imager reports it.

    Args:
        metres: (H, W), +inf where nothing is.
        grain: noise, or None for none.
        place: where to cut the noise.

    Returns:
        (H, W) millimetres; 0 where nothing is or it is out of range.
    """
    # Beyond the range anything will do that is finite.
    near: F32 = np.minimum(metres, np.float32(2 * RANGE_MM / 1000))
    mm = near * np.float32(1000) if grain is None else grain.on_depth(near, place)
    mm += np.float32(0.5)
    np.multiply(mm, mm < RANGE_MM + 1, out=mm)
    return np.maximum(mm, 0, out=mm).astype(np.uint16)
