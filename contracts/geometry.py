"""Rigid poses. Metres, right-handed, z up; quaternions are (x, y, z, w) as in PyBullet."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Self

import numpy as np
from numpy.typing import ArrayLike, NDArray

Vec3 = tuple[float, float, float]
Quaternion = tuple[float, float, float, float]
Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Pose:
    """A rigid transform from a local frame to the world.

    Args:
        position: metres, world.
        quaternion: (x, y, z, w), unit length.
    """

    position: Vec3 = (0.0, 0.0, 0.0)
    quaternion: Quaternion = (0.0, 0.0, 0.0, 1.0)

    @classmethod
    def at(cls, x: float, y: float, z: float = 0.0, yaw: float = 0.0) -> Self:
        """Return the pose at (x, y, z) metres, turned by yaw radians about z."""
        return cls((x, y, z), (0.0, 0.0, math.sin(yaw / 2), math.cos(yaw / 2)))

    @classmethod
    def from_matrix(cls, matrix: ArrayLike) -> Self:
        """Return the pose of a (4, 4) homogeneous matrix."""
        m = np.asarray(matrix, dtype=float)
        return cls(vec3(m[:3, 3]), _quaternion_of(m[:3, :3]))

    @property
    def rotation(self) -> Floats:
        """The (3, 3) rotation matrix, world from local."""
        x, y, z, w = self.quaternion
        return np.array(
            [
                [1 - 2 * (y * y + z * z), 2 * (x * y - z * w), 2 * (x * z + y * w)],
                [2 * (x * y + z * w), 1 - 2 * (x * x + z * z), 2 * (y * z - x * w)],
                [2 * (x * z - y * w), 2 * (y * z + x * w), 1 - 2 * (x * x + y * y)],
            ]
        )

    @property
    def matrix(self) -> Floats:
        """The (4, 4) homogeneous matrix, world from local."""
        m = np.eye(4)
        m[:3, :3] = self.rotation
        m[:3, 3] = self.position
        return m

    @property
    def yaw(self) -> float:
        """The heading of the local x axis about world z, radians."""
        x, y, z, w = self.quaternion
        return math.atan2(2 * (x * y + z * w), 1 - 2 * (y * y + z * z))

    def apply(self, points: ArrayLike) -> Floats:
        """Take (..., 3) local points to the world."""
        world: Floats = np.asarray(points, dtype=float) @ self.rotation.T + np.asarray(self.position)
        return world

    def unapply(self, points: ArrayLike) -> Floats:
        """Take (..., 3) world points to the local frame."""
        local: Floats = (np.asarray(points, dtype=float) - np.asarray(self.position)) @ self.rotation
        return local

    def then(self, inner: Pose) -> Pose:
        """Return the world pose of a frame that has pose `inner` in this one."""
        return Pose.from_matrix(self.matrix @ inner.matrix)


def vec3(values: ArrayLike) -> Vec3:
    """Return three plain floats of anything with three numbers."""
    x, y, z = np.asarray(values, dtype=float).tolist()
    return (x, y, z)


def _quaternion_of(r: Floats) -> Quaternion:
    """Return the unit quaternion of a (3, 3) rotation, by the largest component (Shepperd 1978)."""
    w2, x2, y2, z2 = (
        1 + r[0, 0] + r[1, 1] + r[2, 2],
        1 + r[0, 0] - r[1, 1] - r[2, 2],
        1 - r[0, 0] + r[1, 1] - r[2, 2],
        1 - r[0, 0] - r[1, 1] + r[2, 2],
    )
    squares = [x2, y2, z2, w2]
    big = int(np.argmax(squares))
    s = 2 * math.sqrt(squares[big])
    wx, wy, wz = r[2, 1] - r[1, 2], r[0, 2] - r[2, 0], r[1, 0] - r[0, 1]
    xy, xz, yz = r[0, 1] + r[1, 0], r[0, 2] + r[2, 0], r[1, 2] + r[2, 1]
    table = [(s * s / 4, xy, xz, wx), (xy, s * s / 4, yz, wy), (xz, yz, s * s / 4, wz), (wx, wy, wz, s * s / 4)]
    x, y, z, w = (float(v) / s for v in table[big])
    return (x, y, z, w)
