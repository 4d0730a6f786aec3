"""One colour camera: its small pictures, held against the empty store, as a pinhole camera would have them."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from contracts.layout import CameraInfo, Layout
from contracts.lens import pixel_rays
from contracts.records import Frame
from stack.silhouettes.background import Background
from stack.silhouettes.picture import picture, small
from stack.silhouettes.sight import look_out
from stack.silhouettes.straight import Straightener

U8 = NDArray[np.uint8]
F32 = NDArray[np.float32]

SHELF_S, FLOOR_S, ELSEWHERE_S = 4.0, 600.0, 10.0
"""What stands still so long, and is nobody who is followed, is part of the empty store: goods on shelves soon, goods on
the floor late, for somebody may still pick them up."""

FLOOR_M = 0.02
"""A view that ends so low ends on the floor."""


class Eye:
    """One camera.

    Args:
        layout: the store as surveyed.
        info: the camera.

    Attributes:
        small: the camera as it sees in its small pictures.
        info: the pinhole camera of its labels.
        far: (H, W) where its view ends in the empty store, metres along the optical axis.
    """

    def __init__(self, layout: Layout, info: CameraInfo) -> None:
        self.small, self._times = small(info)
        self._straightener = Straightener(self.small)
        self.info = self._straightener.info
        self.far = look_out(layout, self.info)
        self._empty = self._background(layout)

    def labels(self, frame: Frame, guarded: U8) -> U8 | None:
        """Return the label of each pixel of a frame, None when it has no usable picture.

        Args:
            frame: of this camera.
            guarded: (H, W) of the small picture, not 0 where somebody is followed.
        """
        image = picture(frame, self.small, self._times)
        return None if image is None else self._straightener.straight(self._empty.labels(image, guarded))

    def _background(self, layout: Layout) -> Background:
        ends = self._ends(layout)
        height = self.small.pose.position[2] + ends[..., 2]
        goods = np.zeros(height.shape, np.bool_)
        for rack in layout.gondolas:
            x, y, z = np.moveaxis(rack.pose.unapply(ends + np.array([*self.small.pose.position])), -1, 0)
            goods |= (np.abs(x) <= rack.width_m / 2) & (y >= -0.05) & (y <= rack.depth_m) & (z <= rack.height_m + 0.4)
        floor = height < FLOOR_M
        patience = np.where(goods, SHELF_S, np.where(floor, FLOOR_S, ELSEWHERE_S)) * self.small.rate_hz
        return Background(floor, np.minimum(patience, np.iinfo(np.int16).max).astype(np.int16))

    def _ends(self, layout: Layout) -> NDArray[np.float64]:
        """Return the (H, W, 3) way, world, to where the view of each pixel of the small picture ends."""
        rays, _ = pixel_rays(self.small)
        far = self.far if not self.small.distorted else look_out(layout, self.small)
        ways = np.concatenate([rays, np.ones((*rays.shape[:2], 1))], axis=-1) * np.minimum(far, 99.0)[..., None]
        return np.asarray(ways @ self.small.pose.rotation.T)
