"""What is done with the rigid parts of a body sixty times a second, compiled."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from contracts.geometry import Floats
from twin.raster.jit import kernel

JUMP_M = 0.3
"""A jump farther than this between two samples is a new start (a body that appears), not a movement."""


@kernel
def follow(
    rows: Floats, solid: NDArray[np.int64], radii: Floats, before: Floats, now: Floats
) -> tuple[float, float, float, float]:
    """Put solid parts where they are at the end of a sample.

    Args:
        rows: (K, 7) poses of all parts.
        solid: (N,) which of them are solid; one at least.
        radii: (N,) of the balls around these.
        before: (N, 7) where they were at the last sample; written.
        now: (N, 7) where they are at this one; written.

    Returns:
        Their middle, and how far any reaches from it.
    """
    x, y, z, reach = 0.0, 0.0, 0.0, 0.0
    for n in range(len(solid)):
        to = rows[solid[n]]
        jumped = False
        for axis in range(3):
            jumped |= abs(now[n, axis] - to[axis]) > JUMP_M
        before[n] = to if jumped else now[n]
        now[n] = to
        x, y, z = x + to[0], y + to[1], z + to[2]
    x, y, z = x / len(solid), y / len(solid), z / len(solid)
    for n in range(len(solid)):
        dx, dy, dz = now[n, 0] - x, now[n, 1] - y, now[n, 2] - z
        reach = max(reach, math.sqrt(dx * dx + dy * dy + dz * dz) + radii[n])
    return x, y, z, reach


@kernel
def matrices(rows: Floats, made: NDArray[np.float32]) -> None:
    """Write the (K, 4, 4) matrices of poses (K, 7)."""
    for n in range(len(rows)):
        x, y, z, w = rows[n, 3], rows[n, 4], rows[n, 5], rows[n, 6]
        m = made[n]
        m[0, 0], m[0, 1], m[0, 2] = 1 - 2 * (y * y + z * z), 2 * (x * y - z * w), 2 * (x * z + y * w)
        m[1, 0], m[1, 1], m[1, 2] = 2 * (x * y + z * w), 1 - 2 * (x * x + z * z), 2 * (y * z - x * w)
        m[2, 0], m[2, 1], m[2, 2] = 2 * (x * z - y * w), 2 * (y * z + x * w), 1 - 2 * (x * x + y * y)
        for axis in range(3):
            m[axis, 3], m[3, axis] = rows[n, axis], 0.0
        m[3, 3] = 1.0
