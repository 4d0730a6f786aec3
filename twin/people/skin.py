"""The compiled step from bones to skin: linear blend skinning."""

from __future__ import annotations

import numpy as np

from contracts.geometry import Floats
from twin.raster.arrays import F32, I64
from twin.raster.jit import kernel


@kernel
def pull_skin(
    turn: Floats, place: Floats, origin: Floats, bones: I64, shares: F32, offsets: F32, normals: F32, out: F32
) -> None:
    """Move every vertex with its bones.

    Args:
        turn: (18, 3, 3) what takes directions of rest to the world.
        place: (18, 3) metres.
        origin: (3,) metres: points are given from here.
        bones: (V, 4) which bones move each vertex.
        shares: (V, 4) by how much.
        offsets: (V, 4, 3) metres: the vertex from each of its bones, in the axes of rest.
        normals: (V, 3) at rest.
        out: (2, V, 3) filled: points, metres, and unit normals.
    """
    for v in range(bones.shape[0]):
        x, y, z, a, b, c = 0.0, 0.0, 0.0, 0.0, 0.0, 0.0
        for k in range(4):
            share = float(shares[v, k])
            if share == 0.0:
                continue
            bone = bones[v, k]
            m, o = turn[bone], place[bone]
            p, q, r = offsets[v, k, 0], offsets[v, k, 1], offsets[v, k, 2]
            x += share * (m[0, 0] * p + m[0, 1] * q + m[0, 2] * r + o[0])
            y += share * (m[1, 0] * p + m[1, 1] * q + m[1, 2] * r + o[1])
            z += share * (m[2, 0] * p + m[2, 1] * q + m[2, 2] * r + o[2])
            p, q, r = normals[v, 0], normals[v, 1], normals[v, 2]
            a += share * (m[0, 0] * p + m[0, 1] * q + m[0, 2] * r)
            b += share * (m[1, 0] * p + m[1, 1] * q + m[1, 2] * r)
            c += share * (m[2, 0] * p + m[2, 1] * q + m[2, 2] * r)
        length = max(np.sqrt(a * a + b * b + c * c), 1e-9)
        out[0, v, 0], out[0, v, 1], out[0, v, 2] = x - origin[0], y - origin[1], z - origin[2]
        out[1, v, 0], out[1, v, 1], out[1, v, 2] = a / length, b / length, c / length
