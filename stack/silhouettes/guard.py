"""Where cameras see those who are followed: nothing there becomes part of the empty store."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import cv2
import numpy as np
from numpy.typing import NDArray

from contracts.layout import CameraInfo
from contracts.lens import shown_at

U8 = NDArray[np.uint8]

AROUND_M, TALL_M = 0.45, 2.0
"""A body with its elbows is within this radius and height."""
NEAR_M = 0.15
"""What is nearer to the plane of the lens than this is left out of an outline."""


class Guard:
    """The outlines of all who are followed in every camera.

    Args:
        cameras: as they see in their small pictures.
        shape: (cameras, H, W) of the outlines.
    """

    def __init__(self, cameras: Sequence[CameraInfo], shape: tuple[int, ...]) -> None:
        self._cameras = tuple(cameras)
        self._masks = np.zeros(shape, np.uint8)

    def follow(self, heads: Iterable[tuple[float, float]]) -> None:
        """Draw the outlines of whoever stands at these x, y."""
        self._masks[:] = 0
        rings = [_ring(x, y) for x, y in heads]
        for camera, mask in zip(self._cameras, self._masks, strict=True):
            for ring in rings:
                _draw(camera, ring, mask)

    def mask(self, number: int) -> U8:
        """Return the (H, W) outlines in one camera, not 0 where somebody may be."""
        camera = self._cameras[number]
        return self._masks[number, : camera.height, : camera.width]


WIDEST = 20.0
"""Rays are drawn no farther off the axis than this, as x / z."""


def _ring(x: float, y: float) -> NDArray[np.float64]:
    """Return (16, 3) points around somebody's feet and head."""
    turn = np.arange(8) * (np.pi / 4)
    round_ = np.stack([x + AROUND_M * np.cos(turn), y + AROUND_M * np.sin(turn)], axis=-1)
    return np.concatenate([np.column_stack([round_, np.full(8, z)]) for z in (0.0, TALL_M)])


def _draw(camera: CameraInfo, ring: NDArray[np.float64], mask: U8) -> None:
    local = camera.pose.unapply(ring)
    ahead = local[:, 2]
    if (ahead <= NEAR_M).all():
        return
    # Points beside or behind the lens are drawn to its plane: the outline then leaves the picture on their side.
    seen, _ = shown_at(camera, np.clip(local[:, :2] / np.maximum(ahead, NEAR_M)[:, None], -WIDEST, WIDEST))
    outline = cv2.convexHull(np.clip(seen, -9999, 9999).astype(np.int32))
    cv2.fillConvexPoly(mask, outline, 1)
