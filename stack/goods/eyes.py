"""A depth imager and the colour camera beside it: points with colours."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import cv2
import numpy as np
from numpy.typing import NDArray

from contracts.geometry import Floats
from contracts.layout import CameraInfo, Layout
from contracts.lens import pixel_rays, shown_at
from contracts.records import Frame

BESIDE_M = 0.10
"""A colour camera this near to a depth imager sees what it sees: the two of an RGB-D camera."""

Picture = NDArray[np.uint8]


@dataclass(frozen=True)
class Eye:
    """An RGB-D camera, of one imager or two.

    Args:
        depth: what measures depth.
        colour: what sees colour; the same, or beside it.
    """

    depth: CameraInfo
    colour: CameraInfo

    @cached_property
    def rays(self) -> Floats:
        """(H, W, 3) what each pixel of the depth imager looks at: the way to go for each metre of depth, world."""
        table, shown = pixel_rays(self.depth)
        ways = np.concatenate([table, np.ones((*table.shape[:2], 1))], axis=2)
        turned = ways @ np.asarray(self.depth.pose.rotation).T
        return np.where(shown[..., None], turned, np.nan)

    def points(self, depth_mm: NDArray[np.uint16], corner: tuple[int, int] = (0, 0)) -> Floats:
        """Return (h, w, 3) the points of a cut-out of a depth picture, world; NaN without a reading.

        Args:
            depth_mm: (h, w) the cut-out.
            corner: row and column of its first pixel.
        """
        (v, u), (h, w) = corner, depth_mm.shape
        far = np.where(depth_mm > 0, depth_mm * 0.001, np.nan)
        return np.asarray(self.depth.pose.position) + far[..., None] * self.rays[v : v + h, u : u + w]

    def colours(self, world: Floats, picture: Picture) -> Picture:
        """Return (N, 3) the colours at which a picture shows points (N, 3); black outside of it."""
        seen = self.colour.pose.unapply(world)
        at, holds = shown_at(self.colour, seen[:, :2] / np.maximum(seen[:, 2:], 1e-6))
        column, row = np.floor(at).astype(np.int64).T
        h, w = picture.shape[:2]
        inside = holds & (seen[:, 2] > 0) & (column >= 0) & (column < w) & (row >= 0) & (row < h)
        return np.where(inside[:, None], picture[row * inside, column * inside], np.uint8(0))


def eyes(layout: Layout) -> tuple[Eye, ...]:
    """Return the RGB-D cameras of a store; none where nothing sees both."""
    colour = [camera for camera in layout.cameras if camera.colour]
    pairs = ((camera, _beside(camera, colour)) for camera in layout.cameras if camera.depth)
    return tuple(Eye(camera, other) for camera, other in pairs if other is not None)


def picture_of(frame: Frame) -> Picture | None:
    """Return the picture of a frame as (H, W, 3) RGB, None when it has none or a damaged one."""
    if frame.rgb is not None:
        return frame.rgb
    image = cv2.imdecode(np.frombuffer(frame.jpeg, np.uint8), cv2.IMREAD_COLOR) if frame.jpeg else None
    return None if image is None else np.asarray(image[..., ::-1], np.uint8)


def _beside(depth: CameraInfo, colour: Sequence[CameraInfo]) -> CameraInfo | None:
    if depth.colour:
        return depth
    apart = {camera.id: math.dist(camera.pose.position, depth.pose.position) for camera in colour}
    near = [camera for camera in colour if apart[camera.id] <= BESIDE_M]
    return min(near, key=lambda camera: apart[camera.id], default=None)
