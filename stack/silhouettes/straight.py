"""Bent pictures made straight, so that everything behind them is a pinhole camera."""

from __future__ import annotations

from dataclasses import replace

import cv2
import numpy as np
from numpy.typing import NDArray

from contracts.layout import CameraInfo
from contracts.lens import pixel_rays, shown_at

U8 = NDArray[np.uint8]

BLIND = 1
"""The label of a pixel of which nobody knows what it shows: neither empty nor somebody."""

WIDEST = 1.5
"""Rays farther off the axis than this, as x / z, are given up."""


class Straightener:
    """Takes labels of a camera's pixels to where a pinhole camera would have them.

    Args:
        info: a camera, rectified or not.

    Attributes:
        info: the pinhole camera.
    """

    def __init__(self, info: CameraInfo) -> None:
        self._maps: tuple[NDArray[np.float32], NDArray[np.float32]] | None = None
        self.info = info
        if info.distorted:
            self.info = _pinhole(info)
            rays, _ = pixel_rays(self.info)
            seen, shown = shown_at(info, rays)
            seen = np.where(shown[..., None], seen - 0.5, -9).astype(np.float32)
            self._maps = (np.ascontiguousarray(seen[..., 0]), np.ascontiguousarray(seen[..., 1]))

    def straight(self, labels: U8) -> U8:
        """Return labels (H, W) as the pinhole camera has them."""
        if self._maps is None:
            return labels
        return np.asarray(
            cv2.remap(labels, *self._maps, cv2.INTER_NEAREST, borderMode=cv2.BORDER_CONSTANT, borderValue=BLIND),
            np.uint8,
        )


def _pinhole(info: CameraInfo) -> CameraInfo:
    """Return a pinhole camera with pictures of the same size that has in view what a bending one sees."""
    rays, found = pixel_rays(info)
    seen = np.clip(rays[found], -WIDEST, WIDEST)
    (left, top), (right, bottom) = seen.min(axis=0), seen.max(axis=0)
    fx, fy = info.width / (right - left), info.height / (bottom - top)
    return replace(info, fx=fx, fy=fy, cx=-left * fx, cy=-top * fy, distortion=(), distorted=False)
