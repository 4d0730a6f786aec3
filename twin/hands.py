"""The parts of bodies that push goods: soft, and wherever the shopper puts them."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable
from dataclasses import dataclass

import numpy as np

from contracts.geometry import Pose, Quaternion, Vec3, vec3
from twin.physics import Physics
from twin.stage import Segment

MARGIN_M = 0.03
"""A part that comes this near to a gondola's outline takes part in its physics."""

# A jump farther than this between two samples is a new start (a body that appears), not a movement, metres.
JUMP_M = 0.3


@dataclass(slots=True)
class _Hand:
    """One solid part of a body.

    Args:
        body: its id in physics.
        radius_m: of the ball around it.
        before: where it was at the last sample.
        now: where it is at this one.
        parked: whether it is out of the game.
    """

    body: int
    radius_m: float
    before: Pose
    now: Pose
    parked: bool = True


class Hands:
    """All solid body parts in one physics world.

    Args:
        physics: the world.
        near: whether a ball (middle and radius, metres) is where goods are.
    """

    def __init__(self, physics: Physics, near: Callable[[Vec3, float], bool]) -> None:
        self._physics, self._near = physics, near
        self._hands: dict[str, _Hand] = {}

    def add(self, name: str, segment: Segment) -> None:
        """Add a body part, out of the game until it is moved."""
        body = self._physics.hand(_shape(self._physics, segment))
        self._physics.park(body, asleep=False)
        away = Pose((0.0, 0.0, -1e3))
        self._hands[name] = _Hand(body, _radius(segment), away, away)

    def remove(self, name: str) -> None:
        """Take a body part out of the game for good."""
        self._physics.park(self._hands.pop(name).body)

    def move(self, name: str, pose: Pose) -> None:
        """Say where a body part is at the end of this sample."""
        hand = self._hands[name]
        jumped = _distance(hand.now.position, pose.position) > JUMP_M
        hand.before, hand.now = (pose if jumped else hand.now), pose

    def begin(self) -> tuple[str, ...]:
        """Begin a sample: park the hands that went away; return the names of those that are near."""
        near = []
        for name, hand in self._hands.items():
            if self._near(hand.now.position, hand.radius_m + MARGIN_M):
                near.append(name)
                hand.parked = False
            elif not hand.parked:
                self._physics.park(hand.body, asleep=False)
                hand.parked = True
        return tuple(near)

    def advance(self, names: Iterable[str], share: float) -> None:
        """Put hands at a share of their way through this sample."""
        for name in names:
            hand = self._hands[name]
            position = _between(hand.before.position, hand.now.position, share)
            turn: Quaternion = hand.now.quaternion
            self._physics.place(hand.body, position, turn)

    def settle(self, names: Iterable[str]) -> None:
        """End a sample: a hand that is not moved again stays where it is."""
        for name in names:
            self._hands[name].before = self._hands[name].now

    def touched(self, names: Iterable[str]) -> dict[int, str]:
        """Return the bodies that hands press against, with the name of the hand."""
        return {body: name for name in names for body in self._physics.touching(self._hands[name].body)}


def _radius(segment: Segment) -> float:
    """Return the radius of the ball around a body part, metres."""
    x, y, z = segment.size_m
    if segment.kind == "capsule":
        return z / 2
    return math.hypot(x, y, z) if segment.kind == "box" else max(x, y, z)


def _shape(physics: Physics, segment: Segment) -> int:
    """Return the physical shape of a body part."""
    x, y, z = segment.size_m
    if segment.kind == "capsule":
        return physics.capsule(x, z)
    if segment.kind == "box":
        return physics.box((2 * x, 2 * y, 2 * z))
    return physics.hull(_ellipsoid(segment.size_m))


def _ellipsoid(half_axes: Vec3, rings: int = 5, sides: int = 8) -> tuple[Vec3, ...]:
    """Return points on an ellipsoid, poles included, for its convex hull."""
    points: list[Vec3] = []
    for polar in np.linspace(0, np.pi, rings):
        for turn in np.arange(sides) * 2 * np.pi / sides:
            unit = (np.sin(polar) * np.cos(turn), np.sin(polar) * np.sin(turn), np.cos(polar))
            points.append(vec3(np.round(np.multiply(unit, half_axes), 6)))
    return tuple(dict.fromkeys(points))


def _between(start: Vec3, end: Vec3, share: float) -> Vec3:
    """Return the point at a share of the way."""
    x, y, z = (a + (b - a) * share for a, b in zip(start, end, strict=True))
    return (x, y, z)


def _distance(a: Vec3, b: Vec3) -> float:
    return max(abs(p - q) for p, q in zip(a, b, strict=True))
