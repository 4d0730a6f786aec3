"""What of a store's survey stands in the way of a camera, as boxes: boards, back panels and walls."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from contracts.geometry import Floats, Pose, Vec3
from contracts.layout import Gondola, Layout, Wall

BOARD_M = 0.025
"""Thickness of a board with what is under its plates: nothing in the survey says it."""
WALL_M = 0.06


@dataclass(frozen=True, slots=True)
class Box:
    """A box in the frame of a pose.

    Args:
        pose: world.
        low: its lowest corner, metres.
        high: its highest corner, metres.
    """

    pose: Pose
    low: Vec3
    high: Vec3


def blockers(layout: Layout) -> list[Box]:
    """Return everything surveyed that hides what is behind it."""
    return [box for rack in layout.gondolas for box in _rack(rack)] + [_wall(wall) for wall in layout.walls]


def packed(boxes: list[Box]) -> Floats:
    """Return boxes as an (N, 18) table: rotation, origin, low, high."""
    rows = [[*box.pose.rotation.ravel(), *box.pose.position, *box.low, *box.high] for box in boxes]
    return np.array(rows, float).reshape(-1, 18)


def _rack(rack: Gondola) -> list[Box]:
    half = rack.width_m / 2
    deepest = max((shelf.depth_m for shelf in rack.shelves), default=0.0)
    back = Box(rack.pose, (-half, min(deepest, rack.depth_m - 0.01), 0.0), (half, rack.depth_m, rack.height_m))
    return [back, *(_board(shelf.pose, shelf.width_m, shelf.depth_m) for shelf in rack.shelves)]


def _board(pose: Pose, width_m: float, depth_m: float) -> Box:
    return Box(pose, (-width_m / 2, -depth_m / 2, -BOARD_M), (width_m / 2, depth_m / 2, 0.0))


def _wall(wall: Wall) -> Box:
    (x0, y0), (x1, y1) = wall.start, wall.end
    length, yaw = math.hypot(x1 - x0, y1 - y0), math.atan2(y1 - y0, x1 - x0)
    return Box(Pose.at(x0, y0, 0.0, yaw), (0.0, -WALL_M / 2, 0.0), (length, WALL_M / 2, wall.height_m))
