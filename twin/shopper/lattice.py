"""Shortest ways for what has a length, over places and sixteen headings: it rolls ahead or back and turns in place."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np

from twin.shopper.floor import CELL_M, Floor, Mask
from twin.shopper.lattice_search import search_lattice
from twin.shopper.vec import Vec2, wrapped

Node = tuple[int, int, int]
"""Heading, then cell."""
# Each heading is a whole number of cells, so that what rolls straight stays on the grid.
_QUARTER = ((2, 0), (2, 1), (1, 1), (1, 2))
_AHEAD = tuple(
    step
    for c, s in ((1, 0), (0, 1), (-1, 0), (0, -1))
    for step in ((c * i - s * j, s * i + c * j) for i, j in _QUARTER)
)
HEADINGS = tuple(math.atan2(j, i) for i, j in _AHEAD)
_CELLS_AHEAD = np.array(_AHEAD, np.int64)


@dataclass(frozen=True, slots=True)
class Spot:
    """Where an axle is, and which way it points.

    Args:
        at: x, y, metres.
        yaw: radians.
    """

    at: Vec2
    yaw: float


@dataclass(frozen=True, slots=True)
class Ends:
    """Where a way may end.

    Args:
        nodes: (16, I, J) whether each heading and cell will do.
        near: a point, metres.
        within_m: none of them is further from that point.
    """

    nodes: Mask
    near: Vec2
    within_m: float


class Lattice:
    """Where something may stand in each heading.

    Args:
        floor: the grid's frame.
        free: cells that may be under any point of its ground.
        ground: points of its ground from its axle, x ahead, y to the left, metres.
    """

    def __init__(self, floor: Floor, free: Mask, ground: Sequence[Vec2]) -> None:
        self.floor = floor
        self.free = np.stack([_under(free, ground, yaw) for yaw in HEADINGS])

    def node(self, spot: Spot) -> Node:
        """Return the nearest place and heading."""
        return (nearest_heading(spot.yaw), *self.floor.cell(spot.at))

    def spot(self, node: Node) -> Spot:
        """Return the middle of a place."""
        return Spot(self.floor.centre(node[1:]), HEADINGS[node[0]])

    def is_free(self, node: Node) -> bool:
        """Whether it may stand so."""
        h, i, j = node
        return 0 <= i < self.floor.shape[0] and 0 <= j < self.floor.shape[1] and bool(self.free[h, i, j])

    def near(self, spot: Spot) -> Node | None:
        """Return the free place and heading nearest to a spot; a heading aside counts as 0.2 m."""
        best: tuple[float, Node] | None = None
        for h, yaw in enumerate(HEADINGS):
            at = self.floor.nearest(spot.at, self.free[h])
            if at is not None:
                worse = math.dist(at, spot.at) + 0.5 * abs(wrapped(yaw - spot.yaw))
                best = min(best or (math.inf, (0, 0, 0)), (worse, (h, *self.floor.cell(at))))
        return best[1] if best else None

    def search(self, start: Node, ends: Ends) -> list[Node] | None:
        """Return a shortest way to any of some ends, or None.

        Args:
            start: where it stands.
            ends: where it shall get.
        """
        shape, goal = self.free.shape, ends.nodes & self.free
        # Cheap to know, and a search that fails looks everywhere first.
        _, parts = cv2.connectedComponents(self.free.any(axis=0).astype(np.uint8), connectivity=8)
        if not (goal & (parts == parts[start[1:]])).any():
            return None
        to = np.array(self.floor.cell(ends.near), np.int64)
        first = int(np.ravel_multi_index(start, shape))
        slack = ends.within_m / CELL_M + 1.5  # the points are not in the middles of their cells
        found = search_lattice(self.free, goal, _CELLS_AHEAD, first, to, slack)
        nodes = (np.unravel_index(int(index), shape) for index in found)
        return [(int(h), int(i), int(j)) for h, i, j in nodes] or None


def nearest_heading(yaw: float) -> int:
    """Return the index of the heading nearest to a yaw."""
    return min(range(len(HEADINGS)), key=lambda h: (round(abs(wrapped(HEADINGS[h] - yaw)), 9), h))


def _under(free: Mask, ground: Sequence[Vec2], yaw: float) -> Mask:
    """Return the cells where an axle may be in one heading; off the grid nothing may be."""
    c, s = math.cos(yaw), math.sin(yaw)
    out = free.copy()
    for x, y in ground:
        di, dj = round((c * x - s * y) / CELL_M), round((s * x + c * y) / CELL_M)
        out &= _shifted(free, di, dj)
    return out


def _shifted(free: Mask, di: int, dj: int) -> Mask:
    """Return for each cell whether the one so far on is free."""
    out = np.zeros_like(free)
    width, height = free.shape
    to_i, to_j = slice(max(-di, 0), width - max(di, 0)), slice(max(-dj, 0), height - max(dj, 0))
    from_i, from_j = slice(max(di, 0), width - max(-di, 0)), slice(max(dj, 0), height - max(-dj, 0))
    out[to_i, to_j] = free[from_i, from_j]
    return out
