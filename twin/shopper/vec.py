"""Three-vectors as plain tuples, for the few that are worked out outside compiled code."""

from __future__ import annotations

import math

from contracts.geometry import Vec3

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
