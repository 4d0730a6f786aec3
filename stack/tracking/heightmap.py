"""The store floor as a grid: which cell a point is in, what the survey says stands there, what cameras see of it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from contracts.geometry import Floats, Pose
from contracts.layout import CameraInfo, GateInfo, GateKind, Layout, Wall
from contracts.lens import shown_at

F32 = NDArray[np.float32]

CELL_M = 0.04
"""Side of a cell. A forearm is two cells wide, a head five."""

FLOOR_M = 0.15
"""Below this, a reading is the floor, a shoe or something that lies about."""

SLAB_FRONT_M = 0.25
"""How far before a shelf front points of arms are collected."""

HOUSING_M = 1.3
"""Posts and barriers of gates are no higher, full-height ones apart."""

BARRIER_M = 0.3
"""How far before and behind its line the barrier of a gate comes: that of a tripod or a pair of wings as it turns."""


@dataclass(frozen=True, slots=True)
class Grid:
    """Square cells over the surveyed floor.

    Args:
        x0: left edge, metres, world.
        y0: lower edge, metres, world.
        nx: cells along x.
        ny: cells along y.
    """

    x0: float
    y0: float
    nx: int
    ny: int

    @classmethod
    def over(cls, bounds_m: tuple[float, float, float, float]) -> Grid:
        """Return the grid that covers (x_min, y_min, x_max, y_max)."""
        x0, y0, x1, y1 = bounds_m
        return cls(x0, y0, int(np.ceil((x1 - x0) / CELL_M)), int(np.ceil((y1 - y0) / CELL_M)))

    @property
    def shape(self) -> tuple[int, int]:
        """(cells along x, cells along y)."""
        return (self.nx, self.ny)

    def cell(self, x: float, y: float) -> tuple[int, int]:
        """Return the cell of a point; may lie outside the grid."""
        return int(np.floor((x - self.x0) / CELL_M)), int(np.floor((y - self.y0) / CELL_M))

    def centres(self) -> tuple[Floats, Floats]:
        """Return the (nx, ny) world x and y of all cell centres."""
        xs = self.x0 + (np.arange(self.nx) + 0.5) * CELL_M
        ys = self.y0 + (np.arange(self.ny) + 0.5) * CELL_M
        x, y = np.meshgrid(xs, ys, indexing="ij")
        return x, y

    def local(self, pose: Pose) -> tuple[Floats, Floats]:
        """Return the (nx, ny) x and y of all cell centres in the frame of a pose."""
        x, y = self.centres()
        points = pose.unapply(np.stack([x, y, np.full_like(x, pose.position[2])], axis=-1))
        return points[..., 0], points[..., 1]

    def window(self, x: float, y: float, radius_m: float) -> tuple[slice, slice]:
        """Return the square of cells around a point, cut at the edge of the grid."""
        (i, j), n = self.cell(x, y), int(radius_m / CELL_M)
        return slice(max(0, i - n), max(0, i + n + 1)), slice(max(0, j - n), max(0, j + n + 1))


def furniture(grid: Grid, layout: Layout) -> F32:
    """Return the (nx, ny) height below which a reading is something that the survey knows.

    Racks with a margin of 6 cm for price rails and packs that stick out, walls, and the housings of gates.
    """
    top = np.full(grid.shape, FLOOR_M, np.float32)
    for gondola in layout.gondolas:
        x, y = grid.local(gondola.pose)
        inside = (np.abs(x) <= gondola.width_m / 2 + 0.06) & (y >= -0.06) & (y <= gondola.depth_m + 0.06)
        top[inside] = np.maximum(top[inside], gondola.height_m + 0.05)
    for wall in layout.walls:
        near = _beside(grid, wall)
        top[near] = np.maximum(top[near], wall.height_m + 0.05)
    for gate in layout.gates:
        housing = _housing(grid, gate)
        top[housing] = np.maximum(top[housing], HOUSING_M)
    return top


def racks(grid: Grid, layout: Layout) -> F32:
    """Return the (nx, ny) height of the rack that stands on each cell, 0 where none does."""
    top = np.zeros(grid.shape, np.float32)
    for gondola in layout.gondolas:
        x, y = grid.local(gondola.pose)
        top[(np.abs(x) <= gondola.width_m / 2) & (y >= 0) & (y <= gondola.depth_m)] = gondola.height_m
    return top


def no_heads(grid: Grid, layout: Layout) -> F32:
    """Return the (nx, ny) height up to which nothing on a cell is the head of somebody who was not there before.

    On racks and within 20 cm of a front are hands; heads are held farther away. In the lane of a turnstile is its
    barrier, which comes and goes; whoever is smaller is seen before it or behind it.
    """
    barred = np.zeros(grid.shape, np.float32)
    for gate in layout.gates:
        if gate.kind is GateKind.TURNSTILE:
            x, y = grid.local(gate.pose)
            barred[(np.abs(x) <= BARRIER_M) & (np.abs(y) <= gate.width_m / 2 + 0.1)] = HOUSING_M
    for gondola in layout.gondolas:
        x, y = grid.local(gondola.pose)
        barred[(np.abs(x) <= gondola.width_m / 2) & (y >= -0.2) & (y <= gondola.depth_m)] = np.inf
    return barred


def slabs(grid: Grid, layout: Layout) -> NDArray[np.int16]:
    """Return the (nx, ny) index of the gondola whose front zone or shelves a cell belongs to, -1 for none.

    Where two racks meet, the cell belongs to the one whose front is nearest.
    """
    index = np.full(grid.shape, -1, np.int16)
    best = np.full(grid.shape, np.inf)
    for number, gondola in enumerate(layout.gondolas):
        x, y = grid.local(gondola.pose)
        inside = (np.abs(x) <= gondola.width_m / 2) & (y >= -SLAB_FRONT_M) & (y <= gondola.depth_m)
        distance = np.maximum(np.abs(y), np.abs(x) - gondola.width_m / 2)
        closer = inside & (distance < best)
        index[closer] = number
        best[closer] = distance[closer]
    return index


def reach_of_view(grid: Grid, camera: CameraInfo) -> F32:
    """Return the (nx, ny) greatest height at which a camera sees the column over each cell, 0 where it never does."""
    x, y = grid.centres()
    top = np.zeros(grid.shape, np.float32)
    for z in np.arange(0.3, min(2.3, camera.pose.position[2] - 0.05), 0.05):
        top[in_picture(camera, np.stack([x, y, np.full_like(x, z)], axis=-1))] = z
    return top


def in_picture(camera: CameraInfo, points: Floats) -> NDArray[np.bool_]:
    """Return which of the (..., 3) world points a camera would see if nothing were in the way."""
    across, down, ahead = np.moveaxis(camera.pose.unapply(points), -1, 0)
    with np.errstate(divide="ignore", invalid="ignore"):
        if camera.distorted:
            seen, shown = shown_at(camera, np.stack([across, down], axis=-1) / ahead[..., None])
            u, v = seen[..., 0], seen[..., 1]
            ahead = np.where(shown, ahead, 0)
        else:
            u, v = camera.fx * across / ahead + camera.cx, camera.fy * down / ahead + camera.cy
    return np.asarray((ahead > 0.15) & (u > 0) & (u < camera.width) & (v > 0) & (v < camera.height))


def _beside(grid: Grid, wall: Wall) -> NDArray[np.bool_]:
    """Return which cells lie within 12 cm of a wall."""
    x, y = grid.centres()
    start, along = np.asarray(wall.start), np.asarray(wall.end) - np.asarray(wall.start)
    t = ((x - start[0]) * along[0] + (y - start[1]) * along[1]) / max(float(along @ along), 1e-9)
    t = np.clip(t, 0, 1)
    return np.asarray(np.hypot(x - start[0] - t * along[0], y - start[1] - t * along[1]) <= 0.12)


def _housing(grid: Grid, gate: GateInfo) -> NDArray[np.bool_]:
    """Return which cells the posts of a gate may stand on: 35 cm on both sides of its lane."""
    along, across = grid.local(gate.pose)
    side = np.abs(across)
    return np.asarray((np.abs(along) <= 0.9) & (side >= gate.width_m / 2 - 0.05) & (side <= gate.width_m / 2 + 0.35))
