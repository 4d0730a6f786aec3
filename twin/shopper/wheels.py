"""What a shopper pushes or rides: its ground, its handles, and where they are when it stands somewhere."""

from __future__ import annotations

import math
from dataclasses import dataclass

from contracts.geometry import Pose, Vec3
from contracts.steps import Pushed
from twin.shopper.vec import Vec2
from twin.stage import Segment, Side


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of thing with wheels. It turns about the middle of its fixed axle, the origin; +x is ahead.

    Args:
        name: as scenarios and cameras know it.
        width_m: its full width; a lane must be wider.
        ground: x, y of points that cover its ground, if each takes as much room as a person's shoulders.
        behind_m: how far behind the axle its pusher walks; 0 for who sits in it.
        hand: where its pusher's left hand holds it, in the pusher's frame; height over the pusher's, at most `hand_z`.
        hand_z: height of the handle.
        colour: RGB of its cloth.
    """

    name: Pushed
    width_m: float
    ground: tuple[Vec2, ...]
    behind_m: float
    hand: Vec2
    hand_z: float
    colour: tuple[int, int, int]

    @property
    def ahead_m(self) -> float:
        """How far ahead of its pusher's ground its own reaches."""
        return max(x for x, _ in self.ground) + self.behind_m

    def pivot(self, feet: Vec2, yaw: float) -> Vec2:
        """Return where the axle is when the pusher stands at a point."""
        return (feet[0] + self.behind_m * math.cos(yaw), feet[1] + self.behind_m * math.sin(yaw))

    def feet(self, pivot: Vec2, yaw: float) -> Vec2:
        """Return where the pusher stands when the axle is at a point."""
        return (pivot[0] - self.behind_m * math.cos(yaw), pivot[1] - self.behind_m * math.sin(yaw))

    def covers(self, pivot: Vec2, yaw: float) -> tuple[Vec2, ...]:
        """Return the points of its ground, world, metres."""
        c, s = math.cos(yaw), math.sin(yaw)
        return tuple((pivot[0] + c * x - s * y, pivot[1] + s * x + c * y) for x, y in self.ground)

    def grips(self, height_m: float) -> dict[Side, Vec3]:
        """Return where hands hold it, in the frame of a pusher of a height."""
        x, y = self.hand
        z = min(self.hand_z, 0.66 * height_m)
        return {"left": (x, y, z), "right": (x, -y, z)}

    def segments(self) -> tuple[Segment, ...]:
        """Return its one rigid part."""
        return (Segment(self.name, self.name, (self.width_m / 2, 0.0, 0.0), self.colour),)


def _rows(aside: float, *ahead: float) -> tuple[Vec2, ...]:
    return tuple((x, y) for x in ahead for y in (-aside, aside))


_CHAIR = (*_rows(0.09, 0.0, 0.22, 0.44), (0.60, 0.0))
# Sizes are those of everyday models: a pram 0.58 m wide and 0.95 m long with its carrycot, a wheelchair of 0.60 x 1.1 m
# with its rider's feet, a small trolley of 0.54 x 0.90 m.
PUSHED: dict[Pushed, Kind] = {
    "pram": Kind("pram", 0.58, _rows(0.08, 0.0, 0.2, 0.4), 0.62, (0.36, 0.17), 1.02, (52, 66, 92)),
    "wheelchair": Kind("wheelchair", 0.60, _CHAIR, 0.66, (0.34, 0.21), 0.94, (36, 36, 40)),
    "trolley": Kind("trolley", 0.54, _rows(0.07, 0.0, 0.2, 0.42), 0.62, (0.36, 0.20), 1.00, (150, 154, 160)),
}
RIDDEN = Kind("wheelchair", 0.60, _CHAIR, 0.0, (0.05, 0.29), 0.62, (36, 36, 40))
"""A wheelchair moved by who sits in it, with hands on the rims."""


class Wheels:
    """One thing as it stands.

    Args:
        kind: what it is.
        owner: the shopper who brought it.
    """

    def __init__(self, kind: Kind, owner: str) -> None:
        self.kind = kind
        self.name = f"{owner}'s {kind.name}"
        self.at: Vec2 = (0.0, 0.0)
        self.yaw = 0.0
        self.held = True

    @property
    def ridden(self) -> bool:
        """Whether its owner sits in it."""
        return self.kind.behind_m == 0.0

    @property
    def ground(self) -> tuple[Vec2, ...]:
        """The points of its ground."""
        return self.kind.covers(self.at, self.yaw)

    @property
    def handle(self) -> Vec2:
        """Where its pusher stands."""
        return self.kind.feet(self.at, self.yaw)

    def poses(self) -> tuple[Pose, ...]:
        """Return the pose of its one part."""
        return (Pose.at(self.at[0], self.at[1], 0.0, self.yaw),)


def wheels_of(owner: str, pushes: str, *, seated: bool) -> Wheels | None:
    """Return what a shopper pushes or rides, or None."""
    if seated:
        return Wheels(RIDDEN, owner)
    kind = next((kind for name, kind in PUSHED.items() if name == pushes), None)
    return Wheels(kind, owner) if kind else None


ROOM_M = 0.04
"""A lane must be so much wider than what goes through it."""


def needed_m(pushes: str, *, seated: bool) -> float:
    """Return how wide a lane must be for a shopper with what they push or ride; 0 without such."""
    wheels = wheels_of("", pushes, seated=seated)
    return wheels.kind.width_m + ROOM_M if wheels else 0.0
