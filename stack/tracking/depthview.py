"""All depth frames of one moment, joined: the height map, what of the floor is in view, and the points at shelves."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from contracts.layout import CameraInfo, Layout
from contracts.lens import pixel_rays
from contracts.records import Frame
from stack.tracking.heightmap import CELL_M, F32, Grid, furniture, racks, reach_of_view, slabs

MAX_POINTS = 60_000
"""Points at shelves kept in one capture; ten people in front of shelves give a third of it."""

GUARD_M = 0.9
"""Nothing this near to a followed head becomes part of the empty store."""


@dataclass(frozen=True, slots=True)
class View:
    """One moment.

    Args:
        t_ns: capture time.
        heights: (nx, ny) float32, top of whatever is not the empty store, metres; 0 where nothing is.
        ceiling: (nx, ny) float32, greatest height in view of the cameras that delivered, 0 where none looks.
        points: (N, 3) float32, world points before and inside shelves.
        rack: (N,) int16, index of each point's gondola.
        camera: (N,) int16, index into `cameras` of the imager that saw each point.
        cameras: ids of the imagers that delivered.
    """

    t_ns: int
    heights: F32
    ceiling: F32
    points: F32
    rack: NDArray[np.int16]
    camera: NDArray[np.int16]
    cameras: tuple[str, ...]


class Imager:
    """One depth camera and what it knows of the empty store."""

    def __init__(self, info: CameraInfo) -> None:
        self.info = info
        pixels = info.width * info.height
        self.rays, found = pixel_rays(info)
        self._blind = None if found.all() else ~found
        self.rotation = np.ascontiguousarray(info.pose.rotation)
        self.position = np.array(info.pose.position)
        self.background = np.full(pixels, -1, np.float32)
        self.last = np.zeros(pixels, np.float32)
        self.quiet = np.zeros(pixels, np.int16)
        self.known = np.zeros(pixels, np.bool_)

    def usable(self, depth_mm: NDArray[np.uint16]) -> NDArray[np.uint16]:
        """Return a frame without the pixels of which nobody knows where they look."""
        return depth_mm if self._blind is None else np.where(self._blind, np.uint16(0), depth_mm)


class DepthView:
    """Turns depth frames into views; one instance may serve tracker and hand finder, which then share the work.

    Args:
        layout: the store as surveyed.
    """

    def __init__(self, layout: Layout) -> None:
        self.layout = layout
        self.grid = Grid.over(layout.bounds_m)
        self.racks = racks(self.grid, layout)
        self._furniture = furniture(self.grid, layout)
        self._slabs = slabs(self.grid, layout)
        self._imagers = {camera.id: Imager(camera) for camera in layout.cameras if camera.depth}
        self._reach = {id_: reach_of_view(self.grid, imager.info) for id_, imager in self._imagers.items()}
        self._ceilings: dict[tuple[str, ...], F32] = {}
        self._guarded = np.zeros(self.grid.shape, np.bool_)
        self._points = np.zeros((MAX_POINTS, 3), np.float32)
        self._rack = np.zeros(MAX_POINTS, np.int16)
        self._seen: tuple[Frame, ...] = ()
        self._view: View | None = None

    def look(self, frames: Sequence[Frame]) -> View | None:
        """Join the depth frames of one capture time; None when there are none.

        Frames without depth and of unknown cameras are passed over. Asked again with the same frames, it
        answers with the same view.
        """
        usable = tuple(sorted((f for f in frames if self._fits(f)), key=lambda frame: frame.source))
        if not usable:
            return None
        if len(usable) != len(self._seen) or any(a is not b for a, b in zip(usable, self._seen, strict=True)):
            self._seen, self._view = usable, self._join(usable)
        return self._view

    def guard(self, heads: Iterable[tuple[float, float]]) -> None:
        """Keep whoever stands at these x, y from becoming part of the empty store."""
        self._guarded = np.zeros(self.grid.shape, np.bool_)
        for x, y in heads:
            self._guarded[self.grid.window(x, y, GUARD_M)] = True

    @property
    def ceiling(self) -> F32:
        """(nx, ny) greatest height in view when every camera delivers."""
        return self._ceiling(tuple(sorted(self._imagers)))

    def _fits(self, frame: Frame) -> bool:
        imager = self._imagers.get(frame.source)
        return (
            imager is not None
            and frame.depth_mm is not None
            and frame.depth_mm.shape == (imager.info.height, imager.info.width)
        )

    def _join(self, frames: tuple[Frame, ...]) -> View:
        from stack.tracking.depth_kernels import observe  # late: numba takes half a second to import

        heights, taken, camera = np.zeros(self.grid.shape, np.float32), 0, np.zeros(MAX_POINTS, np.int16)
        corner = np.array([self.grid.x0, self.grid.y0])
        for number, frame in enumerate(frames):
            imager, before = self._imagers[frame.source], taken
            assert frame.depth_mm is not None
            taken = observe(
                imager.usable(frame.depth_mm),
                imager.rays,
                imager.rotation,
                imager.position,
                imager.background,
                imager.last,
                imager.quiet,
                imager.known,
                corner,
                CELL_M,
                self._furniture,
                self._slabs,
                self._guarded,
                heights,
                self._points,
                self._rack,
                taken,
            )
            camera[before:taken] = number
        names = tuple(frame.source for frame in frames)
        return View(
            frames[0].captured_ns,
            heights,
            self._ceiling(names),
            self._points[:taken].copy(),
            self._rack[:taken].copy(),
            camera[:taken].copy(),
            names,
        )

    def _ceiling(self, cameras: tuple[str, ...]) -> F32:
        if cameras not in self._ceilings:
            tops = [self._reach[camera] for camera in cameras]
            self._ceilings[cameras] = np.maximum.reduce(tops) if tops else np.zeros(self.grid.shape, np.float32)
        return self._ceilings[cameras]
