"""The parts of bodies that push goods, in one gondola's physics: soft, and wherever the shopper puts them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

import numpy as np

from contracts.geometry import Vec3, vec3
from twin.limbs import Limb, Limbs
from twin.physics import Physics
from twin.stage import Segment

MARGIN_M = 0.03
"""A part that comes this near to a gondola's outline takes part in its physics."""

Near = Callable[[Vec3, float], bool]
"""Whether a ball (middle and radius, metres) is near something."""


@dataclass(slots=True)
class Hand:
    """One solid part of a body in this world.

    Args:
        limb: where it is.
        body: its id in physics.
        parked: whether it is out of the game.
    """

    limb: Limb
    body: int
    parked: bool = True


class Hands:
    """All solid body parts in one physics world.

    Args:
        physics: the world.
        outline: whether a ball is near the gondola at all; asked for whole bodies first.
        near: whether a ball is where goods are.
    """

    def __init__(self, physics: Physics, outline: Near, near: Near) -> None:
        self._physics, self._outline, self._near = physics, outline, near
        self._bodies: dict[str, tuple[Limbs, tuple[Hand, ...]]] = {}
        # Most bodies are far from most gondolas: these need not be looked at hand by hand.
        self._far: set[str] = set()

    def add(self, limbs: Limbs) -> None:
        """Add the solid parts of a body, out of the game until they are moved."""
        hands = []
        for limb in limbs.all:
            body = self._physics.hand(_shape(self._physics, limb.segment))
            self._physics.park(body, asleep=False)
            hands.append(Hand(limb, body))
        self._bodies[limbs.shopper] = limbs, tuple(hands)
        self._far.add(limbs.shopper)

    def remove(self, shopper: str) -> None:
        """Take a body out of the game for good."""
        self._far.discard(shopper)
        for hand in self._bodies.pop(shopper)[1]:
            self._physics.park(hand.body)

    def begin(self) -> tuple[Hand, ...]:
        """Begin a sample: park the hands that went away; return those that are near."""
        near: list[Hand] = []
        for name, (limbs, hands) in self._bodies.items():
            if self._outline(limbs.middle, limbs.reach_m + MARGIN_M):
                near += self._sift(hands)
                self._far.discard(name)
            elif name not in self._far:
                self._park(hands)
                self._far.add(name)
        return tuple(near)

    def _sift(self, hands: Iterable[Hand]) -> Iterator[Hand]:
        for hand in hands:
            if self._near(hand.limb.now.position, hand.limb.radius_m + MARGIN_M):
                hand.parked = False
                yield hand
            else:
                self._park((hand,))

    def _park(self, hands: Iterable[Hand]) -> None:
        for hand in hands:
            if not hand.parked:
                self._physics.park(hand.body, asleep=False)
                hand.parked = True

    def advance(self, hands: Iterable[Hand], share: float) -> None:
        """Put hands at a share of their way through this sample."""
        for hand in hands:
            limb = hand.limb
            position = _between(limb.before.position, limb.now.position, share)
            self._physics.place(hand.body, position, limb.now.quaternion)

    def touched(self, hands: Iterable[Hand]) -> dict[int, str]:
        """Return the bodies that hands press against, with the name of the hand."""
        return {body: hand.limb.name for hand in hands for body in self._physics.touching(hand.body)}


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
