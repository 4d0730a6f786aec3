"""From a posture to joints: hips and knees, trunk, head, and both arms bent to where their hands are aimed."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from contracts.geometry import Pose, Vec3
from twin.proportions import Proportions
from twin.shopper.arm import Bend, bend
from twin.shopper.vec import Vec2, add, lerp, scale, turned, unit, x_along
from twin.stage import Side

SIDES: tuple[Side, Side] = ("left", "right")
FOOTREST_M = 0.05
"""Height of a wheelchair's footrests; a short person's end higher, where the shins do."""


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


class Joints(dict[str, Vec3]):
    """Positions by name; those that are rarely asked for are worked out when somebody does.

    Args:
        rest: returns them.
    """

    def __init__(self, rest: Callable[[], Mapping[str, Vec3]] = dict) -> None:
        super().__init__()
        self._rest = rest

    def __missing__(self, name: str) -> Vec3:
        """Work out the rest, once."""
        rest, self._rest = self._rest, dict
        self.update(rest())
        if name not in self:
            raise KeyError(name)
        return self[name]


@dataclass(slots=True)
class Skeleton:
    """A body's joints.

    Args:
        yaw: heading of the hips.
        torso_yaw: heading of the shoulders.
        head_axis: unit, from the chin to the top of the head.
        joint: positions by name, metres, world.
        hand: poses of both hands; x along the fingers.
        missed_m: how far each hand is from its aim.
    """

    yaw: float
    torso_yaw: float
    head_axis: Vec3
    joint: Joints = field(default_factory=Joints)
    hand: tuple[Pose, Pose] = (Pose(), Pose())
    missed_m: tuple[float, float] = (0.0, 0.0)


def hips(p: Proportions, place: Vec2, yaw: float, trunk: Trunk) -> Vec3:
    """Return the middle of the hips, metres, world; they move back as the trunk leans, which keeps the balance."""
    if p.seated:
        return (place[0], place[1], p.hip_z)
    back = 0.35 * p.torso_m * math.sin(trunk.pitch) + 0.25 * trunk.drop_m
    return (
        place[0] - back * math.cos(yaw),
        place[1] - back * math.sin(yaw),
        p.hip_z - trunk.drop_m + trunk.rise_m,
    )


def shoulders(p: Proportions, hip: Vec3, yaw: float, trunk: Trunk) -> tuple[Vec3, Vec3, Vec3]:
    """Return neck, left and right shoulder, metres, world."""
    neck = add(hip, turned((p.torso_m * math.sin(trunk.pitch), 0.0, p.torso_m * math.cos(trunk.pitch)), yaw))
    across = turned((0.0, p.shoulder_m, 0.0), yaw + trunk.twist)
    return neck, add(neck, across), add(neck, scale(across, -1))


def head_axis(yaw: float, trunk: Trunk) -> Vec3:
    """Return the unit axis of the head, which stays more upright than a leaning trunk."""
    return turned((math.sin(0.4 * trunk.pitch), 0.0, math.cos(0.4 * trunk.pitch)), yaw)


def stretch(p: Proportions, side: Side, shoulder: Vec3, yaw: float, aim: Aim) -> tuple[Bend, Pose]:
    """Bend one arm so that its hand is at the aim.

    Returns:
        The arm (its end is the wrist) and the pose of the hand.
    """
    ahead = turned((1.0, 0.0, 0.0), yaw)
    out = turned((0.0, 1.0 if side == "left" else -1.0, 0.0), yaw)
    pole = add(add(scale(out, math.sin(aim.swivel)), (0.0, 0.0, -math.cos(aim.swivel))), scale(ahead, -0.25))
    toward = unit(add(aim.position, scale(shoulder, -1)))
    fingers = unit(lerp(toward, ahead, aim.level))
    wrist = add(aim.position, scale(fingers, -p.hand_m))
    arm = bend(shoulder, wrist, p.upper_arm_m, p.forearm_m, pole)
    return arm, Pose(add(arm.end, scale(fingers, p.hand_m)), x_along(fingers, yaw))


def stand(p: Proportions, posture: Posture) -> Skeleton:
    """Return the joints of a posture."""
    yaw, trunk = posture.yaw, posture.trunk
    hip = hips(p, posture.place, yaw, trunk)
    neck, left, right = shoulders(p, hip, yaw, trunk)
    axis = head_axis(yaw, trunk)
    s = Skeleton(yaw, yaw + trunk.twist, axis, Joints(lambda: _legs(p, posture, hip)))
    s.joint["neck"] = neck
    s.joint["head"] = add(neck, scale(axis, p.neck_m))
    arms = [
        stretch(p, side, shoulder, yaw, aim)
        for side, shoulder, aim in zip(SIDES, (left, right), posture.hands, strict=True)
    ]
    for side, shoulder, (arm, hand) in zip(SIDES, (left, right), arms, strict=True):
        s.joint[f"{side}_shoulder"] = shoulder
        s.joint[f"{side}_elbow"], s.joint[f"{side}_wrist"] = arm.middle, arm.end
        s.joint[f"{side}_hand"] = hand.position
    s.hand = (arms[0][1], arms[1][1])
    s.missed_m = (arms[0][0].missed_m, arms[1][0].missed_m)
    for side in SIDES:
        s.joint[f"{side}_hip"] = add(hip, turned((0.0, _aside(p, side), 0.0), yaw))
    return s


def _legs(p: Proportions, posture: Posture, hip: Vec3) -> dict[str, Vec3]:
    """Return knees and ankles."""
    found = {}
    for side, foot in zip(SIDES, posture.feet, strict=True):
        aside = _aside(p, side)
        root = add(hip, turned((0.0, aside, 0.0), posture.yaw))
        at = (foot[0], p.ankle_z + foot[1] + posture.trunk.rise_m)
        ahead, up = _rested(p) if p.seated else at
        step = turned((ahead, aside, up), posture.yaw)
        leg = _leg(p, root, add((*posture.place, 0.0), step), posture.yaw)
        found[f"{side}_knee"], found[f"{side}_ankle"] = leg.middle, leg.end
    return found


def _aside(p: Proportions, side: Side) -> float:
    """Return how far to the left a hip and its foot are."""
    return 0.052 * p.height_m * (1 if side == "left" else -1)


def _rested(p: Proportions) -> Vec2:
    """Return how far ahead and above the floor the ankles are on the footrests: thighs level, shins a little ahead."""
    up = p.ankle_z + FOOTREST_M
    return (p.thigh_m + math.sqrt(max(p.shin_m**2 - (p.hip_z - up) ** 2, 0.0)), up)


def _leg(p: Proportions, hip: Vec3, ankle: Vec3, yaw: float) -> Bend:
    """Bend a leg with its knee ahead, or up for somebody who sits."""
    return bend(hip, ankle, p.thigh_m, p.shin_m, turned((1.0, 0.0, 1.0 if p.seated else 0.0), yaw))
