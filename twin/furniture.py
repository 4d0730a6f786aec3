"""What never moves: floor, walls, boards, plates, back panels and gate barriers, as boxes with a colour."""

from __future__ import annotations

import math
from dataclasses import dataclass

from contracts.geometry import Pose, Vec3
from contracts.layout import GateInfo, GateKind, Gondola, Layout, Shelf, Wall

Colour = tuple[int, int, int]

FLOOR: Colour = (168, 164, 158)
WALL: Colour = (222, 220, 214)
BOARD: Colour = (236, 236, 232)
PLATE: Colour = (198, 202, 206)
BACK: Colour = (210, 206, 200)
BARRIER: Colour = (70, 160, 170)

PLATE_THICK = 0.006
BOARD_THICK = 0.018
PANEL_THICK = 0.012
WALL_THICK = 0.06
FLOOR_THICK = 0.1
PLATE_GAP = 0.001
"""Between neighbouring plates: a plate that touched the next one would share its load, metres."""
BARRIER_HEIGHT = 1.0
FLOOR_MARGIN = 1.0
"""How far the floor reaches beyond the surveyed bounds, so that whatever falls there has ground, metres."""


@dataclass(frozen=True, slots=True)
class Solid:
    """One box.

    Args:
        name: "floor", "wall-1", a plate id, a shelf id for its board, a gondola id for its back panel, a gate id.
        size_m: full size along its own axes.
        pose: world; origin at its centre.
        colour: RGB 0..255.
    """

    name: str
    size_m: Vec3
    pose: Pose
    colour: Colour


def building(layout: Layout) -> tuple[Solid, ...]:
    """Return the floor and the walls."""
    return (_floor(layout), *(_wall(f"wall-{i}", wall) for i, wall in enumerate(layout.walls, start=1)))


def barriers(layout: Layout) -> tuple[Solid, ...]:
    """Return the closed barrier of every turnstile, named after its gate."""
    return tuple(_barrier(gate) for gate in layout.gates if gate.kind is GateKind.TURNSTILE)


def rack(gondola: Gondola) -> tuple[Solid, ...]:
    """Return the back panel, boards and plates of a gondola."""
    pieces = [_back(gondola)]
    for shelf in gondola.shelves:
        pieces += [_board(shelf), *_plates(shelf)]
    return tuple(pieces)


def _floor(layout: Layout) -> Solid:
    """Return a slab under everything, its top at z = 0."""
    x0, y0, x1, y1 = layout.bounds_m
    size = (x1 - x0 + 2 * FLOOR_MARGIN, y1 - y0 + 2 * FLOOR_MARGIN, FLOOR_THICK)
    return Solid("floor", size, Pose.at((x0 + x1) / 2, (y0 + y1) / 2, -FLOOR_THICK / 2), FLOOR)


def _wall(name: str, wall: Wall) -> Solid:
    """Return a wall as a box along its line."""
    (x0, y0), (x1, y1) = wall.start, wall.end
    yaw = math.atan2(y1 - y0, x1 - x0)
    pose = Pose.at((x0 + x1) / 2, (y0 + y1) / 2, wall.height_m / 2, yaw)
    return Solid(name, (math.hypot(x1 - x0, y1 - y0) + WALL_THICK, WALL_THICK, wall.height_m), pose, WALL)


def _barrier(gate: GateInfo) -> Solid:
    """Return a thin panel across the lane."""
    pose = gate.pose.then(Pose((0.0, 0.0, BARRIER_HEIGHT / 2)))
    return Solid(gate.id, (0.02, gate.width_m, BARRIER_HEIGHT), pose, BARRIER)


def _back(gondola: Gondola) -> Solid:
    """Return the panel behind the deepest shelf."""
    front = max((shelf.depth_m for shelf in gondola.shelves), default=gondola.depth_m - PANEL_THICK)
    thick = max(gondola.depth_m - front, PANEL_THICK)
    pose = gondola.pose.then(Pose((0.0, front + thick / 2, gondola.height_m / 2)))
    return Solid(gondola.id, (gondola.width_m, thick, gondola.height_m), pose, BACK)


def _board(shelf: Shelf) -> Solid:
    """Return the board: under the plates, or level with the shelf where there are none."""
    top = -PLATE_THICK - PLATE_GAP if shelf.plates else 0.0
    pose = shelf.pose.then(Pose((0.0, 0.0, top - BOARD_THICK / 2)))
    return Solid(shelf.id, (shelf.width_m, shelf.depth_m, BOARD_THICK), pose, BOARD)


def _plates(shelf: Shelf) -> list[Solid]:
    """Return the plates of a shelf, slightly apart."""
    return [
        Solid(
            plate.id,
            (plate.width_m - PLATE_GAP, plate.depth_m, PLATE_THICK),
            plate.pose.then(Pose((0.0, 0.0, -PLATE_THICK / 2))),
            PLATE,
        )
        for plate in shelf.plates
    ]
