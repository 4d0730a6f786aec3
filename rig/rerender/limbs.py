"""From the joints of a recorded body back to its rigid parts: `twin.shopper.kinematics.stand`, the other way round."""

from __future__ import annotations

import math
from collections.abc import Mapping

import numpy as np

from contracts.geometry import Floats, Vec3, vec3
from contracts.truth import TruePerson
from twin.proportions import Proportions
from twin.shopper import kinematics as k
from twin.shopper.skeleton import SIDES, lengths_of


def parts_of(person: TruePerson, proportions: Proportions) -> Floats:
    """Return the poses of a body's rigid parts, (15, 7), in the order of `twin.shopper.body.SEGMENTS`.

    Args:
        person: its joints and heading.
        proportions: its lengths, of which joints do not tell the head's.
    """
    joint = {each.name: each.position for each in person.joints}
    lengths, parts, yaw = lengths_of(proportions), np.empty((k.PARTS, 7)), float(person.heading)
    axis = k.unit(k.sub(joint["head"], joint["neck"]))
    k.put_part(parts, 0, k.add(joint["head"], k.scale(axis, -0.5 * proportions.head_m)), k.z_along(axis, yaw))
    hip = middle(joint["left_hip"], joint["right_hip"])
    back = k.unit(k.sub(joint["neck"], hip))
    k.put_part(parts, k.P_TORSO, middle(hip, joint["neck"]), k.z_along(back, _across(joint)))
    k.put_part(parts, k.P_PELVIS, hip, k.z_along(back, yaw))
    for number, side in enumerate(SIDES):
        first = k.P_SIDE + k.P_SIDES * number
        for place, (lower, upper) in enumerate((("elbow", "shoulder"), ("wrist", "elbow"))):
            k.put_limb(parts, first + place, joint[f"{side}_{lower}"], joint[f"{side}_{upper}"], yaw)
        fingers = k.unit(k.sub(joint[f"{side}_hand"], joint[f"{side}_wrist"]))
        k.put_part(parts, first + 2, joint[f"{side}_hand"], k.x_along(fingers, yaw))
        for place, (lower, upper) in enumerate((("knee", "hip"), ("ankle", "knee")), start=3):
            k.put_limb(parts, first + place, joint[f"{side}_{lower}"], joint[f"{side}_{upper}"], yaw)
        k.put_foot(parts, first + 5, lengths, joint[f"{side}_ankle"], yaw)
    return parts


def feet_of(person: TruePerson, proportions: Proportions) -> tuple[float, float]:
    """Return where a body stands: the middle between its feet, x and y, metres.

    The hips are behind it when the trunk leans (`twin.shopper.kinematics.hips`).
    """
    joint = {each.name: each.position for each in person.joints}
    x, y, z = middle(joint["left_hip"], joint["right_hip"])
    if proportions.seated:
        return x, y
    lean = math.hypot(joint["neck"][0] - x, joint["neck"][1] - y) / proportions.torso_m
    back = 0.35 * proportions.torso_m * lean + 0.25 * max(proportions.hip_z - z, 0.0)
    return x + back * math.cos(person.heading), y + back * math.sin(person.heading)


def middle(a: Vec3, b: Vec3) -> Vec3:
    """Return the point half way."""
    return vec3((np.asarray(a) + np.asarray(b)) / 2)


def _across(joint: Mapping[str, Vec3]) -> float:
    """Return the heading of the shoulders, radians."""
    (ax, ay, _), (bx, by, _) = joint["left_shoulder"], joint["neck"]
    return math.atan2(ay - by, ax - bx) - math.pi / 2
