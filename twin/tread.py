"""Footfalls: who walks shakes the floor, and the floor shakes the racks."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import get_args

from contracts.geometry import Pose, Vec3
from contracts.steps import Pushed
from twin.stage import Segment

CARRIED_BY = "pelvis"
"""Where a body stands is where this part of it is: a head also leans and crouches."""
ROLLS = frozenset(get_args(Pushed))
"""What has wheels sets no feet down."""
HALF_STEP_M = 0.08
"""Who comes to a stop further than this from the last footfall sets the other foot down too, the softer the nearer."""
STANDS_M = 0.1 / 60
"""Slower than this in a sample is standing: 0.1 m/s."""


class Tread:
    """Everybody's steps.

    Args:
        step_m: way between two footfalls.
        reach_m: distance at which one is felt a third as much.
    """

    def __init__(self, step_m: float, reach_m: float) -> None:
        self._step_m, self._reach_m = step_m, reach_m
        self._part: dict[str, int] = {}
        self._stood: dict[str, Vec3] = {}
        self._last: dict[str, Vec3] = {}
        self._falls: list[tuple[Vec3, float]] = []

    def came(self, shopper: str, segments: Sequence[Segment]) -> None:
        """Get to know a body."""
        names = [segment.name for segment in segments]
        if all(segment.kind in ROLLS for segment in segments):
            return
        self._part[shopper] = names.index(CARRIED_BY) if CARRIED_BY in names else 0

    def moved(self, shopper: str, poses: Sequence[Pose]) -> None:
        """Note where a body is now; it has set a foot down when it has come a step further."""
        if shopper not in self._part:
            return
        place = poses[self._part[shopper]].position
        way_m = math.dist(self._stood.setdefault(shopper, place)[:2], place[:2])
        stands = math.dist(self._last.get(shopper, place)[:2], place[:2]) < STANDS_M
        self._last[shopper] = place
        if way_m >= self._step_m or (stands and way_m >= HALF_STEP_M):
            self._stood[shopper] = place
            self._falls.append((place, min(way_m / self._step_m, 1.0)))

    def gone(self, shopper: str) -> None:
        """Forget a body."""
        self._part.pop(shopper, None)
        self._stood.pop(shopper, None)
        self._last.pop(shopper, None)

    def strengths(self, racks: Mapping[str, Vec3]) -> dict[str, float]:
        """Return how strongly each rack feels the footfalls since the last call; empty without any.

        Args:
            racks: where each stands, world.
        """
        falls, self._falls = self._falls, []
        if not falls:
            return {}
        return {name: math.hypot(*(self._felt(at, *fall) for fall in falls)) for name, at in racks.items()}

    def _felt(self, rack: Vec3, fall: Vec3, strength: float) -> float:
        return strength * math.exp(-math.dist(rack[:2], fall[:2]) / self._reach_m)
