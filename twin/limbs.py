"""The parts of one body that push goods, wherever the shopper puts them; all gondolas look at the same."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass

from contracts.geometry import Pose, Vec3
from twin.stage import Segment

# A jump farther than this between two samples is a new start (a body that appears), not a movement, metres.
JUMP_M = 0.3
AWAY = Pose((0.0, 0.0, -1e3))


@dataclass(slots=True)
class Limb:
    """One solid part of a body.

    Args:
        name: "ana/left_hand".
        segment: its shape.
        radius_m: of the ball around it.
        before: where it was at the last sample.
        now: where it is at this one.
    """

    name: str
    segment: Segment
    radius_m: float
    before: Pose = AWAY
    now: Pose = AWAY

    def move(self, pose: Pose) -> None:
        """Say where it is at the end of this sample."""
        jumped = any(abs(a - b) > JUMP_M for a, b in zip(self.now.position, pose.position, strict=True))
        self.before, self.now = (pose if jumped else self.now), pose


class Limbs:
    """All solid parts of one body.

    Args:
        shopper: whose.
        segments: the parts.
    """

    def __init__(self, shopper: str, segments: Iterable[Segment]) -> None:
        self.shopper = shopper
        self.all = tuple(Limb(f"{shopper}/{part.name}", part, _radius(part)) for part in segments)
        self.middle: Vec3 = AWAY.position
        self.reach_m = 0.0

    def move(self, poses: Iterable[Pose]) -> None:
        """Put every part where it is at the end of this sample."""
        for limb, pose in zip(self.all, poses, strict=True):
            limb.move(pose)
        if not self.all:
            return
        places = [limb.now.position for limb in self.all]
        x, y, z = (sum(axis) / len(places) for axis in zip(*places, strict=True))
        self.middle = (x, y, z)
        self.reach_m = max(math.dist(self.middle, limb.now.position) + limb.radius_m for limb in self.all)

    def settle(self) -> None:
        """End a sample: a part that is not moved again stays where it is."""
        for limb in self.all:
            limb.before = limb.now


def _radius(segment: Segment) -> float:
    """Return the radius of the ball around a body part, metres."""
    x, y, z = segment.size_m
    if segment.kind == "capsule":
        return z / 2
    return math.hypot(x, y, z) if segment.kind == "box" else max(x, y, z)
