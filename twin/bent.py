"""Pictures as a real lens bends them: seen by a wider pinhole first, then looked up pixel by pixel."""

from __future__ import annotations

from dataclasses import replace

import cv2
import numpy as np
from numpy.typing import NDArray

from contracts.geometry import Floats
from contracts.layout import CameraInfo
from contracts.lens import pixel_rays
from twin.scene import Image

MOST = 3.0
"""The wider pinhole has at most so many times the pixels along a side."""
STEPS = 32
"""The look-up has steps of 1/32 pixel, so that the last bit of a processor's arithmetic does not matter."""
BACKGROUND = 153


class BentLens:
    """Turns pinhole pictures into those of a lens with k1, k2, p1, p2, k3.

    Args:
        camera: one that delivers pictures as its lens bends them.

    Raises:
        UsageError: its distortion is not one of four or five numbers.
    """

    def __init__(self, camera: CameraInfo) -> None:
        rays, found = pixel_rays(camera)
        self.pinhole = _wider(camera, rays[found])
        wide = self.pinhole
        columns, rows = (
            np.round((f * rays[..., k] + c - 0.5) * STEPS) / STEPS
            for k, (f, c) in enumerate(((wide.fx, wide.cx), (wide.fy, wide.cy)))
        )
        inside = found & (columns > -0.5) & (columns < wide.width - 0.5) & (rows > -0.5) & (rows < wide.height - 0.5)
        self._outside, self._blind = ~inside, not inside.all()
        columns, rows = np.where(inside, columns, 0), np.where(inside, rows, 0)
        self._between = cv2.convertMaps(columns.astype(np.float32), rows.astype(np.float32), cv2.CV_16SC2)
        near_x = np.clip(np.floor(columns + 0.5), 0, wide.width - 1)
        near_y = np.clip(np.floor(rows + 0.5), 0, wide.height - 1)
        self._nearest = np.stack([near_x, near_y], axis=-1).astype(np.int16)

    def bend(self, image: Image) -> Image:
        """Return a picture of `pinhole` as the lens shows it: colours between pixels, depth and ids of the nearest."""
        ids = image.ids[self._nearest[..., 1], self._nearest[..., 0]]
        ids[self._outside] = -1
        return Image(self.colour(image.rgb), self.depth(image.depth_m), ids)

    def colour(self, rgb: NDArray[np.uint8]) -> NDArray[np.uint8]:
        """Return colours (H, W, 3) as the lens shows them."""
        seen = cv2.remap(rgb, *self._between, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
        if self._blind:
            seen[self._outside] = BACKGROUND
        return np.asarray(seen, np.uint8)

    def depth(self, metres: NDArray[np.float32]) -> NDArray[np.float32]:
        """Return depth (H, W) as the lens shows it."""
        seen = cv2.remap(metres, self._nearest, None, cv2.INTER_NEAREST)
        if self._blind:
            seen[self._outside] = np.inf
        return np.asarray(seen, np.float32)


def _wider(camera: CameraInfo, rays: Floats) -> CameraInfo:
    """Return a pinhole of the same focal lengths whose picture holds all rays (K, 2), within reason."""
    left, right = _span(rays[:, 0], camera.fx, camera.cx, camera.width)
    top, bottom = _span(rays[:, 1], camera.fy, camera.cy, camera.height)
    return replace(
        camera,
        width=left + camera.width + right,
        height=top + camera.height + bottom,
        cx=camera.cx + left,
        cy=camera.cy + top,
        distortion=(),
        distorted=False,
    )


def _span(rays: Floats, focal: float, centre: float, size: int) -> tuple[int, int]:
    """Return how many pixels the wider picture has before and after the camera's own."""
    low, high = float(rays.min()) * focal + centre, float(rays.max()) * focal + centre
    most = int((MOST - 1) / 2 * size)
    return min(most, max(0, int(np.ceil(-low)) + 1)), min(most, max(0, int(np.ceil(high - size)) + 1))
