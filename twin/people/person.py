"""One skinned body: from the poses of its rigid segments to the points of its skin."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from contracts.geometry import Floats, Pose
from twin.people.bones import pose_bones
from twin.people.fit import SUNK, Figure, fit
from twin.people.models import BONES, Level, models
from twin.people.skin import pull_skin
from twin.scene import F32
from twin.shopper.skeleton import Proportions


class Person:
    """A body made to measure, and its bones as they are now.

    Args:
        body: the name of its model, "woman-1".
        height_m: standing height.
    """

    def __init__(self, body: str, height_m: float) -> None:
        p = Proportions(height_m)
        self.figure: Figure = fit(models()[body], p)
        self._measures = np.array([height_m, p.head_m, p.neck_m, p.hand_m, SUNK * height_m])
        self.turn: Floats = np.zeros((len(BONES), 3, 3))
        self.place: Floats = np.zeros((len(BONES), 3))

    def pose(self, segments: Sequence[Pose]) -> None:
        """Put the bones where the rigid segments are, in the order of `twin.shopper.body.SEGMENTS`."""
        rows = np.array([(*pose.position, *pose.quaternion) for pose in segments])
        pose_bones(rows, self._measures, self.figure.rest, self.turn, self.place)

    def skin(self, level: Level) -> F32:
        """Return points (metres, world) and unit normals of the skin, (2, V, 3)."""
        bound = self.figure.level[level]
        out = np.empty((2, len(bound.bones), 3), np.float32)
        pull_skin(self.turn, self.place, bound.bones, bound.shares, bound.offsets, bound.normals, out)
        return out
