"""Which cameras see which places of a store, past its boards and walls."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from contracts.geometry import Floats
from contracts.layout import CameraInfo, Layout
from contracts.lens import pixel_rays
from stack.silhouettes.blockers import blockers, packed
from stack.tracking.heightmap import CELL_M, Grid, racks

F32 = NDArray[np.float32]

LOWEST_M, HIGHEST_M = 0.20, 2.20
"""Places between these heights are looked at: shoes and shadows are lower, raised hands may be higher."""

SLACK_M = 0.06
"""What is so little behind a surveyed surface still counts as seen: surveys and small pictures are that far off."""

AROUND_M, LANE_M = 0.15, 1.2
"""People are looked for so far around the sales floor, and so far from the middle of each lane."""

MOST = 64
"""More cameras than this are not used: each is a bit of a number."""


@dataclass(frozen=True, slots=True)
class Places:
    """Places on a grid, and the cameras that see each.

    Args:
        corner: (3,) middle of the first place, metres, world.
        step: (3,) from one place to the next along each axis, metres.
        shape: places along each axis.
        column: (nx, ny) number of each column where somebody may be, -1 elsewhere.
        first: (N * nz + 1,) where the list of each of their places begins in `who`, column by column from below.
        who: cameras that see each place, as indices.
        seen: (nx, ny, nz) the same as bits, 0 where nobody can be.
    """

    corner: Floats
    step: Floats
    shape: tuple[int, int, int]
    column: NDArray[np.int32]
    first: NDArray[np.int32]
    who: NDArray[np.uint8]
    seen: NDArray[np.uint64]

    def views(self) -> NDArray[np.int32]:
        """Return the (nx, ny, nz) number of cameras that see each place, 0 where nobody can be."""
        views = np.zeros(self.shape, np.int32)
        views[self.column >= 0] = np.diff(self.first).reshape(-1, self.shape[2])
        return views


def places(grid: Grid, used: NDArray[np.bool_], cameras: Sequence[CameraInfo], far: Sequence[F32]) -> Places:
    """Return the places over a floor grid with the pinhole cameras that see them.

    Args:
        grid: the floor.
        used: (nx, ny) where somebody may be.
        cameras: pinhole cameras, `MOST` at most.
        far: (H, W) how far each looks, as `look_out` says.
    """
    from stack.silhouettes.sight_kernels import listed, mark  # late: numba takes half a second to import

    shape = (grid.nx, grid.ny, round((HIGHEST_M - LOWEST_M) / CELL_M))
    half = CELL_M / 2
    corner, step = np.array([grid.x0 + half, grid.y0 + half, LOWEST_M + half]), np.full(3, CELL_M)
    seen = np.zeros(shape, np.uint64)
    for number, (camera, limit) in enumerate(zip(cameras, far, strict=True)):
        mark(corner, step, numbers(camera), limit, SLACK_M, np.uint64(1 << number), seen)
    seen[~used] = 0
    column = np.where(used, np.cumsum(used).reshape(used.shape) - 1, -1).astype(np.int32)
    first, who = listed(seen[used].ravel(), len(cameras))
    return Places(corner, step, shape, column, first, who, seen)


def where_people_are(grid: Grid, layout: Layout) -> NDArray[np.bool_]:
    """Return the (nx, ny) cells where people and their hands are looked for: the sales floor, lanes and racks."""
    x, y = grid.centres()
    x0, y0, x1, y1 = layout.inside_m
    used = (x > x0 - AROUND_M) & (x < x1 + AROUND_M) & (y > y0 - AROUND_M) & (y < y1 + AROUND_M)
    used |= racks(grid, layout) > 0
    for gate in layout.gates:
        used |= np.hypot(x - gate.pose.position[0], y - gate.pose.position[1]) < LANE_M
    return np.asarray(used)


def look_out(layout: Layout, camera: CameraInfo) -> F32:
    """Return the (H, W) distance along the optical axis at which a pinhole camera's view ends in the empty store."""
    from stack.silhouettes.sight_kernels import distances

    rays, _ = pixel_rays(camera)
    pose = camera.pose
    boxes = packed(blockers(layout))
    return distances(rays, np.ascontiguousarray(pose.rotation), np.array(pose.position), boxes)


def numbers(camera: CameraInfo) -> Floats:
    """Return a pinhole camera as (16,) numbers: rotation, position, focal lengths, principal point."""
    inside = (camera.fx, camera.fy, camera.cx, camera.cy)
    return np.array([*camera.pose.rotation.ravel(), *camera.pose.position, *inside])
