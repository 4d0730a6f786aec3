"""The parts of one body that push goods, wherever the shopper puts them; all gondolas look at the same."""

from __future__ import annotations

import math
from collections.abc import Iterable

import numpy as np

from contracts.geometry import Floats, Pose, Vec3
from twin.limb_kernels import follow
from twin.pose_rows import pose_of, rows_of
from twin.stage import Segment

AWAY = Pose((0.0, 0.0, -1e3))


class Limb:
    """One solid part of a body.

    Args:
        name: "ana/left_hand".
        segment: its shape.
        before: (7,) where it was at the last sample; the body's own row.
        now: (7,) where it is at this one; the same.
    """

    __slots__ = ("_before", "_now", "name", "radius_m", "segment")

    def __init__(self, name: str, segment: Segment, before: Floats, now: Floats) -> None:
        self.name, self.segment, self.radius_m = name, segment, _radius(segment)
        self._before, self._now = before, now

    @property
    def before(self) -> Pose:
        """Where it was at the last sample."""
        return pose_of(self._before)

    @property
    def now(self) -> Pose:
        """Where it is at this one."""
        return pose_of(self._now)


class Limbs:
    """All solid parts of one body.

    Args:
        shopper: whose.
        segments: all parts; those that are not solid are left out.

    Attributes:
        all: the solid ones.
        middle: of all of them, metres, world.
        reach_m: how far any of them reaches from there.
    """

    def __init__(self, shopper: str, segments: Iterable[Segment]) -> None:
        numbered = [(number, part) for number, part in enumerate(segments) if part.solid]
        self.shopper = shopper
        self._solid = np.array([number for number, _ in numbered], np.int64)
        self._now = np.tile(rows_of((AWAY,)), (len(numbered), 1))
        self._before = self._now.copy()
        self.all = tuple(
            Limb(f"{shopper}/{part.name}", part, before, now)
            for (_, part), before, now in zip(numbered, self._before, self._now, strict=True)
        )
        self._radii = np.array([limb.radius_m for limb in self.all], float)
        self.middle: Vec3 = AWAY.position
        self.reach_m = 0.0

    def move(self, rows: Floats) -> None:
        """Put every part where it is at the end of this sample.

        Args:
            rows: (K, 7) poses of all parts of the body, solid or not.
        """
        if self.all:
            x, y, z, self.reach_m = follow(rows, self._solid, self._radii, self._before, self._now)
            self.middle = (x, y, z)

    def settle(self) -> None:
        """End a sample: a part that is not moved again stays where it is."""
        self._before[:] = self._now


def _radius(segment: Segment) -> float:
    """Return the radius of the ball around a body part, metres."""
    x, y, z = segment.size_m
    if segment.kind == "capsule":
        return z / 2
    return math.hypot(x, y, z) if segment.kind == "box" else max(x, y, z)
