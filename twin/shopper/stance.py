"""How to stand to reach a point on a shelf: where the feet go, how the trunk bends, how the elbow is held.

A search over a few dozen stances, the easiest first: stand and reach, lean, step closer, twist, crouch, go on tiptoe.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache

from contracts.geometry import Pose, Vec3
from contracts.layout import Gondola, Shelf
from twin.proportions import Proportions
from twin.shopper.skeleton import Aim, Trunk, stretch, upper
from twin.shopper.vec import Vec2, add, lerp, scale
from twin.stage import Side

# How far the body's middle stands before the shelf's front edge, the most comfortable first.
_DISTANCES = (0.50, 0.45, 0.40, 0.55, 0.34, 0.28)
# The same for who sits in a wheelchair: feet and footrests are between.
_SEATED_DISTANCES = (0.86, 0.91, 0.96)
# How far the body stands beside the hand's line, towards the other hand, over height.
_ASIDE = (0.07, 0.0, 0.15, -0.08, 0.23)
_DROPS = (0.0, 0.10, 0.20, 0.30)  # over height; 0.30 is a deep squat
_PITCHES = (0.0, 0.2, 0.45, 0.7, 1.0)
_SWIVELS = (0.5, 0.15, 1.0, 1.4, 1.8)
_RISE = 0.045  # over height, on tiptoe
_TWIST = 0.35
_HEAD_CLEAR_M = 0.04  # head to the plane of the shelves' front
_FULL = 0.985  # how far an arm may be stretched


Goals = tuple[Vec3, ...]


@dataclass(frozen=True, slots=True)
class Stance:
    """A way to stand and reach.

    Args:
        side: the hand that reaches.
        place: x, y of the body's middle, metres, world.
        yaw: heading, radians.
        trunk: how the trunk is held while the hand is at the target.
        swivel: how the elbow is held.
    """

    side: Side
    place: Vec2
    yaw: float
    trunk: Trunk
    swivel: float


@dataclass(frozen=True, slots=True)
class Front:
    """The front plane of one shelf, as somebody who reaches into it needs it.

    Args:
        pose: world; x to the right of a shopper who faces it, y into the shelf; origin on the floor, at the front edge.
        plate_z: top of the plates, metres.
        board_z: underside of the next board, metres.
        half_m: half of the shelf's width.
        name: the shelf's id.
    """

    pose: Pose
    plate_z: float
    board_z: float
    half_m: float
    name: str = ""

    @classmethod
    def of(cls, shelf: Shelf) -> Front:
        """Return the front of a shelf."""
        x, y, _ = shelf.pose.apply((0.0, -shelf.depth_m / 2, 0.0)).tolist()
        z = shelf.pose.position[2]
        return cls(Pose.at(x, y, 0.0, shelf.pose.yaw), z, z + shelf.clearance_m, shelf.width_m / 2, shelf.id)

    @property
    def yaw(self) -> float:
        """Heading of somebody who faces it, radians."""
        return self.pose.yaw + math.pi / 2

    def local(self, point: Vec3) -> Vec3:
        """Return a world point as metres to the right, behind the front plane, above the floor."""
        x, y, z = self.pose.unapply(point).tolist()
        return (x, y, z)

    def world(self, x: float, y: float, z: float) -> Vec3:
        """Return the world point of metres to the right, behind the front plane, above the floor."""
        a, b, c = self.pose.apply((x, y, z)).tolist()
        return (a, b, c)


def rack_front(gondola: Gondola) -> Front:
    """Return the front plane of a whole rack, for those who only stand before it."""
    x, y, _ = gondola.pose.position
    half = gondola.width_m / 2
    return Front(Pose.at(x, y, 0.0, gondola.pose.yaw), 0.0, gondola.height_m, half, gondola.id)


def find(p: Proportions, side: Side, front: Front, goals: Goals, free: Callable[[Vec2], bool]) -> Stance | None:
    """Return the easiest stance from which a hand gets to its goals without passing through a board.

    Args:
        p: the body.
        side: which hand.
        front: the shelf.
        goals: where the middle of the hand must get, metres, world; the first is the deepest in the shelf.
        free: whether a body may stand at a point.
    """
    for clear in (True, False):
        for place in spots(p, side, front, goals[0]):
            if not free(place):
                continue
            stance = _stand(p, side, front, goals, place, clear=clear)
            if stance is not None:
                return stance
    return None


def at(p: Proportions, side: Side, front: Front, goals: Goals, place: Vec2) -> Stance | None:
    """Return the easiest stance at a given place, if the hand gets to its goals from there without a scrape."""
    return _stand(p, side, front, goals, place, clear=True)


def spots(p: Proportions, side: Side, front: Front, target: Vec3) -> Iterator[Vec2]:
    """Yield the places to stand at, the best first."""
    x, _, _ = front.local(target)
    away = -1.0 if side == "right" else 1.0
    for distance in _SEATED_DISTANCES if p.seated else _DISTANCES:
        for aside in _ASIDE:
            room = 1.0 if p.seated else _room(p)
            at = front.world(x + away * aside * p.height_m, -distance * room, 0.0)
            yield (at[0], at[1])


def _room(p: Proportions) -> float:
    """Return how much of the usual distance a body keeps: a child stands closer."""
    return min(1.0, 0.55 + 0.45 * p.height_m / 1.6)


def _stand(p: Proportions, side: Side, front: Front, goals: Goals, place: Vec2, *, clear: bool) -> Stance | None:
    """Return the easiest way to hold trunk and elbow at one place, or None."""
    yaw = front.yaw
    arm_m = (p.upper_arm_m + p.forearm_m) * _FULL
    turn = _TWIST if side == "right" else -_TWIST
    back = (-p.hand_m * math.cos(yaw), -p.hand_m * math.sin(yaw), 0.0)
    wrists = [add(goal, back) for goal in goals]
    for drop, rise, pitch, twist in _seated_efforts() if p.seated else _efforts():
        trunk = Trunk(drop * p.height_m, rise * p.height_m, pitch, twist * turn)
        neck, left, right, axis = upper(p, place, yaw, trunk)
        shoulder = left if side == "left" else right
        if max(math.dist(shoulder, wrist) for wrist in wrists) > arm_m or not _head_clear(p, front, neck, axis):
            continue
        for swivel in _SWIVELS:
            if not clear or _arm_clear(p, side, front, shoulder, Aim(goals[0], 1.0, swivel)):
                return Stance(side, place, yaw, trunk, swivel)
    return None


@cache
def _efforts() -> tuple[tuple[float, float, float, float], ...]:
    """Return (drop, rise, pitch, twist), the least effort first."""
    ways = [(drop, 0.0, pitch, twist) for drop in _DROPS for pitch in _PITCHES for twist in (0.0, 1.0)]
    ways += [(0.0, _RISE, pitch, twist) for pitch in _PITCHES[:3] for twist in (0.0, 1.0)]
    return tuple(sorted(ways, key=lambda w: (round(4 * w[0] + 12 * w[1] + w[2] + 0.3 * w[3], 6), w)))


@cache
def _seated_efforts() -> tuple[tuple[float, float, float, float], ...]:
    """Return the same for who sits: neither crouching nor on tiptoe."""
    return tuple(way for way in _efforts() if way[0] == 0.0 and way[1] == 0.0)


def _head_clear(p: Proportions, front: Front, neck: Vec3, axis: Vec3) -> bool:
    """Whether the head stays before the shelves."""
    middle = add(neck, scale(axis, p.neck_m - p.head_m / 2))
    return front.local(middle)[1] < -(0.42 * p.head_m + _HEAD_CLEAR_M)


def _arm_clear(p: Proportions, side: Side, front: Front, shoulder: Vec3, aim: Aim) -> bool:
    """Whether the forearm passes between the boards where it crosses the shelf's front."""
    elbow, wrist = (front.local(point) for point in stretch(p, side, shoulder, front.yaw, aim))
    if elbow[1] > -0.02:
        return False
    if wrist[1] <= 0:
        return True
    crossing = lerp(elbow, wrist, elbow[1] / (elbow[1] - wrist[1]))
    radius = 0.021 * p.height_m
    # A hand's breadth of play in height is not to be had on low boards: the radius itself must do.
    return front.plate_z + radius < crossing[2] < front.board_z - radius
