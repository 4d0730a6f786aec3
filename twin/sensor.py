"""From a perfect picture to what an imager delivers: grain, JPEG, depth in whole millimetres."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from contracts.seeds import stream
from twin.store_noise import CameraNoise

F32 = NDArray[np.float32]
U8 = NDArray[np.uint8]

PERFECT = CameraNoise(holes=0.0, shadow_m=0.0)
RANGE_MM = round(PERFECT.range_m * 1000)
"""Depth imagers report nothing beyond it, unless their store says otherwise."""
MISSED = -1e6
"""In the noise of a pixel without depth: whatever the distance, the reading ends below 0, and so as no reading."""
ROAM = 128
"""A frame's grain is cut from a larger tile at one of 128 x 128 places."""


class Grain:
    """Noise drawn once; every frame takes a window of it at a place of its own, which costs no fresh draws.

    Args:
        seed: the scenario's seed.
        width: of the widest camera, pixels.
        height: of the highest camera, pixels.
        noise: magnitudes.

    Attributes:
        depth: the tile of depth errors at 1 m, millimetres.
        range_mm: beyond it nothing is reported.
    """

    def __init__(self, seed: int, width: int, height: int, noise: CameraNoise = PERFECT) -> None:
        draw = stream(seed, "camera", "grain")
        shape = (height + ROAM, width + ROAM)
        self.range_mm, self._shadow_m = round(noise.range_m * 1000), noise.shadow_m
        self.depth: F32 = draw.standard_normal(shape, np.float32) * np.float32(1000 * noise.depth_sd_per_m)
        colour = np.rint(draw.standard_normal((*shape, 3), np.float32) * np.float32(noise.colour_sd))
        if noise.holes:
            self.depth[draw.random(shape, np.float32) < noise.holes] = MISSED
        self._brighter = np.clip(colour, 0, 255).astype(np.uint8)
        self._darker = np.clip(-colour, 0, 255).astype(np.uint8)

    def on_colour(self, rgb: U8, place: tuple[int, int]) -> U8:
        """Return a picture (H, W, 3) with grain, saturated at 0 and 255."""
        window = _window(rgb, place)
        return np.asarray(cv2.subtract(cv2.add(rgb, self._brighter[window]), self._darker[window]), np.uint8)

    def on_depth(self, metres: F32, place: tuple[int, int]) -> NDArray[np.uint16]:
        """Return depth (H, W) as an imager with these errors reports it, in millimetres, 0 for no reading."""
        from twin.depth_kernels import simple  # late: compiled code takes half a second to import

        out = np.empty(metres.shape, np.uint16)
        simple(metres, self.depth, place, self._shadow_m, self.range_mm, out)
        return out


def louder(noise: CameraNoise, gain: float) -> CameraNoise:
    """Return the noise of cameras that amplify: grain of colour grows with the picture."""
    return noise if gain == 1 else noise.model_copy(update={"colour_sd": gain * noise.colour_sd})


def _window(like: NDArray[np.generic], place: tuple[int, int]) -> tuple[slice, slice]:
    row, column = place
    return slice(row, row + like.shape[0]), slice(column, column + like.shape[1])


def jpeg(rgb: U8, quality: int = PERFECT.jpeg_quality) -> bytes:
    """Return a picture (H, W, 3) as JPEG."""
    done, data = cv2.imencode(".jpg", cv2.cvtColor(rgb, cv2.COLOR_RGB2BGR), [cv2.IMWRITE_JPEG_QUALITY, quality])
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
    if grain is not None:
        return grain.on_depth(metres, place)
    mm: F32 = np.minimum(metres, np.float32(2 * RANGE_MM / 1000)) * np.float32(1000) + np.float32(0.5)
    return np.where(mm < RANGE_MM + 1, mm, np.float32(0)).astype(np.uint16)
