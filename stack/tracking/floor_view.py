"""What lies on the floor, seen from above: pixels that show something low and still where the bare floor was.

The height map leaves out what is lower than a knee, since shoes are there. Goods on the floor are as low as shoes but
stay when everybody has gone.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from contracts.clock import MILLISECOND
from contracts.geometry import Floats
from contracts.layout import CameraInfo, Layout
from contracts.lens import pixel_rays
from contracts.records import Frame
from stack.sightings import Lying
from stack.tracking.depthview import DepthView
from stack.tracking.heightmap import CELL_M, F32

EVERY_NS = 400 * MILLISECOND
"""A look at the floor so often costs little and is enough for what lies there for seconds."""
STILL = 5
"""Looks in a row in which it has not moved: two seconds."""
LOWEST_M, LOWEST_BY_M = 0.02, 0.004
"""A reading must be so much above the floor, and by so much more for each metre of distance: four sigma of noise."""
HIGHEST_M, TALLEST_M = 0.35, 0.30
"""Readings up to the one are looked at; what reaches higher than the other is the foot of something taller."""
GATE_M = 1.0
"""Wings of gates move so near to the middle of the lane."""
STEADY_M = 0.05
FLOOR_M = 0.08
"""How far from the surveyed floor a reading may lie to be believed to show it."""
FARTHEST_M = 6.0
LEARN, LEARN_FAR = 0.05, 0.5
CLOSE_M = 0.06
"""Points nearer to each other than this belong to one thing."""
FEWEST = 8
"""Points of the smallest thing that is told from noise."""


class FloorPixels:
    """The pixels of one camera that show bare floor.

    Args:
        info: the camera.
        usable: (nx, ny) mask over the grid of `view` where floor can be.
        view: for its grid.
    """

    def __init__(self, info: CameraInfo, usable: NDArray[np.bool_], view: DepthView) -> None:
        table, found = pixel_rays(info)
        rays, shown = table.reshape(-1, 2), found.reshape(-1)
        way = np.column_stack([rays, np.ones(len(rays))]) @ np.asarray(info.pose.rotation).T
        x0, y0, z0 = info.pose.position
        with np.errstate(divide="ignore", invalid="ignore"):
            far = np.where(shown & (way[:, 2] < -0.2), -z0 / way[:, 2], np.inf)
        near = np.nonzero(far < FARTHEST_M)[0]
        i = np.floor((x0 + far[near] * way[near, 0] - view.grid.x0) / CELL_M).astype(int)
        j = np.floor((y0 + far[near] * way[near, 1] - view.grid.y0) / CELL_M).astype(int)
        inside = (i >= 0) & (i < view.grid.nx) & (j >= 0) & (j < view.grid.ny)
        inside[inside] = usable[i[inside], j[inside]]
        self.pixels = near[inside]
        self._way = way[self.pixels].astype(np.float32)
        self._eye = np.array([x0, y0, z0], np.float32)
        self._plane = far[self.pixels].astype(np.float32)
        self._base = np.full(len(self.pixels), np.nan, np.float32)
        self._level = np.zeros(len(self.pixels), np.float32)
        self._count = np.zeros(len(self.pixels), np.int16)
        self._since = np.zeros(len(self.pixels), np.int64)
        self._low = np.zeros(len(self.pixels), np.bool_)

    def look(self, depth_mm: NDArray[np.uint16], t_ns: int) -> None:
        """Take in one frame."""
        z = depth_mm.reshape(-1)[self.pixels].astype(np.float32) * np.float32(0.001)
        self._learn(z)
        with np.errstate(invalid="ignore"):
            above = (self._base - z) * -self._way[:, 2]
            low = (z > 0) & (above > LOWEST_M + LOWEST_BY_M * z) & (above < HIGHEST_M)
            floor = (z > 0) & (above < (LOWEST_M + LOWEST_BY_M * z) / 2)
        same = low & (self._count > 0) & (np.abs(z - self._level) < STEADY_M)
        fresh = low & ~same
        self._level[fresh], self._count[fresh], self._since[fresh] = z[fresh], 1, t_ns
        self._level[same] += 0.3 * (z[same] - self._level[same])
        self._count[same] += self._count[same] < STILL
        self._count[floor] = 0
        self._low = low

    def lying(self) -> tuple[F32, NDArray[np.int64], NDArray[np.bool_]]:
        """Return the (N, 3) points of what lies still, since when each does, and whether it was seen just now."""
        still = np.nonzero(self._count >= STILL)[0]
        return self._eye + self._level[still, None] * self._way[still], self._since[still], self._low[still]

    def _learn(self, z: F32) -> None:
        with np.errstate(invalid="ignore"):
            off = z - self._base
            new = np.isnan(self._base) & (z > 0) & (np.abs(z - self._plane) < FLOOR_M)
            self._base[new] = z[new]
            near = np.abs(off) < LOWEST_M
            self._base[near] += LEARN * off[near]
            far = (off >= LOWEST_M) & (np.abs(z - self._plane) < FLOOR_M)
            self._base[far] += LEARN_FAR * off[far]


class FloorView:
    """All floor that is in view.

    Args:
        layout: the store as surveyed.
        view: for its grid and racks.
    """

    def __init__(self, layout: Layout, view: DepthView) -> None:
        usable = view.racks <= 0
        for gate in layout.gates:
            usable[view.grid.window(*gate.pose.position[:2], GATE_M)] = False
        self._cameras = {c.id: FloorPixels(c, usable, view) for c in layout.cameras if c.depth}
        self._next_ns = 0

    def look(self, frames: Sequence[Frame], t_ns: int) -> tuple[Lying, ...] | None:
        """Take in the frames of one capture; return what lies still, None when it was not yet time to look again."""
        if t_ns < self._next_ns or not self._cameras:
            return None
        self._next_ns = t_ns + EVERY_NS
        for frame in frames:
            if frame.source in self._cameras and frame.depth_mm is not None:
                self._cameras[frame.source].look(frame.depth_mm, t_ns)
        looks = [camera.lying() for camera in self._cameras.values()]
        points, since, seen = (np.concatenate(part) for part in zip(*looks, strict=True))
        return tuple(things(points.astype(float), since, seen))


def things(points: Floats, since: NDArray[np.int64], seen: NDArray[np.bool_]) -> Iterator[Lying]:
    """Join points into things."""
    if len(points) < FEWEST:
        return
    from stack.tracking.cluster_kernels import parts  # late: numba takes half a second to import

    voxels = np.floor(points / CLOSE_M).astype(np.int64)
    voxels[:, 2] = 0
    cells, inverse = np.unique(voxels, axis=0, return_inverse=True)
    label = parts(cells)[inverse.reshape(-1)]
    for number in range(int(label.max()) + 1):
        mine = label == number
        if mine.sum() >= FEWEST and points[mine, 2].max() < TALLEST_M:
            yield _thing(points[mine], since[mine], seen[mine])


def _thing(points: Floats, since: NDArray[np.int64], seen: NDArray[np.bool_]) -> Lying:
    x, y = points[:, 0] - points[:, 0].mean(), points[:, 1] - points[:, 1].mean()
    turn = math.atan2(2 * float((x * y).mean()), float((x * x).mean() - (y * y).mean())) / 2
    along, across = x * math.cos(turn) + y * math.sin(turn), y * math.cos(turn) - x * math.sin(turn)
    width, length = sorted(float(np.ptp(np.percentile(span, (1, 99)))) for span in (along, across))
    height = float(np.percentile(points[:, 2], 90))
    at = (float(points[:, 0].mean()), float(points[:, 1].mean()))
    return Lying(at, (length, width, height), int(np.median(since)), 2 * int(seen.sum()) > len(seen))
