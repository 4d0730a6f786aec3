"""From a posture to joints: hips and knees, trunk, head, and both arms bent to where their hands are aimed.

What works it out is compiled (`twin.shopper.kinematics`); here are the names of its numbers.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, cached_property

import numpy as np

from contracts.geometry import Floats, Pose, Vec3, vec3
from twin.pose_rows import pose_of
from twin.proportions import Proportions
from twin.shopper import kinematics
from twin.shopper.vec import Vec2
from twin.stage import Side

SIDES: tuple[Side, Side] = ("left", "right")
JOINTS = (
    "head",
    "neck",
    *(
        f"{side}_{joint}"
        for joint in ("shoulder", "elbow", "wrist", "hand", "hip", "knee", "ankle")
        for side in ("left", "right")
    ),
)  # fmt: skip
HANDS = (kinematics.P_SIDE + 2, kinematics.P_SIDE + kinematics.P_SIDES + 2)


@dataclass(frozen=True, slots=True)
class Trunk:
    """How the trunk is held.

    Args:
        drop_m: how far the hips are lowered (crouching).
        rise_m: how far the heels are lifted.
        pitch: lean forward from the hips, radians.
        twist: turn of the shoulders to the left, radians.
    """

    drop_m: float = 0.0
    rise_m: float = 0.0
    pitch: float = 0.0
    twist: float = 0.0

    def blend(self, other: Trunk, t: float) -> Trunk:
        """Return this at t = 0 and the other at t = 1."""
        return Trunk(
            self.drop_m + (other.drop_m - self.drop_m) * t,
            self.rise_m + (other.rise_m - self.rise_m) * t,
            self.pitch + (other.pitch - self.pitch) * t,
            self.twist + (other.twist - self.twist) * t,
        )


UPRIGHT = Trunk()


@dataclass(frozen=True, slots=True)
class Aim:
    """Where a hand should be.

    Args:
        position: middle of the hand, metres, world.
        level: 0 = the hand follows the forearm, 1 = it points ahead of the body, level.
        swivel: how far the elbow stands out: 0 = below the line to the hand, pi/2 = to the side, radians.
    """

    position: Vec3
    level: float = 0.0
    swivel: float = 0.5


@dataclass(frozen=True, slots=True)
class Posture:
    """All that fixes a body.

    Args:
        place: x, y of the feet's middle, metres, world.
        yaw: heading, radians.
        trunk: how the trunk is held.
        hands: left and right.
        feet: left and right: metres ahead of the middle, metres above the floor.
    """

    place: Vec2
    yaw: float
    trunk: Trunk
    hands: tuple[Aim, Aim]
    feet: tuple[Vec2, Vec2] = ((0.0, 0.0), (0.0, 0.0))

    @property
    def row(self) -> Floats:
        """The same as compiled code takes it, (21,)."""
        (left, right), (step, other) = self.hands, self.feet
        aims = (*left.position, left.level, left.swivel, *right.position, right.level, right.swivel)
        return np.array((*trunk_row(self.place, self.yaw, self.trunk), *aims, *step, *other), float)


def trunk_row(place: Vec2, yaw: float, trunk: Trunk) -> tuple[float, ...]:
    """Return where a body stands and how it holds its trunk, as the first seven numbers of a posture."""
    return (*place, yaw, trunk.drop_m, trunk.rise_m, trunk.pitch, trunk.twist)


class Skeleton:
    """A body's joints, and its rigid parts.

    Args:
        lengths: (13,) of the body.
        posture: (21,) how it is held.
    """

    def __init__(self, lengths: Floats, posture: Floats) -> None:
        self._points, self.parts = np.empty((kinematics.JOINTS, 3)), np.empty((kinematics.PARTS, 7))
        self._rest = np.empty(kinematics.REST)
        kinematics.stand(lengths, posture, self._points, self.parts, self._rest)

    @cached_property
    def joint(self) -> Mapping[str, Vec3]:
        """Positions by name, metres, world."""
        return {name: (x, y, z) for name, (x, y, z) in zip(JOINTS, self._points.tolist(), strict=True)}

    @property
    def hand(self) -> tuple[Pose, Pose]:
        """Poses of the left and the right hand; x along the fingers."""
        left, right = HANDS
        return pose_of(self.parts[left]), pose_of(self.parts[right])

    @property
    def missed_m(self) -> tuple[float, float]:
        """How far each hand is from its aim."""
        left, right = self._rest[kinematics.MISSED :].tolist()
        return (left, right)


@cache
def lengths_of(p: Proportions) -> Floats:
    """Return the lengths of a body as compiled code takes them, (13,); not to be changed."""
    links = (p.upper_arm_m, p.forearm_m, p.hand_m, p.thigh_m, p.shin_m)
    trunk = (p.hip_z, p.torso_m, p.shoulder_m, p.neck_m, p.head_m)
    return np.array((*trunk, *links, p.ankle_z, p.height_m, p.seated), float)


def stand(p: Proportions, posture: Posture) -> Skeleton:
    """Return the joints of a posture."""
    return Skeleton(lengths_of(p), posture.row)


def upper(p: Proportions, place: Vec2, yaw: float, trunk: Trunk) -> tuple[Vec3, Vec3, Vec3, Vec3]:
    """Return neck, left and right shoulder, metres, world, and the unit axis of the head."""
    found = np.empty((4, 3))
    kinematics.upper(lengths_of(p), np.array(trunk_row(place, yaw, trunk), float), found)
    neck, left, right, axis = (vec3(row) for row in found)
    return neck, left, right, axis


def stretch(p: Proportions, side: Side, shoulder: Vec3, yaw: float, aim: Aim) -> tuple[Vec3, Vec3]:
    """Return elbow and wrist, metres, world, of an arm bent so that its hand is at the aim."""
    found, held = np.empty((2, 3)), np.array((*aim.position, aim.level, aim.swivel), float)
    kinematics.reach(lengths_of(p), 1.0 if side == "left" else -1.0, np.array(shoulder), float(yaw), held, found)
    elbow, wrist = (vec3(row) for row in found)
    return elbow, wrist
