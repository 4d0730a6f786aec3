"""Pictures as a real lens bends them: seen by a wider pinhole first, then looked up pixel by pixel."""

from __future__ import annotations

from dataclasses import replace

import cv2
import numpy as np
from numpy.typing import NDArray

from contracts.errors import UsageError
from contracts.geometry import Floats
from contracts.layout import CameraInfo
from twin.scene import Image

ROUNDS = 60
"""Steps that find the ray of a pixel; each at least halves the error where a lens model holds."""
CLOSE_PX = 0.02
"""A ray found this well is found; else the model folds over there and nothing is seen."""
WIDEST = 3.0
"""The wider pinhole has at most so many times the pixels along a side."""
STEPS = 32
"""The look-up has steps of 1/32 pixel, so that the last bit of a processor's arithmetic does not matter."""
BACKGROUND = 153


class BentLens:
    """Turns pinhole pictures into those of a lens with k1, k2, p1, p2, k3.

    Source: Brown, "Decentering distortion of lenses", 1966, with OpenCV's order of the coefficients.

    Args:
        camera: with a distortion.

    Raises:
        UsageError: its distortion is not one of four or five numbers.
    """

    def __init__(self, camera: CameraInfo) -> None:
        if len(camera.distortion) not in (4, 5):
            raise UsageError(
                "cannot bend pictures like this lens",
                where=f"camera {camera.id}",
                expected="a distortion of k1, k2, p1, p2 and perhaps k3",
                found=str(camera.distortion),
            )
        v, u = np.mgrid[: camera.height, : camera.width] + 0.5
        seen = np.stack([(u - camera.cx) / camera.fx, (v - camera.cy) / camera.fy], axis=-1)
        rays, found = straightened(seen, camera.distortion, CLOSE_PX / camera.fx)
        self.pinhole = _wider(camera, rays[found])
        wide = self.pinhole
        columns, rows = (
            np.round((f * rays[..., k] + c - 0.5) * STEPS) / STEPS
            for k, (f, c) in enumerate(((wide.fx, wide.cx), (wide.fy, wide.cy)))
        )
        inside = found & (columns > -0.5) & (columns < wide.width - 0.5) & (rows > -0.5) & (rows < wide.height - 0.5)
        self._outside = ~inside
        self._columns = np.where(inside, columns, 0).astype(np.float32)
        self._rows = np.where(inside, rows, 0).astype(np.float32)
        near_x = np.clip(np.floor(self._columns + 0.5), 0, wide.width - 1).astype(np.int64)
        near_y = np.clip(np.floor(self._rows + 0.5), 0, wide.height - 1).astype(np.int64)
        self._nearest = near_y * wide.width + near_x

    def bend(self, image: Image) -> Image:
        """Return a picture of `pinhole` as the lens shows it: colours between pixels, depth and ids of the nearest."""
        rgb = cv2.remap(image.rgb, self._columns, self._rows, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
        rgb[self._outside] = BACKGROUND
        depth, ids = image.depth_m.ravel()[self._nearest], image.ids.ravel()[self._nearest]
        depth[self._outside], ids[self._outside] = np.inf, -1
        return Image(np.asarray(rgb, np.uint8), depth, ids)


def bent(points: Floats, distortion: tuple[float, ...]) -> Floats:
    """Return where a lens shows rays.

    Args:
        points: (..., 2) x / z and y / z of each ray.
        distortion: k1, k2, p1, p2 and perhaps k3.

    Returns:
        (..., 2) where an undistorted camera of focal length 1 would show it.
    """
    k1, k2, p1, p2, k3 = (*distortion, 0.0)[:5]
    x, y = points[..., 0], points[..., 1]
    square = x * x + y * y
    radial = 1 + square * (k1 + square * (k2 + square * k3))
    return np.stack(
        [
            x * radial + 2 * p1 * x * y + p2 * (square + 2 * x * x),
            y * radial + p1 * (square + 2 * y * y) + 2 * p2 * x * y,
        ],
        axis=-1,
    )


def straightened(seen: Floats, distortion: tuple[float, ...], close: float) -> tuple[Floats, NDArray[np.bool_]]:
    """Return the rays (..., 2) that a lens shows at some places, and whether each was found within `close`.

    Newton's steps on the ray's length along its direction would stop at folds; plain steps with half the error do too,
    and need no derivative.
    """
    rays = seen.copy()
    for _ in range(ROUNDS):
        rays = rays + 0.5 * np.clip(seen - bent(rays, distortion), -1, 1)
        rays = np.clip(rays, -WIDEST, WIDEST)
    found = np.abs(bent(rays, distortion) - seen).max(axis=-1) < close
    return rays, found


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
    )


def _span(rays: Floats, focal: float, centre: float, size: int) -> tuple[int, int]:
    """Return how many pixels the wider picture has before and after the camera's own."""
    low, high = float(rays.min()) * focal + centre, float(rays.max()) * focal + centre
    most = int((WIDEST - 1) / 2 * size)
    return min(most, max(0, int(np.ceil(-low)) + 1)), min(most, max(0, int(np.ceil(high - size)) + 1))
