"""One camera's layers: the store as it stands, and the picture with everything that moves drawn into it."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from contracts.layout import CameraInfo
from twin.raster.arrays import I32, I64, Box, Target, new_target
from twin.raster.boxes import fuse
from twin.raster.geometry import Geometry
from twin.raster.layer import Brush, Desk
from twin.raster.memory import Memory
from twin.scene import Image, Moment, Scene

Flags = NDArray[np.bool_]
NO_BOXES: I32 = np.zeros((0, 4), np.int32)

# Redrawing single boxes stops paying when they cover more than this share of the picture together.
PATCHWORK = 0.5


class View:
    """What one camera has drawn so far, and of which state of the scene.

    Every view counts for itself what is new, so cameras may be drawn at different times.

    Args:
        camera: its calibration.
        desk: lends large pictures for smooth edges; None for hard ones.
        memory: what was kept on disk of the scene's first state, or None.
    """

    def __init__(self, camera: CameraInfo, desk: Desk | None, memory: Memory | None = None) -> None:
        self._camera, self._memory = camera, memory
        self._brush = Brush(camera, desk)
        self._static = new_target(camera.width, camera.height)
        self._picture = new_target(camera.width, camera.height)
        self._image = _image(self._picture)
        self._dirty = self._bounds = NO_BOXES
        self._latest = 0

    def draw(self, moment: Moment, moving: I64, geometry: Geometry) -> Image:
        """Bring the picture up to date; the arrays stay the view's own.

        Args:
            moment: what the scene was like when it was looked at.
            moving: (K,) what moved and this camera draws.
            geometry: where everything was.
        """
        stale = self._dirty
        if moment.latest_standing > self._latest:
            stale = np.concatenate([stale, self._catch_up(moment, geometry)])
        self._dirty = self._brush.move(stale, moving, geometry, self._static, self._picture)
        return self._image

    def _catch_up(self, moment: Moment, geometry: Geometry) -> I32:
        """Redraw what is new in the static layer; return the boxes (K, 4) that were redrawn."""
        standing = moment.visible & ~moment.moving
        boxes = self._stale_boxes(moment, geometry, standing)
        first, self._latest = self._latest == 0, moment.latest
        if first and self._memory is not None and self._memory.latest == moment.latest:
            self._static = self._memory.recall(self._camera, lambda: self._drawn(standing, geometry))
            return np.array([self._brush.whole], np.int32)
        for x0, y0, x1, y1 in boxes.tolist():
            self._brush.stand(self._within(standing, (x0, y0, x1, y1)), (x0, y0, x1, y1), geometry, self._static)
        return boxes

    def _drawn(self, standing: Flags, geometry: Geometry) -> Target:
        """Return all that stands."""
        self._brush.stand(np.flatnonzero(standing), self._brush.whole, geometry, self._static)
        return self._static

    def _stale_boxes(self, moment: Moment, geometry: Geometry, standing: Flags) -> I32:
        """Return the boxes where the static layer shows, or should show, an instance that changed."""
        missing = len(moment.visible) - len(self._bounds)
        self._bounds = np.concatenate([self._bounds, np.zeros((missing, 4), np.int32)])
        changed = np.flatnonzero((moment.revision > self._latest) & (standing | (self._bounds[:, 2] > 0)))
        before = self._bounds[changed]
        self._bounds[changed] = 0
        self._brush.measure(changed[standing[changed]], geometry, self._bounds)
        boxes = fuse(np.concatenate([before, self._bounds[changed]], axis=1).reshape(-1, 4))
        area = ((boxes[:, 2] - boxes[:, 0]) * (boxes[:, 3] - boxes[:, 1])).sum()
        whole = self._brush.whole
        return np.array([whole], np.int32) if area > PATCHWORK * whole[2] * whole[3] else boxes

    def _within(self, standing: Flags, box: Box) -> I64:
        """Return the static instances that may show in a box, in the order of their handles."""
        x0, y0, x1, y1 = box
        b = self._bounds
        return np.flatnonzero(standing & (b[:, 0] < x1) & (b[:, 2] > x0) & (b[:, 1] < y1) & (b[:, 3] > y0))


def draw_once(scene: Scene, geometry: Geometry, camera: CameraInfo, desk: Desk | None) -> Image:
    """Draw everything into a fresh picture: first what stands, then what moves."""
    brush, target = Brush(camera, desk), new_target(camera.width, camera.height)
    brush.stand(np.flatnonzero(scene.visible & ~scene.moving), brush.whole, geometry, target)
    brush.move(NO_BOXES, scene.moving_for(camera), geometry, target, target)
    return _image(target)


def _image(target: Target) -> Image:
    return Image(target.rgb, target.depth, target.ids)
