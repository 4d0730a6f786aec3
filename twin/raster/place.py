"""The compiled step from local meshes to lit points in the world."""

from __future__ import annotations

import numpy as np

from twin.raster.arrays import F32, I64, Placed, Shapes
from twin.raster.jit import kernel
from twin.raster.light.cube import Cube

# A soft ceiling: most light comes from everywhere, more from above, and a little from one side, so that
# neighbouring faces of a box differ. The parts add up to 1 at most.
AMBIENT = np.float32(0.60)
FROM_ABOVE = np.float32(0.16)
FROM_SIDE = np.float32(0.24)
SIDE_X, SIDE_Y, SIDE_Z = np.float32(0.48), np.float32(0.28), np.float32(0.8314)
ZERO, ONE = np.float32(0), np.float32(1)


@kernel
def place(
    handles: I64, poses: F32, shapes: Shapes, placed: Placed, centres: F32, radii: F32, cube: Cube, around: F32
) -> None:
    """Compute points, light and bounding sphere of instances.

    Args:
        handles: (K,) instances.
        poses: (N, 4, 4) world from local; scaled, not sheared.
        shapes: meshes.
        placed: filled.
        centres: (M, 3) bounding sphere of each mesh, metres, local.
        radii: (M,) metres.
        cube: light in free space; empty for plain light.
        around: (6,) room for the light around one instance.
    """
    soft = cube.values.shape[0] > 0
    for n in range(handles.shape[0]):
        handle = handles[n]
        pose, mesh, start = poses[handle], placed.mesh[handle], placed.start[handle]
        sx, sy, sz = square(pose, 0), square(pose, 1), square(pose, 2)
        placed.radius[handle] = radii[mesh] * np.sqrt(max(sx, sy, sz))
        turn(pose, centres[mesh], placed.centre[handle])
        if soft:
            gather(cube, placed.centre[handle], around)
        first = shapes.vertex_start[mesh]
        for k in range(shapes.vertex_start[mesh + 1] - first):
            turn(pose, shapes.vertices[first + k], placed.points[start + k])
            normal = shapes.normals[first + k]
            a, b, c = normal[0] / sx, normal[1] / sy, normal[2] / sz
            placed.light[start + k] = soft_light(pose, a, b, c, around) if soft else light(pose, a, b, c)


@kernel
def drape(handle: int, pose: F32, skin: F32, placed: Placed, cube: Cube, around: F32) -> None:
    """Compute points, light and bounding sphere of an instance whose points are its own.

    Args:
        handle: which.
        pose: (4, 4) world from local, without scale.
        skin: (2, V, 3) points, metres, and unit normals, local.
        placed: filled.
        cube: light in free space; empty for plain light.
        around: (6,) room for the light around it.
    """
    start, count = placed.start[handle], skin.shape[1]
    soft = cube.values.shape[0] > 0
    for row in range(3):
        low, high = np.float32(np.inf), np.float32(-np.inf)
        for k in range(count):
            a, b, c = skin[0, k, 0], skin[0, k, 1], skin[0, k, 2]
            at = pose[row, 0] * a + pose[row, 1] * b + pose[row, 2] * c + pose[row, 3]
            placed.points[start + k, row] = at
            low, high = min(low, at), max(high, at)
        placed.centre[handle, row] = (low + high) * np.float32(0.5)
    if soft:
        gather(cube, placed.centre[handle], around)
    centre, far = placed.centre[handle], ZERO
    for k in range(count):
        point = placed.points[start + k]
        x, y, z = point[0] - centre[0], point[1] - centre[1], point[2] - centre[2]
        far = max(far, x * x + y * y + z * z)
        a, b, c = skin[1, k, 0], skin[1, k, 1], skin[1, k, 2]
        placed.light[start + k] = soft_light(pose, a, b, c, around) if soft else light(pose, a, b, c)
    # A hair more, so that rounding leaves no point outside.
    placed.radius[handle] = np.sqrt(far) * np.float32(1.0001) + np.float32(1e-5)


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


@kernel
def gather(cube: Cube, point: F32, around: F32) -> None:
    """Fill around (6,) with the light at a point, between the eight grid points about it."""
    values = cube.values
    around[:] = ZERO
    x, rx = between(point[0], cube.origin[0], cube.per_step, values.shape[0])
    y, ry = between(point[1], cube.origin[1], cube.per_step, values.shape[1])
    z, rz = between(point[2], cube.origin[2], cube.per_step, values.shape[2])
    for i in range(2):
        for j in range(2):
            for k in range(2):
                weight = (rx if i else ONE - rx) * (ry if j else ONE - ry) * (rz if k else ONE - rz)
                for way in range(6):
                    around[way] += weight * values[x + i, y + j, z + k, way]


@kernel
def between(at: np.float32, origin: float, per_step: float, count: int) -> tuple[int, np.float32]:
    """Return the grid point below a coordinate and how far it is to the next one, 0..1."""
    steps: float = min(max(float(at - origin) * per_step, 0.0), count - 1.0)
    low = min(int(steps), count - 2)
    return low, np.float32(steps - low)


@kernel
def soft_light(pose: F32, a: np.float32, b: np.float32, c: np.float32, around: F32) -> np.float32:
    """Return how bright a surface is whose local normal, divided by the squared scale, is (a, b, c).

    Source: McTaggart, "Half-Life 2 / Valve source shading", 2004: the squares of a normal's parts weigh three sides.
    """
    x = pose[0, 0] * a + pose[0, 1] * b + pose[0, 2] * c
    y = pose[1, 0] * a + pose[1, 1] * b + pose[1, 2] * c
    z = pose[2, 0] * a + pose[2, 1] * b + pose[2, 2] * c
    square = x * x + y * y + z * z
    total = x * x * around[0 if x >= 0 else 1] + y * y * around[2 if y >= 0 else 3] + z * z * around[4 if z >= 0 else 5]
    return np.float32(min(total / square, ONE))
