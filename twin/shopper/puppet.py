"""The moving state of one body: place, heading, trunk, hands and gait, drawn on the stage once a frame."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

from contracts.geometry import Vec3
from twin.shopper.body import Body
from twin.shopper.gait import Gait
from twin.shopper.skeleton import SIDES, UPRIGHT, Aim, Posture, Skeleton, hips, shoulders, stand
from twin.shopper.vec import Vec2, add, lerp, sub, turned, wrapped
from twin.stage import Side

FRAME_S = 1 / 60
_HAND_EASE_S = 0.13
_YAW_EASE_S = 0.16
_TRUNK_EASE_S = 0.15


@dataclass(slots=True)
class Hand:
    """One hand's way to be.

    Args:
        local: where it is: metres ahead, to the left, above the floor, in the body's frame.
        level: as in `Aim`.
        swivel: as in `Aim`.
        aim: where it must be, in the world; None = it eases towards `rest`.
        rest: where it tends, in the body's frame; None = it hangs and swings.
    """

    local: Vec3 = (0.0, 0.0, 0.7)
    level: float = 0.0
    swivel: float = 0.5
    aim: Aim | None = None
    rest: Vec3 | None = None


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
        self.gait = Gait(body.proportions.height_m)
        self.hands: dict[Side, Hand] = {side: Hand() for side in SIDES}
        self.grips: dict[Side, Vec3] | None = None
        self._last = place
        self._speed = 0.0
        for side, hand in self.hands.items():
            hand.local = self._hang(side)
        self.skeleton: Skeleton = stand(body.proportions, self.posture())

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
        speed = math.dist(self.place, self._last) / FRAME_S
        self._last = self.place
        self._speed += (speed - self._speed) * (1 - math.exp(-FRAME_S / 0.1))
        self.gait.advance(self._speed, FRAME_S)
        for side, hand in self.hands.items():
            self._ease(side, hand)
        self.skeleton = stand(self.body.proportions, self.posture())

    def posture(self) -> Posture:
        """Return the posture of this moment."""
        left, right = (self._aim(self.hands[side]) for side in SIDES)
        sunk = replace(self.trunk, drop_m=self.trunk.drop_m + self.gait.bob())
        return Posture(self.place, self.yaw, sunk, (left, right), self.gait.feet(self._speed))

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

    def _aim(self, hand: Hand) -> Aim:
        return hand.aim or Aim(self.world(hand.local), hand.level, hand.swivel)

    def _ease(self, side: Side, hand: Hand) -> None:
        if hand.aim is not None:
            hand.local, hand.level, hand.swivel = self.local(hand.aim.position), hand.aim.level, hand.aim.swivel
            return
        t = 1 - math.exp(-FRAME_S / _HAND_EASE_S)
        # The elbow of a hanging arm bends back, not out, where it would sweep shelves.
        goal, level, swivel = (self._hang(side), 0.0, 0.05) if hand.rest is None else (hand.rest, 1.0, 0.5)
        hand.local = lerp(hand.local, goal, t)
        hand.level += (level - hand.level) * t
        hand.swivel += (swivel - hand.swivel) * t

    def _hang(self, side: Side) -> Vec3:
        """Return where a free hand hangs and swings, or holds on, in the body's frame."""
        if self.grips is not None:
            return self.grips[side]
        p = self.body.proportions
        _, left, right = shoulders(p, hips(p, (0.0, 0.0), 0.0, self.trunk), 0.0, self.trunk)
        arm = 0.98 * (p.upper_arm_m + p.forearm_m + p.hand_m)
        swing = self.gait.swing() * _sign(side)
        down = (arm * math.sin(swing + 0.08), 0.015 * p.height_m * _sign(side), -arm * math.cos(swing + 0.08))
        return add(left if side == "left" else right, down)


def _sign(side: Side) -> int:
    return 1 if side == "left" else -1
