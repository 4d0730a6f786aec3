"""Where a body may stand and walk: a grid over the floor, from the layout's racks, walls and gates."""

from __future__ import annotations

import math
from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from contracts.layout import GateInfo, Gondola, Layout
from twin.shopper.vec import Vec2

CELL_M = 0.05
BODY_RADIUS_M = 0.22
ELBOW_ROOM_M = 0.38
"""How far the middle of a walker keeps from shelves, so that swinging arms knock nothing over."""
OUTSIDE_M = 2.6
"""How far the street goes on beyond the surveyed floor and the gates."""

Mask = NDArray[np.bool_]
Grid = NDArray[np.float64]


class Floor:
    """A grid of cells that a body's centre may or may not stand in (`free`), or walk through at ease (`roomy`).

    Args:
        layout: the store. Gates count as shut: a lane is crossed by the one who uses the gate, off the grid.
    """

    def __init__(self, layout: Layout) -> None:
        x0, y0, x1, y1 = _extent(layout)
        self.origin = (x0, y0)
        self.shape = (math.ceil((x1 - x0) / CELL_M), math.ceil((y1 - y0) / CELL_M))
        self._x, self._y = np.meshgrid(
            x0 + (np.arange(self.shape[0]) + 0.5) * CELL_M,
            y0 + (np.arange(self.shape[1]) + 0.5) * CELL_M,
            indexing="ij",
        )
        self.free: Mask = np.ones(self.shape, np.bool_)
        self.roomy: Mask = np.ones(self.shape, np.bool_)
        for gondola in layout.gondolas:
            away = self._from_rack(gondola)
            self._block(away)
            self.roomy &= away >= ELBOW_ROOM_M
        for wall in layout.walls:
            self._block(self._from_segment(wall.start, wall.end))
        for start, end in barriers(layout):
            self._block(self._from_segment(start, end))
        self.roomy &= self.free

    def cell(self, point: Vec2) -> tuple[int, int]:
        """Return the cell of a point, the nearest one for a point off the grid."""
        i, j = (math.floor((point[k] - self.origin[k]) / CELL_M) for k in (0, 1))
        return min(max(i, 0), self.shape[0] - 1), min(max(j, 0), self.shape[1] - 1)

    def centre(self, cell: tuple[int, int]) -> Vec2:
        """Return the centre of a cell, metres."""
        return (self.origin[0] + (cell[0] + 0.5) * CELL_M, self.origin[1] + (cell[1] + 0.5) * CELL_M)

    def is_free(self, point: Vec2) -> bool:
        """Whether a body may stand at a point."""
        return bool(self.free[self.cell(point)])

    def without(self, discs: Iterable[Vec2], radius_m: float) -> Mask:
        """Return the free cells that are also further than radius_m from every disc's centre."""
        free = self.free.copy()
        for point in discs:
            window, near = self._near(point, radius_m)
            free[window] &= ~near
        return free

    def nearest(self, point: Vec2, free: Mask, allowed: Mask | None = None) -> Vec2 | None:
        """Return the free point nearest to a point, or None.

        Args:
            point: metres.
            free: cells to choose from.
            allowed: further restriction (a connected part of the floor).
        """
        cell = self.cell(point)
        choice = free if allowed is None else free & allowed
        if choice[cell]:
            return point
        if not choice.any():
            return None
        away = np.where(choice, (self._x - point[0]) ** 2 + (self._y - point[1]) ** 2, np.inf)
        i, j = np.unravel_index(int(np.argmin(away)), self.shape)
        return self.centre((int(i), int(j)))

    def disc(self, point: Vec2, radius_m: float) -> Mask:
        """Return the cells within radius_m of a point."""
        cells = np.zeros(self.shape, np.bool_)
        window, near = self._near(point, radius_m)
        cells[window] = near
        return cells

    def _near(self, point: Vec2, radius_m: float) -> tuple[tuple[slice, slice], Mask]:
        """Return the part of the grid around a point, and which of its cells are within radius_m."""
        (i0, j0), (i1, j1) = (self.cell((point[0] + r, point[1] + r)) for r in (-radius_m, radius_m))
        window = slice(i0, i1 + 1), slice(j0, j1 + 1)
        near: Mask = (self._x[window] - point[0]) ** 2 + (self._y[window] - point[1]) ** 2 < radius_m * radius_m
        return window, near

    def _block(self, distance: Grid) -> None:
        self.free &= distance >= BODY_RADIUS_M

    def _from_rack(self, gondola: Gondola) -> Grid:
        """Return every cell's distance from a rack's footprint."""
        yaw, (gx, gy, _) = gondola.pose.yaw, gondola.pose.position
        dx, dy = self._x - gx, self._y - gy
        u = math.cos(yaw) * dx + math.sin(yaw) * dy
        v = -math.sin(yaw) * dx + math.cos(yaw) * dy
        out: Grid = np.hypot(
            np.maximum(np.abs(u) - gondola.width_m / 2, 0.0), np.maximum(np.maximum(-v, v - gondola.depth_m), 0.0)
        )
        return out

    def _from_segment(self, a: Vec2, b: Vec2) -> Grid:
        """Return every cell's distance from a straight wall."""
        dx, dy = b[0] - a[0], b[1] - a[1]
        length2 = max(dx * dx + dy * dy, 1e-12)
        t = np.clip(((self._x - a[0]) * dx + (self._y - a[1]) * dy) / length2, 0.0, 1.0)
        out: Grid = np.hypot(self._x - a[0] - t * dx, self._y - a[1] - t * dy)
        return out


