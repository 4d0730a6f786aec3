"""Where light is computed: the points of an instance in the world, and a smoothed picture of what was found."""

from __future__ import annotations

import numpy as np

from twin.raster.arrays import F32, F64
from twin.scene import Scene

PULL = 0.2
"""Vertices are lit so much nearer to the middle: a corner that touches a wall must not darken a whole side."""


def in_world(scene: Scene, handle: int) -> tuple[F64, F64]:
    """Return the points and unit normals (V, 3) of an instance."""
    mesh, pose = scene.meshes[scene.mesh_of[handle]], np.asarray(scene.pose[handle], float)
    columns = pose[:3, :3].T
    v, n = np.asarray(mesh.vertices, float), mesh.normals / (columns**2).sum(axis=1)
    points = v[:, :1] * columns[0] + v[:, 1:2] * columns[1] + v[:, 2:] * columns[2] + pose[:3, 3]
    normals = n[:, :1] * columns[0] + n[:, 1:2] * columns[1] + n[:, 2:] * columns[2]
    return points, normals / np.sqrt((normals**2).sum(axis=1, keepdims=True))


def drawn_in(points: F64, normals: F64) -> tuple[F64, F64]:
    """Return an instance's points (V, 3) drawn towards the middle of the box around them, and its normals."""
    middle = (points.min(axis=0) + points.max(axis=0)) / 2
    return points + (middle - points) * PULL, normals


def smooth(light: F32) -> F32:
    """Return a picture of light with each texel mixed with its neighbours, 1 : 2 : 1 both ways: less grain."""
    for axis in (0, 1):
        ahead, behind = np.roll(light, 1, axis), np.roll(light, -1, axis)
        first = [slice(None), slice(None)]
        first[axis] = slice(0, 1)
        last = list(first)
        last[axis] = slice(-1, None)
        ahead[tuple(first)], behind[tuple(last)] = light[tuple(first)], light[tuple(last)]
        light = (ahead + light * np.float32(2) + behind) * np.float32(0.25)
    return light
