"""Three-vectors as plain tuples: the bodies need a few hundred a frame, where arrays cost more than they save."""

from __future__ import annotations

import math

from contracts.geometry import Quaternion, Vec3

Vec2 = tuple[float, float]


def add(a: Vec3, b: Vec3) -> Vec3:
    """Return a + b."""
    return (a[0] + b[0], a[1] + b[1], a[2] + b[2])


def sub(a: Vec3, b: Vec3) -> Vec3:
    """Return a - b."""
    return (a[0] - b[0], a[1] - b[1], a[2] - b[2])


def scale(a: Vec3, k: float) -> Vec3:
    """Return k a."""
    return (a[0] * k, a[1] * k, a[2] * k)


def dot(a: Vec3, b: Vec3) -> float:
    """Return the scalar product."""
    return a[0] * b[0] + a[1] * b[1] + a[2] * b[2]


def norm(a: Vec3) -> float:
    """Return the length."""
    return math.sqrt(dot(a, a))


def unit(a: Vec3) -> Vec3:
    """Return a at length 1; a zero vector becomes straight up."""
    length = norm(a)
    return scale(a, 1 / length) if length > 1e-9 else (0.0, 0.0, 1.0)


def lerp(a: Vec3, b: Vec3, t: float) -> Vec3:
    """Return a at t = 0, b at t = 1."""
    return (a[0] + (b[0] - a[0]) * t, a[1] + (b[1] - a[1]) * t, a[2] + (b[2] - a[2]) * t)


def turned(a: Vec3, yaw: float) -> Vec3:
    """Return a turned by yaw radians about z."""
    c, s = math.cos(yaw), math.sin(yaw)
    return (c * a[0] - s * a[1], s * a[0] + c * a[1], a[2])


def wrapped(angle: float) -> float:
    """Return the same angle in -pi..pi."""
    return math.atan2(math.sin(angle), math.cos(angle))


def z_along(direction: Vec3, yaw: float) -> Quaternion:
    """Return the rotation that takes local z to a unit direction, or to its opposite if that points down.

    The opposite will do for a capsule, and keeps clear of the half turn where the shortest arc is undefined.
    """
    d = turned(direction if direction[2] >= 0 else scale(direction, -1), -yaw)
    return _after_yaw((-d[1], d[0], 0.0, 1 + d[2]), yaw)


def x_along(direction: Vec3, yaw: float) -> Quaternion:
    """Return the rotation that turns by yaw and then takes local x to a unit direction by the shortest arc."""
    d = turned(direction, -yaw)
    return _after_yaw((0.0, -d[2], d[1], max(1 + d[0], 1e-6)), yaw)


def _after_yaw(q: Quaternion, yaw: float) -> Quaternion:
    """Return q, made unit, followed by a turn of yaw about z."""
    k = 1 / math.sqrt(q[0] ** 2 + q[1] ** 2 + q[2] ** 2 + q[3] ** 2)
    c, s = math.cos(yaw / 2) * k, math.sin(yaw / 2) * k
    return (c * q[0] - s * q[1], c * q[1] + s * q[0], c * q[2] + s * q[3], c * q[3] - s * q[2])
