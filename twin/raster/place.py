"""The compiled step from local meshes to lit points in the world."""

from __future__ import annotations

import numpy as np

from twin.raster.arrays import F32, I64, Placed, Shapes
from twin.raster.jit import kernel

# A soft ceiling: most light comes from everywhere, more from above, and a little from one side, so that
# neighbouring faces of a box differ. The parts add up to 1 at most.
AMBIENT = np.float32(0.60)
FROM_ABOVE = np.float32(0.16)
FROM_SIDE = np.float32(0.24)
SIDE_X, SIDE_Y, SIDE_Z = np.float32(0.48), np.float32(0.28), np.float32(0.8314)
ZERO = np.float32(0)


@kernel
def place(handles: I64, poses: F32, shapes: Shapes, placed: Placed, centres: F32, radii: F32) -> None:
    """Compute points, light and bounding sphere of instances.

    Args:
        handles: (K,) instances.
        poses: (N, 4, 4) world from local; scaled, not sheared.
        shapes: meshes.
        placed: filled.
        centres: (M, 3) bounding sphere of each mesh, metres, local.
        radii: (M,) metres.
    """
    for n in range(handles.shape[0]):
        handle = handles[n]
        pose, mesh, start = poses[handle], placed.mesh[handle], placed.start[handle]
        sx, sy, sz = square(pose, 0), square(pose, 1), square(pose, 2)
        placed.radius[handle] = radii[mesh] * np.sqrt(max(sx, sy, sz))
        turn(pose, centres[mesh], placed.centre[handle])
        first = shapes.vertex_start[mesh]
        for k in range(shapes.vertex_start[mesh + 1] - first):
            turn(pose, shapes.vertices[first + k], placed.points[start + k])
            normal = shapes.normals[first + k]
            placed.light[start + k] = light(pose, normal[0] / sx, normal[1] / sy, normal[2] / sz)


@kernel
def square(pose: F32, axis: int) -> np.float32:
    """Return the square of a pose's scale along a local axis."""
    x, y, z = pose[0, axis], pose[1, axis], pose[2, axis]
    return np.float32(x * x + y * y + z * z)


@kernel
def turn(pose: F32, point: F32, out: F32) -> None:
    """Write pose times (point, 1) to out."""
    for row in range(3):
        out[row] = pose[row, 0] * point[0] + pose[row, 1] * point[1] + pose[row, 2] * point[2] + pose[row, 3]


@kernel
def light(pose: F32, a: np.float32, b: np.float32, c: np.float32) -> np.float32:
    """Return how bright a surface is whose local normal, divided by the squared scale, is (a, b, c)."""
    x = pose[0, 0] * a + pose[0, 1] * b + pose[0, 2] * c
    y = pose[1, 0] * a + pose[1, 1] * b + pose[1, 2] * c
    z = pose[2, 0] * a + pose[2, 1] * b + pose[2, 2] * c
    length = np.sqrt(x * x + y * y + z * z)
    side = max(ZERO, (SIDE_X * x + SIDE_Y * y + SIDE_Z * z) / length)
    return np.float32(AMBIENT + FROM_ABOVE * z / length + FROM_SIDE * side)
