"""Where every rigid part of a body is in a posture, worked out part by part when somebody asks.

Hands are asked for sixty times a second, since goods feel them; the rest only when a camera looks.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import overload

from contracts.geometry import Pose, Vec3
from twin.proportions import Proportions
from twin.shopper.skeleton import Skeleton
from twin.shopper.vec import add, lerp, scale, sub, unit, x_along, z_along

LIMBS: dict[str, tuple[str, str]] = {
    "upper_arm": ("elbow", "shoulder"),
    "forearm": ("wrist", "elbow"),
    "thigh": ("knee", "hip"),
    "shin": ("ankle", "knee"),
}
"""The joints at the lower and the upper end of each."""
FOOT = (0.072, 0.026, 0.020)
"""Half axes of a shoe, over height."""
# How far its middle is ahead of the ankle, and the ball of the foot; over height.
_FOOT_AHEAD = 0.030
_BALL = 0.13
# Sine of the steepest foot.
_STEEPEST = 0.7


class Poses(Sequence[Pose]):
    """The world poses of some parts.

    Args:
        names: of the parts, in order.
        skeleton: the posture.
        proportions: of the body.
    """

    def __init__(self, names: Sequence[str], skeleton: Skeleton, proportions: Proportions) -> None:
        self._names, self._skeleton, self._proportions = names, skeleton, proportions
        self._known: dict[int, Pose] = {}

    def __len__(self) -> int:
        """How many parts there are."""
        return len(self._names)

    @overload
    def __getitem__(self, index: int) -> Pose: ...

    @overload
    def __getitem__(self, index: slice) -> Sequence[Pose]: ...

    def __getitem__(self, index: int | slice) -> Pose | Sequence[Pose]:
        """Return where a part is."""
        if isinstance(index, slice):
            return tuple(self[k] for k in range(*index.indices(len(self))))
        if index not in self._known:
            self._known[index] = _pose(self._names[index], self._skeleton, self._proportions)
        return self._known[index]


def _pose(name: str, s: Skeleton, p: Proportions) -> Pose:
    """Return the world pose of one part."""
    if name == "head":
        up = s.head_axis
        return Pose(add(s.joint["head"], scale(up, -0.5 * p.head_m)), z_along(up, s.yaw))
    if name in ("torso", "pelvis"):
        hip = lerp(s.joint["left_hip"], s.joint["right_hip"], 0.5)
        centre = lerp(hip, s.joint["neck"], 0.5) if name == "torso" else hip
        return Pose(centre, z_along(unit(sub(s.joint["neck"], hip)), s.torso_yaw if name == "torso" else s.yaw))
    side, part = name.split("_", 1)
    if part == "hand":
        return s.hand[0 if side == "left" else 1]
    if part == "foot":
        return _foot(s.joint[f"{side}_ankle"], s.yaw, p)
    lower, upper = (s.joint[f"{side}_{end}"] for end in LIMBS[part])
    return Pose(lerp(lower, upper, 0.5), z_along(unit(sub(upper, lower)), s.yaw))


def _foot(ankle: Vec3, yaw: float, p: Proportions) -> Pose:
    """Return the pose of a foot: level, or toes down when the heel is lifted, until the ball would touch the floor."""
    h = p.height_m
    down = min(max((ankle[2] - p.ankle_z) / (_BALL * h), 0.0), _STEEPEST)
    level = math.sqrt(1.0 - down * down)
    turn = x_along((level * math.cos(yaw), level * math.sin(yaw), -down), yaw)
    ahead, below = _FOOT_AHEAD * h, p.ankle_z - FOOT[2] * h
    along, up = ahead * level - below * down, -ahead * down - below * level
    return Pose(add(ankle, (along * math.cos(yaw), along * math.sin(yaw), up)), turn)
