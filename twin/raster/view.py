"""One camera's layers: the store as it stands, and the picture with everything that moves drawn into it."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from contracts.layout import CameraInfo
from twin.raster.arrays import I32, I64, Box, Target, new_corners, new_target
from twin.raster.boxes import clear, copy, fuse
from twin.raster.geometry import Geometry
from twin.raster.kernels import draw, measure
from twin.raster.lens import lens_of
from twin.scene import Image, Scene

Flags = NDArray[np.bool_]

# Redrawing single boxes stops paying when they cover more than this share of the picture together.
PATCHWORK = 0.5


class View:
    """What one camera has drawn so far, and of which state of the scene.

    Every view counts for itself what is new, so cameras may be drawn at different times.
    """

    def __init__(self, camera: CameraInfo) -> None:
        self._lens = lens_of(camera)
        self._whole: Box = (0, 0, camera.width, camera.height)
        self._static = new_target(camera.width, camera.height)
        self._picture = new_target(camera.width, camera.height)
        self._dirty: I32 = np.zeros((0, 4), np.int32)
        self._bounds: I32 = np.zeros((0, 4), np.int32)
        self._latest = 0
        self._corners = new_corners(1)

    def draw(self, scene: Scene, geometry: Geometry) -> Image:
        """Bring the picture up to date; the arrays stay the view's own."""
        if len(self._corners) < geometry.pack.largest:
            self._corners = new_corners(geometry.pack.largest)
        stale = np.concatenate([self._dirty, self._catch_up(scene, geometry)])
        copy(stale, self._static, self._picture)
        moving = np.flatnonzero(scene.moving & scene.visible)
        self._dirty = fuse(self._paint(moving, self._whole, geometry, self._picture))
        return _image(self._picture)

    def _paint(self, handles: I64, box: Box, geometry: Geometry, target: Target) -> I32:
        """Draw instances within a box; return the boxes (K, 4) that they touched."""
        touched = np.zeros((len(handles), 4), np.int32)
        shapes, placed = geometry.pack.shapes, geometry.placed
        draw(handles, box, self._lens, shapes, placed, target, self._corners, touched)
        return touched

    def _catch_up(self, scene: Scene, geometry: Geometry) -> I32:
        """Redraw what is new in the static layer; return the boxes (K, 4) that were redrawn."""
        if scene.latest == self._latest:
            return np.zeros((0, 4), np.int32)
        standing = scene.visible & ~scene.moving
        boxes = self._stale_boxes(scene, geometry, standing)
        self._latest = scene.latest
        for x0, y0, x1, y1 in boxes.tolist():
            clear((x0, y0, x1, y1), self._static)
            self._paint(self._within(standing, (x0, y0, x1, y1)), (x0, y0, x1, y1), geometry, self._static)
        return boxes

    def _stale_boxes(self, scene: Scene, geometry: Geometry, standing: Flags) -> I32:
        """Return the boxes where the static layer shows, or should show, an instance that changed."""
        missing = len(scene) - len(self._bounds)
        self._bounds = np.concatenate([self._bounds, np.zeros((missing, 4), np.int32)])
        changed = np.flatnonzero((scene.revision > self._latest) & (standing | (self._bounds[:, 2] > 0)))
        before = self._bounds[changed]
        self._bounds[changed] = 0
        measure(
            changed[standing[changed]], self._lens, geometry.pack.shapes, geometry.placed, self._corners, self._bounds
        )
        boxes = fuse(np.concatenate([before, self._bounds[changed]], axis=1).reshape(-1, 4))
        area = ((boxes[:, 2] - boxes[:, 0]) * (boxes[:, 3] - boxes[:, 1])).sum()
        if area > PATCHWORK * self._whole[2] * self._whole[3]:
            return np.array([self._whole], np.int32)
        return boxes

    def _within(self, standing: Flags, box: Box) -> I64:
        """Return the static instances that may show in a box, in the order of their handles."""
        x0, y0, x1, y1 = box
        b = self._bounds
        return np.flatnonzero(standing & (b[:, 0] < x1) & (b[:, 2] > x0) & (b[:, 1] < y1) & (b[:, 3] > y0))


def draw_once(scene: Scene, geometry: Geometry, camera: CameraInfo) -> Image:
    """Draw everything into a fresh picture: first what stands, then what moves."""
    lens, target = lens_of(camera), new_target(camera.width, camera.height)
    corners, shapes = new_corners(geometry.pack.largest), geometry.pack.shapes
    for layer in (scene.visible & ~scene.moving, scene.visible & scene.moving):
        handles = np.flatnonzero(layer)
        touched = np.zeros((len(handles), 4), np.int32)
        draw(handles, (0, 0, camera.width, camera.height), lens, shapes, geometry.placed, target, corners, touched)
    return _image(target)


def _image(target: Target) -> Image:
    return Image(target.rgb, target.depth, target.ids)
