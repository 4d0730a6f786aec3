"""The floor on which a body can stand, and what of it can be walked to from the gates."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Self

import numpy as np
from numpy.typing import NDArray

from contracts.geometry import Floats, Pose
from contracts.layout import Facing, Layout

Mask = NDArray[np.bool_]

CELL_M = 0.05
BODY_RADIUS_M = 0.22  # half the breadth of shoulders
STANDING_M = 0.45  # from the shelf front to a shopper who reaches into it
NEAR_ENOUGH_M = 0.2  # a shopper may stand so far beside the best spot


@dataclass(frozen=True, slots=True)
class Floor:
    """Cells of the sales floor.

    Args:
        origin: x, y of the first cell's centre.
        walkable: (nx, ny) whether a shopper can come from a gate and stand there.
    """

    origin: tuple[float, float]
    walkable: Mask

    @classmethod
    def of(cls, layout: Layout, radius_m: float = BODY_RADIUS_M) -> Self:
        """Return the floor of a store for bodies of a radius."""
        x0, y0, x1, y1 = layout.inside_m
        xs, ys = np.arange(x0, x1 + CELL_M / 2, CELL_M), np.arange(y0, y1 + CELL_M / 2, CELL_M)
        points = np.stack(np.meshgrid(xs, ys, indexing="ij"), axis=-1)
        free = np.ones(points.shape[:2], bool)
        for gondola in layout.gondolas:
            free &= _outside(points, gondola.pose, gondola.width_m, gondola.depth_m) >= radius_m
        for wall in layout.walls:
            free &= _from_segment(points, np.asarray(wall.start), np.asarray(wall.end)) >= radius_m
        doors = np.zeros_like(free)
        for gate in layout.gates:
            doors[_nearest_free(points, free, gate.pose.position[:2])] = True
        return cls((x0, y0), _flood(free, doors & free))

    def near(self, x: float, y: float, within_m: float = NEAR_ENOUGH_M) -> bool:
        """Whether there is a walkable spot near a point."""
        i, j = np.nonzero(self.walkable)
        away = np.hypot(self.origin[0] + i * CELL_M - x, self.origin[1] + j * CELL_M - y)
        return bool((away <= within_m).any())


def standing_spot(layout: Layout, facing: Facing) -> tuple[float, float]:
    """Return x, y in the world where a shopper stands best to reach a facing."""
    shelf = layout.shelf[facing.shelf]
    x, y, _ = shelf.pose.apply((facing.x_m, -shelf.depth_m / 2 - STANDING_M, 0.0)).tolist()
    return x, y


def unreachable(layout: Layout) -> tuple[Facing, ...]:
    """Return the facings with no walkable floor before them."""
    floor = Floor.of(layout)
    return tuple(facing for facing in layout.planogram if not floor.near(*standing_spot(layout, facing)))


def _outside(points: Floats, pose: Pose, width_m: float, depth_m: float) -> Floats:
    """Return the distance of (..., 2) floor points from a rack's footprint; 0 within."""
    local = pose.unapply(np.concatenate([points, np.zeros((*points.shape[:-1], 1))], axis=-1))
    dx = np.maximum(np.abs(local[..., 0]) - width_m / 2, 0)
    dy = np.maximum(np.abs(local[..., 1] - depth_m / 2) - depth_m / 2, 0)
    return np.hypot(dx, dy)


def _from_segment(points: Floats, start: Floats, end: Floats) -> Floats:
    """Return the distance of (..., 2) floor points from a wall."""
    along = end - start
    share = np.clip((points - start) @ along / max(float(along @ along), 1e-12), 0, 1)
    away: Floats = np.linalg.norm(points - start - share[..., None] * along, axis=-1)
    return away


def _nearest_free(points: Floats, free: Mask, gate: tuple[float, ...]) -> tuple[int, int]:
    """Return the free cell that is nearest to a gate; any cell when nothing is free."""
    away = np.where(free, np.linalg.norm(points - np.asarray(gate), axis=-1), np.inf)
    i, j = divmod(int(np.argmin(away)), free.shape[1])
    return i, j


def _flood(free: Mask, start: Mask) -> Mask:
    """Return the free cells that can be walked to from the start, cell side by cell side."""
    reached = start
    while True:
        grown = reached.copy()
        grown[1:] |= reached[:-1]
        grown[:-1] |= reached[1:]
        grown[:, 1:] |= reached[:, :-1]
        grown[:, :-1] |= reached[:, 1:]
        grown &= free
        if (grown == reached).all():
            return reached
        reached = grown