def barriers(layout: Layout) -> list[tuple[Vec2, Vec2]]:
    """Return what keeps the street from the sales floor besides the walls: gate lines, and the floor's own border.

    A surveyed store need not list every wall, but nobody comes in except by a gate.
    """
    lines = [gate_line(gate) for gate in layout.gates]
    x0, y0, x1, y1 = layout.inside_m
    corners = ((x0, y0), (x1, y0), (x1, y1), (x0, y1))
    for start, end in zip(corners, (*corners[1:], corners[0]), strict=True):
        lines += _border(start, end, layout.gates)
    return lines


def gate_line(gate: GateInfo) -> tuple[Vec2, Vec2]:
    """Return the ends of a gate's line across its lane."""
    left, right = gate.pose.apply(((0.0, gate.width_m / 2, 0.0), (0.0, -gate.width_m / 2, 0.0))).tolist()
    return (left[0], left[1]), (right[0], right[1])


def _border(start: Vec2, end: Vec2, gates: tuple[GateInfo, ...]) -> list[tuple[Vec2, Vec2]]:
    """Return the pieces of one border of the sales floor that no lane cuts."""
    length = math.hypot(end[0] - start[0], end[1] - start[1])
    steps = max(1, round(length / CELL_M))
    points = [
        (start[0] + (end[0] - start[0]) * k / steps, start[1] + (end[1] - start[1]) * k / steps)
        for k in range(steps + 1)
    ]
    kept = [not any(_in_lane(gate, point) for gate in gates) for point in points]
    pieces: list[tuple[Vec2, Vec2]] = []
    begin = None
    for k, keep in enumerate([*kept, False]):
        if keep and begin is None:
            begin = k
        elif not keep and begin is not None:
            pieces.append((points[begin], points[k - 1]))
            begin = None
    return pieces


def _in_lane(gate: GateInfo, point: Vec2) -> bool:
    """Whether a point is in the corridor that leads through a gate."""
    u, v, _ = gate.pose.unapply((point[0], point[1], 0.0)).tolist()
    return bool(abs(u) <= 1.0 and abs(v) <= gate.width_m / 2 + 1e-6)


def _extent(layout: Layout) -> tuple[float, float, float, float]:
    """Return the corners of the floor with a strip of street around it."""
    x0, y0, x1, y1 = layout.bounds_m
    xs = [x0, x1, *(gate.pose.position[0] for gate in layout.gates)]
    ys = [y0, y1, *(gate.pose.position[1] for gate in layout.gates)]
    return min(xs) - OUTSIDE_M, min(ys) - OUTSIDE_M, max(xs) + OUTSIDE_M, max(ys) + OUTSIDE_M
