"""Where a hand goes to take an item from a shelf, or to set one down: geometry in the frame of the shelf's front."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from contracts.geometry import Pose, Vec3
from twin.proportions import Proportions
from twin.shopper.stance import Front

_TIP_M = 0.008  # fingertips to the goods: they close on them, they do not push
_ABOVE_PLATE_M = 0.012  # lower edge of the hand over the plate
_BELOW_BOARD_M = 0.040  # middle of the hand under the next board
_UPPER = 0.65  # where on an item's height it is held
_LOWEST = 0.3
_OVERHEAD = 1.04  # over height; above that, an item is held as low as it may be
_CLEAR_M = 0.015  # between a hand and the goods that it passes over
_BEFORE_M = 0.05  # fingertips before the shelf's front, ready to go in
_LIFT_M = 0.065
_LIFT_LEAST_M = 0.015
_HEADROOM_M = 0.006


@dataclass(frozen=True, slots=True)
class Box:
    """An item's bounds in a shelf front's frame: middle and half extents, metres."""

    middle: Vec3
    half: Vec3

    @property
    def near(self) -> float:
        """Depth of the side that faces the shopper."""
        return self.middle[1] - self.half[1]

    @property
    def bottom(self) -> float:
        """Height of its lowest point."""
        return self.middle[2] - self.half[2]

    @property
    def top(self) -> float:
        """Height of its highest point."""
        return self.middle[2] + self.half[2]


def box_of(front: Front, pose: Pose, size_m: Vec3) -> Box:
    """Return the bounds of an item as it lies, in the frame of a shelf's front."""
    turn = front.pose.rotation.T @ pose.rotation
    half = np.abs(turn) @ (np.asarray(size_m) / 2)
    return Box(front.local(pose.position), (float(half[0]), float(half[1]), float(half[2])))


@dataclass(frozen=True, slots=True)
class Reach:
    """The way of a hand into a shelf and out again; each a point for the middle of the hand, metres, world.

    Args:
        ready: before the shelf.
        into: from there to the item, the last being where the hand closes or opens.
        lifted: above the last of `into`.
        out: before the shelf again, the item with it.
    """

    ready: Vec3
    into: tuple[Vec3, ...]
    lifted: Vec3
    out: Vec3

    @property
    def goals(self) -> tuple[Vec3, ...]:
        """What a stance must bring within reach, the innermost first."""
        return (self.into[-1], self.lifted)


def height_for(p: Proportions, front: Front, box: Box) -> float:
    """Return the height at which a hand holds an item: its upper half, between plate and board.

    Who has to reach far up takes it lower.
    """
    low = front.plate_z + p.hand_half_m[2] + _ABOVE_PLATE_M
    high = front.board_z - _BELOW_BOARD_M
    size = 2 * box.half[2]
    wanted = min(box.bottom + _UPPER * size, max(box.bottom + _LOWEST * size, _OVERHEAD * p.top_m))
    return max(low, min(wanted, high))


def to_take(p: Proportions, front: Front, boxes: tuple[Box, ...], others: Iterable[Box]) -> Reach:
    """Return the way to an item (or several side by side) and back.

    Args:
        p: the body.
        front: the shelf.
        boxes: what is taken.
        others: what else stands on the shelf; the hand goes over what stands before the item, where there is room.
    """
    fingers, _, thumb = p.hand_half_m
    x = sum(box.middle[0] for box in boxes) / len(boxes)
    near = min(box.near for box in boxes)
    z = max(height_for(p, front, box) for box in boxes)
    y = near - fingers - _TIP_M
    top = max((box.top for box in others if _in_way(p, box, x, near)), default=0.0)
    over = top + thumb + _CLEAR_M
    if z < over <= front.board_z - _BELOW_BOARD_M:
        z = over
        if z - thumb > max(box.top for box in boxes):
            y = near - fingers / 2
    # The lower the board above, the lower the lift: taken goods do not go through it.
    room = front.board_z - _HEADROOM_M - max(box.top for box in boxes)
    lift = max(_LIFT_LEAST_M, min(_LIFT_M, room, front.board_z - _BELOW_BOARD_M / 2 - z))
    if z > _OVERHEAD * p.top_m:
        lift = _LIFT_LEAST_M
    depth = max(2 * box.half[1] for box in boxes)
    before = -fingers - _BEFORE_M
    return Reach(
        front.world(x, min(before, y), z),
        (front.world(x, y, z),),
        front.world(x, y, z + lift),
        front.world(x, min(before, y, -fingers - _TIP_M - depth - 0.02), z + lift),
    )


def in_front(p: Proportions, box: Box, others: Iterable[Box]) -> float:
    """Return the height of what stands between the shopper and a place on a shelf, metres; 0 when nothing does."""
    half = max(box.half[0], p.hand_half_m[1] + 0.004)
    before = (other for other in others if other.near < box.near - 0.005)
    return max(
        (other.top for other in before if abs(other.middle[0] - box.middle[0]) < other.half[0] + half), default=0
    )


def to_put(front: Front, hand: Vec3, size_m: Vec3, spot: Pose, over_z: float = 0.0) -> Reach:
    """Return the way to set down a held item.

    Args:
        front: the shelf.
        hand: where the hand is relative to the item while both are level and face the shelf: right, ahead, up.
        size_m: its size.
        spot: where its centre shall be, world.
        over_z: height of what stands before the spot; the item is carried over it, where there is room.
    """
    box = box_of(front, spot, size_m)
    x, y, z = (box.middle[k] + hand[k] for k in range(3))
    room = front.board_z - _HEADROOM_M - box.top
    lift = max(_LIFT_LEAST_M, min(max(_LIFT_M, over_z + _CLEAR_M - box.bottom), room))
    outside = y - (box.middle[1] + box.half[1]) - 0.02
    return Reach(
        front.world(x, outside, z + lift),
        (front.world(x, y, z + lift), front.world(x, y, z)),
        front.world(x, y, z),
        front.world(x, min(outside, -0.15), z),
    )


def to_touch(p: Proportions, front: Front, box: Box, press_m: float) -> Reach:
    """Return the way to press an item: on its top where there is room above it, else on its near side."""
    fingers, _, thumb = p.hand_half_m
    x, before = box.middle[0], -fingers - _BEFORE_M
    above = box.top + thumb
    if above + 0.02 <= front.board_z - 0.03:
        y = box.middle[1] - fingers / 2
        over, down = front.world(x, y, above + 0.02), front.world(x, y, above - press_m)
        return Reach(front.world(x, before, above + 0.02), (over, down), over, front.world(x, before, above + 0.02))
    z, y = height_for(p, front, box), box.near - fingers
    ready = front.world(x, min(before, y - 0.03), z)
    return Reach(ready, (front.world(x, y + press_m, z),), front.world(x, y - 0.01, z), ready)


def _in_way(p: Proportions, box: Box, x: float, near: float) -> bool:
    """Whether something stands where a hand would come in straight."""
    return abs(box.middle[0] - x) < box.half[0] + p.hand_half_m[1] + 0.004 and box.near < near - 0.01
