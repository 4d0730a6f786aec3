"""Carves all places of a store with the labels of all its cameras."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import cv2
import numpy as np
from numpy.typing import NDArray

from contracts.layout import CameraInfo
from stack.silhouettes.sight import Places, numbers
from stack.tracking.heightmap import F32

U8 = NDArray[np.uint8]


class Carver:
    """What is taken of the places of a store.

    Args:
        places: where, and which cameras see them.
        cameras: pinhole cameras, in the order of `places.who`.

    Attributes:
        labels: (cameras, H, W) of the last moment.
        occupied: (nx, ny, nz) how many cameras see somebody at each place, 0 where nobody is.
        heights: (nx, ny) top of what is taken, metres, 0 where nothing is.
    """

    def __init__(self, places: Places, cameras: Sequence[CameraInfo]) -> None:
        from stack.silhouettes.busy_kernels import blocks_of  # late: numba takes half a second to import
        from stack.silhouettes.carve_kernels import SIDE

        self.places = places
        self.cameras = np.array([numbers(camera) for camera in cameras]).reshape(-1, 16)
        self.sizes = np.array([(camera.width, camera.height) for camera in cameras], np.int32).reshape(-1, 2)
        width, height = self.sizes.max(axis=0, initial=1)
        self.labels = np.zeros((len(cameras), height, width), np.uint8)
        self.occupied = np.zeros(places.shape, np.uint8)
        self.heights = np.zeros(places.shape[:2], np.float32)
        self._sums = np.zeros((len(cameras), height + 1, width + 1), np.int32)
        blocks = tuple(-(-n // SIDE) for n in places.shape)
        self._busy = np.zeros(blocks, np.bool_)
        self._whole, self._most = np.zeros(blocks, np.uint64), np.zeros(blocks, np.uint8)
        blocks_of(places.seen, self._whole, self._most)

    def carve(self, labels: Mapping[int, U8]) -> None:
        """Take in the labels of one moment by camera; those of other cameras say nothing."""
        from stack.silhouettes.background_kernels import EMPTY, UNSURE
        from stack.silhouettes.busy_kernels import find_busy
        from stack.silhouettes.carve_kernels import carve

        for camera, (width, height) in enumerate(self.sizes):
            label = labels.get(camera)
            self.labels[camera, :height, :width] = UNSURE if label is None else label
            cv2.integral((self.labels[camera] != EMPTY).view(np.uint8), self._sums[camera])
        where = self.places
        find_busy(self._sums, self.cameras, self.sizes, where.corner, where.step, self._whole, self._most, self._busy)
        carve(
            self.labels,
            self.cameras,
            self.sizes,
            where.corner,
            where.step,
            where.column,
            where.first,
            where.who,
            self._busy,
            self.occupied,
            self.heights,
        )

    def strict(self) -> F32:
        """Return heights like those of the last moment, of what no camera sees the empty store at."""
        from stack.silhouettes.strict_kernels import strict_heights

        heights, where = np.zeros_like(self.heights), self.places
        strict_heights(
            self.labels,
            self.cameras,
            self.sizes,
            where.corner,
            where.step,
            where.column,
            where.first,
            where.who,
            self.occupied,
            heights,
        )
        return heights
