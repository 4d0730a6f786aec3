"""One skinned body: from the poses of its rigid segments to the points of its skin."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from contracts.geometry import Floats, Pose
from contracts.steps import Wear
from twin.people.bones import pose_bones
from twin.people.fit import SUNK, Figure, fit
from twin.people.models import LOAD, Level, models
from twin.people.skin import pull_skin
from twin.pose_rows import rows_of
from twin.proportions import Proportions
from twin.scene import F32


class Person:
    """A body made to measure, and its bones as they are now.

    Args:
        body: the name of its model, "woman-1".
        height_m: standing height.
        wears: what it has on besides clothes.
    """

    def __init__(self, body: str, height_m: float, wears: Sequence[Wear] = ()) -> None:
        p = Proportions(height_m)
        self.figure: Figure = fit(models()[body], p, wears)
        self._measures = np.array([height_m, p.head_m, p.neck_m, p.hand_m, SUNK * height_m])
        self._turn: Floats = np.zeros((LOAD + 1, 3, 3))
        self._place: Floats = np.zeros((LOAD + 1, 3))

    @property
    def origin(self) -> Floats:
        """The middle of the hips, (3,) metres, world."""
        hips: Floats = self._place[0]
        return hips

    def pose(self, segments: Sequence[Pose]) -> None:
        """Put the bones where the rigid segments are, in the order of `twin.shopper.body.SEGMENTS`."""
        pose_bones(rows_of(segments), self._measures, self.figure.rest, self._turn, self._place)

    def skin(self, level: Level) -> F32:
        """Return the skin, (2, V, 3): points from the origin, metres, and unit normals; both in the world's axes."""
        bound = self.figure.level[level]
        out = np.empty((2, len(bound.bones), 3), np.float32)
        turn, place, origin = self._turn, self._place, self._place[0]
        pull_skin(turn, place, origin, bound.bones, bound.shares, bound.offsets, bound.normals, out)
        return out
