"""The places in a store that a camera should see: the sales floor, shelf fronts and lanes, as points."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from contracts.geometry import Floats, Pose
from contracts.layout import GateInfo, Gondola, Layout, Shelf
from rig.storekit.boxes import Mask

CELL_M = 0.1
FRONT_GAP_M = 0.01
"""Fronts are looked at this far before the shelf's edge, where hands and labels are."""
LANE_M = 0.5
"""A lane reaches so far before and behind the line that counts: a step."""


@dataclass(frozen=True, slots=True)
class FloorGrid:
    """Cells of the sales floor.

    Args:
        x: (nx,) centres of the columns, metres.
        y: (ny,) centres of the rows, metres.
        free: (nx, ny) whether a cell is floor: not under a rack.
    """

    x: Floats
    y: Floats
    free: Mask

    def points(self, height_m: float) -> Floats:
        """Return the middles of the free cells (P, 3) at a height."""
        i, j = np.nonzero(self.free)
        return np.stack([self.x[i], self.y[j], np.full(len(i), height_m)], axis=1)

    def image(self, values: Floats) -> Floats:
        """Return values (P,) of the free cells as (nx, ny), nan elsewhere."""
        picture = np.full(self.free.shape, np.nan)
        picture[self.free] = values
        return picture


def floor_grid(layout: Layout) -> FloorGrid:
    """Return the sales floor in cells of 10 cm."""
    x0, y0, x1, y1 = layout.inside_m
    x, y = _middles(x0, x1), _middles(y0, y1)
    flat = np.stack([*np.meshgrid(x, y, indexing="ij"), np.zeros((len(x), len(y)))], axis=-1)
    free = np.ones(flat.shape[:2], bool)
    for gondola in layout.gondolas:
        free &= ~under(gondola, flat)
    return FloorGrid(x, y, free)


def footprint(gondola: Gondola, pose: Pose | None = None) -> Floats:
    """Return the corners (4, 2), world, of the floor that a gondola covers, counter-clockwise from the front left.

    Args:
        gondola: the rack.
        pose: where it stands; None for where its layout has it.
    """
    half, depth = gondola.width_m / 2, gondola.depth_m
    corners = (pose or gondola.pose).apply([[-half, 0, 0], [half, 0, 0], [half, depth, 0], [-half, depth, 0]])
    return corners[:, :2]


def under(gondola: Gondola, points: Floats) -> Mask:
    """Return which points (..., 3), world, lie in the footprint of a gondola."""
    local = gondola.pose.unapply(points)
    x, y = local[..., 0], local[..., 1]
    within: Mask = (np.abs(x) <= gondola.width_m / 2) & (y >= 0) & (y <= gondola.depth_m)
    return within


def _middles(low: float, high: float) -> Floats:
    count = max(1, round((high - low) / CELL_M))
    return low + (np.arange(count) + 0.5) * (high - low) / count


def front_points(shelf: Shelf, step_m: float = CELL_M, rows: int = 3) -> Floats:
    """Return points (columns, rows, 3), world, on the front of a shelf, left to right and bottom to top.

    Args:
        shelf: the shelf.
        step_m: the most between columns.
        rows: how many, spread over the clearance.
    """
    columns = max(1, round(shelf.width_m / step_m))
    x = (np.arange(columns) + 0.5) / columns * shelf.width_m - shelf.width_m / 2
    z = (np.arange(rows) + 0.5) / rows * shelf.clearance_m
    local = np.stack([*np.meshgrid(x, z, indexing="ij"), np.full((columns, rows), 0.0)], axis=-1)
    local = local[..., [0, 2, 1]]
    local[..., 1] = -shelf.depth_m / 2 - FRONT_GAP_M
    return shelf.pose.apply(local)


def front_normal(shelf: Shelf) -> Floats:
    """Return the direction (3,), world, in which a shelf faces its shoppers."""
    return -shelf.pose.rotation[:, 1]


def lane_points(gate: GateInfo, height_m: float) -> Floats:
    """Return points (P, 3), world, over a lane at a height."""
    along = np.linspace(-LANE_M, LANE_M, 5)
    across = np.linspace(-gate.width_m / 4, gate.width_m / 4, 3)
    local = np.stack([*np.meshgrid(along, across), np.full((3, 5), height_m)], axis=-1).reshape(-1, 3)
    return gate.pose.apply(local)
