"""Poses as rows of numbers, as compiled code makes and takes them; a `Pose` is made of one when somebody asks."""

from __future__ import annotations

from collections.abc import Sequence
from typing import overload

import numpy as np

from contracts.geometry import Floats, Pose


class PoseRows(Sequence[Pose]):
    """Some poses.

    Args:
        rows: (K, 7) metres x, y, z, and quaternion x, y, z, w; kept.
    """

    __slots__ = ("rows",)

    def __init__(self, rows: Floats) -> None:
        self.rows = rows

    def __len__(self) -> int:
        """How many there are."""
        return len(self.rows)

    @overload
    def __getitem__(self, index: int) -> Pose: ...

    @overload
    def __getitem__(self, index: slice) -> Sequence[Pose]: ...

    def __getitem__(self, index: int | slice) -> Pose | Sequence[Pose]:
        """Return one of them, or some."""
        return PoseRows(self.rows[index]) if isinstance(index, slice) else pose_of(self.rows[index])


def pose_of(row: Floats) -> Pose:
    """Return the pose that a row (7,) says."""
    x, y, z, *turn = row.tolist()
    return Pose((x, y, z), (turn[0], turn[1], turn[2], turn[3]))


def rows_of(poses: Sequence[Pose]) -> Floats:
    """Return poses as rows (K, 7); those that are rows already are not copied."""
    if isinstance(poses, PoseRows):
        return poses.rows
    return np.array([(*pose.position, *pose.quaternion) for pose in poses]).reshape(-1, 7)
