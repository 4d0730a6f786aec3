"""The moving state of one body: place, heading, trunk, hands and gait, drawn on the stage once a frame."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from contracts.geometry import Floats, Vec3
from twin.shopper import gait, kinematics
from twin.shopper.body import Body
from twin.shopper.skeleton import SIDES, UPRIGHT, Aim, Skeleton, lengths_of, trunk_row
from twin.shopper.vec import Vec2, add, sub, turned, wrapped
from twin.stage import Side

FRAME_S = gait.FRAME_S
_YAW_EASE_S = 0.16
_TRUNK_EASE_S = 0.15
_ELBOW = 0.5
"""How far the elbows stand out at first."""


@dataclass(slots=True)
class Hand:
    """One hand's way to be.

    Args:
        state: (5,) where it is: metres ahead, to the left, above the floor, in the body's frame; level and swivel as in
            `Aim`.
        aim: where it must be, in the world; None = it eases towards `rest`.
        rest: where it tends, in the body's frame; None = it hangs and swings.
    """

    state: Floats
    aim: Aim | None = None
    rest: Vec3 | None = None

    @property
    def level(self) -> float:
        """As in `Aim`."""
        return float(self.state[3])

    @property
    def swivel(self) -> float:
        """As in `Aim`."""
        return float(self.state[4])

    def wish(self, grip: Vec3 | None) -> tuple[float, ...]:
        """Return what it does, as compiled code takes it.

        Args:
            grip: what it holds on to when it has nothing else to do, in the body's frame.
        """
        if self.aim is not None:
            return (gait.REACHES, *self.aim.position, self.aim.level, self.aim.swivel)
        if self.rest is not None:
            return (gait.RESTS, *self.rest, 0.0, 0.0)
        return (gait.SWINGS, 0.0, 0.0, 0.0, 0.0, 0.0) if grip is None else (gait.HOLDS, *grip, 0.0, 0.0)


class Puppet:
    """A body that is somewhere and does something.

    Hands without work hang and swing, or hold on at `grips`, in the body's frame.

    Args:
        body: its shape.
        place: x, y, metres.
        yaw: heading, radians.
    """

    def __init__(self, body: Body, place: Vec2, yaw: float) -> None:
        self.body = body
        self.place = place
        self.yaw = yaw
        self.trunk = UPRIGHT
        self._state, self._shoulders = np.zeros(gait.STATE), np.empty((4, 3))
        self._lengths, p = lengths_of(body.proportions), body.proportions
        self._height_m, self._arm_m = p.height_m, p.upper_arm_m + p.forearm_m + p.hand_m
        self.hands: dict[Side, Hand] = {
            side: Hand(self._state[gait.HANDS + gait.HAND * k :][: gait.HAND]) for k, side in enumerate(SIDES)
        }
        self.grips: dict[Side, Vec3] | None = None
        self._last = place
        self._at = np.empty(kinematics.POSTURE)
        self._let_hang()
        self.skeleton = self.held()

    def move_to(self, place: Vec2, yaw: float | None = None) -> None:
        """Be somewhere else in this frame; the heading follows the way walked, smoothly."""
        if yaw is None:
            step = (place[0] - self.place[0], place[1] - self.place[1])
            if math.hypot(*step) > 1e-4:
                self.turn(math.atan2(step[1], step[0]))
        else:
            self.yaw = yaw
        self.place = place

    def turn(self, yaw: float) -> float:
        """Turn a little towards a heading; return how much is left, radians."""
        left = wrapped(yaw - self.yaw)
        step = left * (1 - math.exp(-FRAME_S / _YAW_EASE_S))
        # Never slower than 0.5 rad/s near the end, nor faster than 5.
        step = math.copysign(min(max(abs(step), 0.5 * FRAME_S), 5 * FRAME_S, abs(left)), left)
        self.yaw = wrapped(self.yaw + step)
        return left - step

    def straighten(self) -> None:
        """Ease the trunk upright."""
        self.trunk = self.trunk.blend(UPRIGHT, 1 - math.exp(-FRAME_S / _TRUNK_EASE_S))

    def settle(self) -> None:
        """Work out where every part is at the end of this frame."""
        speed_m_s = math.dist(self.place, self._last) / FRAME_S
        self._last = self.place
        self._lift_shoulders()
        wish, roots = self._wish(speed_m_s), self._shoulders[1:3]
        gait.go_on(self._state, wish, self._height_m, self._arm_m, roots, self._at)
        self.skeleton = Skeleton(self._lengths, self._at)

    def hand_at(self, side: Side) -> Vec3:
        """Return where the middle of a hand is, metres, world."""
        return self.skeleton.joint[f"{side}_hand"]

    def world(self, local: Vec3) -> Vec3:
        """Return the world point of metres ahead, to the left, above the floor."""
        return add((self.place[0], self.place[1], 0.0), turned(local, self.yaw))

    def local(self, point: Vec3) -> Vec3:
        """Return a world point in the body's frame."""
        return turned(sub(point, (self.place[0], self.place[1], 0.0)), -self.yaw)

    def carry_point(self, side: Side) -> Vec3:
        """Return where a hand holds something before the chest, in the body's frame."""
        h, sunk = self.body.proportions.height_m, self.body.proportions.sunk_m
        return (0.16 * h, 0.07 * h * _sign(side), 0.64 * h - sunk)

    def bag_point(self, side: Side) -> Vec3:
        """Return where a hand puts something into the bag at the hip, in the body's frame."""
        h, sunk = self.body.proportions.height_m, self.body.proportions.sunk_m
        return (0.06 * h, 0.15 * h * _sign(side), 0.50 * h - 0.5 * sunk)

    def _wish(self, speed_m_s: float) -> Floats:
        """Return where the body is now and what its hands do, as compiled code takes it."""
        grips = self.grips or {}
        left, right = (hand.wish(grips.get(side)) for side, hand in self.hands.items())
        return np.array((*trunk_row(self.place, self.yaw, self.trunk), speed_m_s, *left, *right), float)

    def _lift_shoulders(self) -> None:
        """Work out where the shoulders are in the body's frame."""
        trunk = np.array(trunk_row((0.0, 0.0), 0.0, self.trunk), float)
        kinematics.upper(self._lengths, trunk, self._shoulders)

    def _let_hang(self) -> None:
        """Begin with hanging hands."""
        self._lift_shoulders()
        for k, hand in enumerate(self.hands.values()):
            hand.state[:3] = gait.hang(self._state, self._height_m, self._arm_m, self._shoulders[1 + k], 1.0 - 2.0 * k)
            hand.state[4] = _ELBOW

    def held(self) -> Skeleton:
        """Return the skeleton of this moment."""
        gait.hold(self._state, self._wish(0.0), self._height_m, self._at)
        return Skeleton(self._lengths, self._at)


def _sign(side: Side) -> int:
    return 1 if side == "left" else -1
