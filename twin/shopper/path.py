"""Shortest walks over the floor: A* on the grid, pulled straight, and walked with smooth starts and stops."""

from __future__ import annotations

import itertools
import math
from collections.abc import Sequence

import cv2
import numpy as np

from twin.shopper.floor import CELL_M, Floor, Mask
from twin.shopper.path_search import search
from twin.shopper.vec import Vec2

Cell = tuple[int, int]


def find(floor: Floor, free: Mask, start: Vec2, goal: Vec2) -> list[Vec2] | None:
    """Return a walk from start to goal, both included, or None when there is none.

    Args:
        floor: the grid's frame.
        free: (W, H) cells that may be walked.
        start: metres; if it is blocked (somebody stands close), the walk begins at the nearest free cell.
        goal: metres; must be free.
    """
    if not free[floor.cell(goal)]:
        return None
    begin = floor.nearest(start, free)
    if begin is None:
        return None
    if sees(floor, free, begin, goal):
        cells: list[Vec2] = [begin, goal]
    elif not reachable(floor, free, begin)[floor.cell(goal)]:
        # Cheap to know, and a search that fails looks everywhere first.
        return None
    else:
        found = _search(free, floor.cell(begin), floor.cell(goal))
        if found is None:
            return None
        cells = pull(floor, free, [begin, *(floor.centre(cell) for cell in found[1:-1]), goal])
    return cells if begin == start else [start, *cells]


def sees(floor: Floor, free: Mask, a: Vec2, b: Vec2) -> bool:
    """Whether the straight line between two points stays on free cells."""
    steps = max(1, math.ceil(math.hypot(b[0] - a[0], b[1] - a[1]) / (CELL_M / 2)))
    t = np.linspace(0.0, 1.0, steps + 1)
    i = np.floor((a[0] + (b[0] - a[0]) * t - floor.origin[0]) / CELL_M).astype(int).clip(0, floor.shape[0] - 1)
    j = np.floor((a[1] + (b[1] - a[1]) * t - floor.origin[1]) / CELL_M).astype(int).clip(0, floor.shape[1] - 1)
    return bool(free[i, j].all())


def pull(floor: Floor, free: Mask, points: Sequence[Vec2]) -> list[Vec2]:
    """Drop every point that a straight line can pass by."""
    kept = [points[0]]
    at = 0
    while at < len(points) - 1:
        # The furthest point in sight, by halving: sight along a shortest walk is lost once and for all, nearly.
        low, high = at + 1, len(points) - 1
        while low < high:
            middle = (low + high + 1) // 2
            if sees(floor, free, points[at], points[middle]):
                low = middle
            else:
                high = middle - 1
        kept.append(points[low])
        at = low
    return kept


def length(points: Sequence[Vec2]) -> float:
    """Return the length of a walk, metres."""
    return sum(math.dist(a, b) for a, b in itertools.pairwise(points))


def reachable(floor: Floor, free: Mask, start: Vec2) -> Mask:
    """Return the cells that can be walked to from a point."""
    begin = floor.nearest(start, free)
    if begin is None:
        return np.zeros(floor.shape, np.bool_)
    # OpenCV is there anyway; scipy.ndimage alone would add a quarter of a second to every start.
    _, parts = cv2.connectedComponents(free.astype(np.uint8), connectivity=4)
    return np.asarray(parts == parts[floor.cell(begin)], np.bool_)


def _search(free: Mask, start: Cell, goal: Cell) -> list[Cell] | None:
    """Return the cells of a shortest walk."""
    height = free.shape[1]
    found = search(free, start[0] * height + start[1], goal[0] * height + goal[1])
    return [divmod(cell, height) for cell in found.tolist()] or None


class Pace:
    """Walks along a polyline: where somebody is after each moment, starting and stopping smoothly.

    Args:
        points: x, y in metres.
        speed_m_s: walking speed.
    """

    ACCELERATION = 2.0  # m/s2, a brisk but human start and stop

    def __init__(self, points: Sequence[Vec2], speed_m_s: float) -> None:
        self.points = [points[0]]
        for point in points[1:]:
            if math.dist(point, self.points[-1]) > 1e-6:
                self.points.append(point)
        self._legs = [math.dist(a, b) for a, b in itertools.pairwise(self.points)]
        self.total_m = sum(self._legs)
        self._speed = speed_m_s
        self.walked_m = 0.0
        self.speed_m_s = 0.0

    @property
    def done(self) -> bool:
        """Whether the end is reached."""
        return self.walked_m >= self.total_m - 1e-9

    @property
    def rest(self) -> list[Vec2]:
        """What is left of the walk, from here."""
        walked, k = self.walked_m, 0
        while k < len(self._legs) - 1 and walked > self._legs[k]:
            walked -= self._legs[k]
            k += 1
        return [self.at(self.walked_m), *self.points[k + 1 :]]

    def at(self, walked_m: float) -> Vec2:
        """Return the point so far along the walk."""
        for a, b, leg in zip(self.points, self.points[1:], self._legs, strict=False):
            if walked_m <= leg:
                t = max(walked_m, 0.0) / leg
                return (a[0] + (b[0] - a[0]) * t, a[1] + (b[1] - a[1]) * t)
            walked_m -= leg
        return self.points[-1]

    def step(self, seconds: float, clear_m: float = math.inf) -> float:
        """Return how far to go in the next moment; `take` then makes it so.

        Args:
            seconds: the moment.
            clear_m: free way ahead; the walker slows down to stop within it.
        """
        left = self.total_m - self.walked_m
        brake = math.sqrt(2 * self.ACCELERATION * max(min(left, clear_m), 0.0))
        faster = self.speed_m_s + self.ACCELERATION * seconds
        # A crawl at the very end: the braking curve alone would never quite arrive.
        self.speed_m_s = min(self._speed, faster, max(brake, 0.06 if clear_m > 0 else 0.0))
        return min(self.speed_m_s * seconds, left)

    def take(self, metres: float) -> None:
        """Go so far along the walk; 0 is a stop."""
        self.walked_m += metres
        if metres <= 0:
            self.speed_m_s = 0.0
