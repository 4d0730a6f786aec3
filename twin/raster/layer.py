"""How one camera draws: what stands with smooth edges and soft shadows, then what moves."""

from __future__ import annotations

from collections import deque

import numpy as np

from contracts.layout import CameraInfo
from twin.raster.arrays import F64, I32, I64, Box, Target, new_corners, new_target
from twin.raster.boxes import clear, shrink
from twin.raster.contact import darken, reach
from twin.raster.geometry import Geometry
from twin.raster.kernels import draw, measure
from twin.raster.lens import blind, finer, lens_of
from twin.raster.redraw import redraw


class Desk:
    """Large pictures for drawing edges smoothly, lent to one camera at a time."""

    def __init__(self) -> None:
        self._free: deque[Target] = deque()

    def lend(self, width: int, height: int) -> Target:
        """Return a picture of at least that size; its content is anything."""
        try:
            target = self._free.pop()
        except IndexError:
            return new_target(width, height)
        rows, columns = target.depth.shape
        return target if rows >= height and columns >= width else new_target(max(width, columns), max(height, rows))

    def give_back(self, target: Target) -> None:
        """Take a picture back."""
        self._free.append(target)


class Brush:
    """Draws instances as one camera sees them.

    Args:
        camera: its calibration.
        desk: where large pictures come from, to draw what stands with smooth edges; None for hard edges.
    """

    def __init__(self, camera: CameraInfo, desk: Desk | None) -> None:
        self.lens = lens_of(camera)
        self.whole: Box = (0, 0, camera.width, camera.height)
        self._desk = desk if camera.colour else None
        self._blind, self._finer = blind(self.lens), finer(self.lens)
        self._colour = camera.colour
        self._corners = new_corners(1)

    def measure(self, handles: I64, geometry: Geometry, bounds: I32) -> None:
        """Fill bounds[handle] with the box that each instance and its shadow may touch."""
        measure(handles, self.lens, geometry.pack.shapes, geometry.placed, self._room(geometry), bounds)
        if self._colour:
            reach(handles, self.lens, geometry.placed, bounds)

    def stand(self, handles: I64, box: Box, geometry: Geometry, target: Target) -> None:
        """Draw what stands into an empty box."""
        lens = self.lens if self._desk is None else self._blind
        touched = np.zeros((len(handles), 4), np.int32)
        shapes, placed, corners = geometry.pack.shapes, geometry.placed, self._room(geometry)
        clear(box, target)
        draw(handles, box, lens, shapes, placed, target, corners, touched)
        if self._desk is not None:
            x0, y0, x1, y1 = (2 * side for side in box)
            large = self._desk.lend(2 * self.whole[2], 2 * self.whole[3])
            clear((x0, y0, x1, y1), large)
            draw(handles, (x0, y0, x1, y1), self._finer, shapes, placed, large, corners, touched)
            shrink(box, large, target)
            self._desk.give_back(large)
        if self._colour:
            darken(handles, box, self.lens, placed, target, touched)

    def move(self, stale: I32, handles: I64, geometry: Geometry, static: Target, picture: Target) -> I32:
        """Put stale boxes (K, 4) back as they stand, draw what moves over them; return the boxes that it touched."""
        shapes, placed, corners = geometry.pack.shapes, geometry.placed, self._room(geometry)
        return redraw(stale, handles, self.whole, self.lens, shapes, placed, static, picture, corners)

    def _room(self, geometry: Geometry) -> F64:
        if len(self._corners) < geometry.pack.largest:
            self._corners = new_corners(geometry.pack.largest)
        return self._corners
