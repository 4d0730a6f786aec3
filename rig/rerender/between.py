"""A moment between two that were recorded: bodies and goods half way."""

from __future__ import annotations

import math

import numpy as np

from contracts.geometry import Pose, Vec3, vec3
from contracts.records import Joint
from contracts.truth import TruePerson


def person_between(a: TruePerson, b: TruePerson, share: float) -> TruePerson:
    """Return a body at a share of the way from one moment to the next."""
    turn = math.remainder(b.heading - a.heading, 2 * math.pi)
    joints = tuple(
        Joint(one.name, _point(one.position, other.position, share))
        for one, other in zip(a.joints, b.joints, strict=True)
    )
    return TruePerson(a.shopper, joints, a.heading + share * turn)


def pose_between(a: Pose, b: Pose, share: float) -> Pose:
    """Return a pose at a share of the way; its turn goes the short way."""
    p, q = np.asarray(a.quaternion), np.asarray(b.quaternion)
    turn = (1 - share) * p + share * (q if p @ q >= 0 else -q)
    x, y, z, w = (turn / np.linalg.norm(turn)).tolist()
    return Pose(_point(a.position, b.position, share), (x, y, z, w))


def _point(a: Vec3, b: Vec3, share: float) -> Vec3:
    return vec3((1 - share) * np.asarray(a) + share * np.asarray(b))
