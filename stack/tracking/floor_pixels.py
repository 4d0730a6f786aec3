"""The pixels of one camera that show bare floor, and which of them show something low and still before it.

Far away a single reading says little: the error of stereo grows with the square of the distance and is 2 cm at 4.5 m.
So each pixel's readings are averaged for as long as they agree, and how much they differ from look to look, which
every camera is measured for, tells how far off an average may be.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from contracts.layout import CameraInfo
from contracts.lens import pixel_rays
from stack.tracking.depthview import DepthView
from stack.tracking.heightmap import CELL_M, F32

STILL = 5
"""Looks in a row in which it has not moved: two seconds."""
LOWEST_M, LOWEST_BY_M = 0.02, 0.004
"""It must be so much above the floor, and by so much more for each metre of distance."""
HIGHEST_M = 0.35
"""Readings up to this are looked at."""
FLOOR_M = 0.08
"""How far from the surveyed floor a reading may lie to be believed to show it."""
FARTHEST_M = 6.0
STEADY_M = 0.02
"""Readings of one thing differ by so much at least, and by four sigma where that is more."""
NEWEST = 0.3
"""Weight of the newest reading in an average; what is left of the error is the root of NEWEST / (2 - NEWEST)."""
LEFT = 0.42
LEARN, LEARN_FAR = 0.05, 0.5
TRUE_SD = 1 / (0.6745 * 2**0.5)
"""From the median of how far two readings differ to the standard deviation of one, where errors are normal."""


class FloorPixels:
    """The floor as one camera sees it.

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
        self._steep = -self._way[:, 2]
        self._eye = np.array([x0, y0, z0], np.float32)
        self._plane = far[self.pixels].astype(np.float32)
        count = len(self.pixels)
        self._base = np.full(count, np.nan, np.float32)
        self._learnt = np.zeros(count, np.float32)
        self._agreed = np.zeros(count, np.int16)
        self._level = np.zeros(count, np.float32)
        self._last = np.zeros(count, np.float32)
        self._sd_at_1m = np.float32(0)
        self._count = np.zeros(count, np.int16)
        self._since = np.zeros(count, np.int64)
        self._low = np.zeros(count, np.bool_)

    def look(self, depth_mm: NDArray[np.uint16], t_ns: int) -> None:
        """Take in one frame."""
        from stack.tracking.floor_kernels import differences, follow  # late: numba takes half a second to import

        z, off = np.empty_like(self._plane), np.empty_like(self._plane)
        both = differences(depth_mm.reshape(-1), self.pixels, self._last, z, off)
        self._last = z
        if both:
            now = np.float32(_median(off[:both]) * TRUE_SD)
            self._sd_at_1m += np.float32(LEARN if self._sd_at_1m else 1) * (now - self._sd_at_1m)
        follow(
            z,
            self._sd_at_1m,
            self._steep,
            self._plane,
            self._level,
            self._agreed,
            self._base,
            self._learnt,
            self._count,
            self._since,
            self._low,
            t_ns,
        )

    def lying(self) -> tuple[F32, NDArray[np.int64], NDArray[np.bool_]]:
        """Return the (N, 3) points of what lies still, since when each does, and whether it was seen just now."""
        still = np.nonzero(self._count >= STILL)[0]
        return self._eye + self._level[still, None] * self._way[still], self._since[still], self._low[still]


def _median(values: F32) -> np.float32:
    """Return what `np.median` does, of numbers none of which is below 0, in a fraction of the time."""
    from stack.tracking.floor_kernels import middle

    return np.float32(np.mean(np.array(middle(values, values.view(np.uint32)), np.float32)))
