"""Shortest ways for what has a length, over places and sixteen headings: it rolls ahead or back and turns in place."""

from __future__ import annotations

import heapq
import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from twin.shopper.floor import CELL_M, Floor, Mask
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
_LENGTH = tuple(CELL_M * math.hypot(i, j) for i, j in _AHEAD)
_BACK = 2.5
"""Rolling back is so much worse than rolling ahead."""
_TURN_M = 0.35
"""Turning by one heading is as bad as rolling so far."""
_EAGER = 1.2
_MOST = 60_000
"""Places and headings looked at before a search gives up: more than a store of 100 m2 has."""


@dataclass(frozen=True, slots=True)
class Spot:
    """Where an axle is, and which way it points.

    Args:
        at: x, y, metres.
        yaw: radians.
    """

    at: Vec2
    yaw: float


class Lattice:
    """Where something may stand in each heading.

    Args:
        floor: the grid's frame.
        free: cells that may be under any point of its ground.
        ground: points of its ground from its axle, x ahead, y to the left, metres.
    """

    def __init__(self, floor: Floor, free: Mask, ground: Sequence[Vec2]) -> None:
        self.floor = floor
        self.free = tuple(_under(free, ground, yaw) for yaw in HEADINGS)
        self._bytes = tuple(mask.tobytes() for mask in self.free)
        self._high = floor.shape[1]

    def node(self, spot: Spot) -> Node:
        """Return the nearest place and heading."""
        return (nearest_heading(spot.yaw), *self.floor.cell(spot.at))

    def spot(self, node: Node) -> Spot:
        """Return the middle of a place."""
        return Spot(self.floor.centre(node[1:]), HEADINGS[node[0]])

    def is_free(self, node: Node) -> bool:
        """Whether it may stand so."""
        h, i, j = node
        return 0 <= i < self.floor.shape[0] and 0 <= j < self._high and self._bytes[h][i * self._high + j] != 0

    def near(self, spot: Spot) -> Node | None:
        """Return the free place and heading nearest to a spot; a heading aside counts as 0.2 m."""
        best: tuple[float, Node] | None = None
        for h, yaw in enumerate(HEADINGS):
            at = self.floor.nearest(spot.at, self.free[h])
            if at is not None:
                worse = math.dist(at, spot.at) + 0.5 * abs(wrapped(yaw - spot.yaw))
                best = min(best or (math.inf, (0, 0, 0)), (worse, (h, *self.floor.cell(at))))
        return best[1] if best else None

    def search(
        self, start: Node, is_goal: Callable[[Node], bool], left_m: Callable[[Node], float]
    ) -> list[Node] | None:
        """Return a shortest way to any goal, or None; ties are broken by the nodes' order.

        Args:
            start: a free node.
            is_goal: whether a node will do.
            left_m: at least so many metres are left.
        """
        queue = [(0.0, start)]
        cost, came, done = {start: 0.0}, dict[Node, Node](), set[Node]()
        while queue and len(done) < _MOST:
            _, here = heapq.heappop(queue)
            if is_goal(here):
                return _trace(came, here)
            if here in done:
                continue
            done.add(here)
            for there, metres in _moves(here):
                new = cost[here] + metres
                if new < cost.get(there, math.inf) and self.is_free(there):
                    cost[there], came[there] = new, here
                    heapq.heappush(queue, (new + _EAGER * left_m(there), there))
        return None


def nearest_heading(yaw: float) -> int:
    """Return the index of the heading nearest to a yaw."""
    return min(range(len(HEADINGS)), key=lambda h: (round(abs(wrapped(HEADINGS[h] - yaw)), 9), h))


def _moves(node: Node) -> tuple[tuple[Node, float], ...]:
    h, i, j = node
    di, dj = _AHEAD[h]
    return (
        ((h, i + di, j + dj), _LENGTH[h]),
        (((h + 1) % 16, i, j), _TURN_M),
        (((h - 1) % 16, i, j), _TURN_M),
        ((h, i - di, j - dj), _BACK * _LENGTH[h]),
    )


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


def _trace(came: dict[Node, Node], goal: Node) -> list[Node]:
    nodes = [goal]
    while nodes[-1] in came:
        nodes.append(came[nodes[-1]])
    return nodes[::-1]
