"""Flat sides of fixed things laid out on one picture of light, the atlas."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from twin.raster.arrays import F32, F64, I64
from twin.scene import Mesh, Scene

PITCH_M = 0.05
"""From texel to texel: the light is soft, so much finer would show nothing more."""
COARSE_M = 0.4
"""The same along strips narrower than `NARROW_M`, such as the edges of plates."""
NARROW_M = 0.01
MOST = 400
"""Texels along a side at most, however large the floor."""
INSET_M = 0.003
"""Texels at a border are computed so far within it, since neighbours touch there."""
ATLAS_WIDTH = 1024
FLAT = 0.999


@dataclass(frozen=True, slots=True)
class Chart:
    """One flat side of a fixed instance.

    Args:
        handle: the instance.
        vertices: (K,) its vertices within the mesh.
        corner: (3,) where its texels begin, metres, world.
        along: (2, 3) unit vectors in which columns and rows go on.
        size: (2,) metres that columns and rows reach.
        texels: columns and rows.
        normal: (3,) unit, world.
        at: (2,) where its first texel lies in the atlas, columns and rows.
    """

    handle: int
    vertices: I64
    corner: F64
    along: F64
    size: F64
    texels: tuple[int, int]
    normal: F64
    at: tuple[int, int] = (0, 0)

    def points(self) -> F64:
        """Return where each texel lies, (rows * columns, 3) metres, world."""
        columns, rows = (self._steps(axis) for axis in (0, 1))
        grid = columns[None, :, None] * self.along[0] + rows[:, None, None] * self.along[1]
        points: F64 = (self.corner + grid).reshape(-1, 3)
        return points

    def _steps(self, axis: int) -> F64:
        inset = min(INSET_M, float(self.size[axis]) / 4)
        return np.linspace(inset, float(self.size[axis]) - inset, self.texels[axis])

    def coordinates(self, points: F64) -> F32:
        """Return where points (K, 3) of this side lie in the atlas, (K, 2) columns and rows."""
        away = points - self.corner
        share = np.stack([(away * along).sum(axis=1) for along in self.along], axis=1) / self.size
        places: F32 = (np.array(self.at) + np.clip(share, 0, 1) * (np.array(self.texels) - 1)).astype(np.float32)
        return places


def charts_of(scene: Scene) -> list[Chart]:
    """Return a chart for every flat side of every fixed instance, packed side by side."""
    sides = {mesh: flat_sides(scene.meshes[mesh]) for mesh in sorted({scene.mesh_of[h] for h in _fixed(scene)})}
    return _packed([_chart(scene, handle, side) for handle in _fixed(scene) for side in sides[scene.mesh_of[handle]]])


def atlas_shape(charts: list[Chart]) -> tuple[int, int]:
    """Return rows and columns of the atlas that holds the charts."""
    return max((chart.at[1] + chart.texels[1] for chart in charts), default=1), ATLAS_WIDTH


def flat_sides(mesh: Mesh) -> list[I64]:
    """Return the vertices of each connected part of a mesh that is flat; curved parts are left out."""
    part = np.arange(len(mesh.vertices))
    for _ in range(len(mesh.vertices)):
        before = part.copy()
        for corners in mesh.faces.T:
            np.minimum.at(part, corners, part[mesh.faces].min(axis=1))
        if (part == before).all():
            break
    sides = [np.flatnonzero(part == name) for name in np.unique(part[mesh.faces])]
    return [side for side in sides if (mesh.normals[side] @ mesh.normals[side[0]] > FLAT).all()]


def _fixed(scene: Scene) -> list[int]:
    handles: list[int] = np.flatnonzero(scene.fixed & scene.visible).tolist()
    return handles


def _chart(scene: Scene, handle: int, side: I64) -> Chart:
    mesh, pose = scene.meshes[scene.mesh_of[handle]], np.asarray(scene.pose[handle], float)
    points = _sum(pose[:3, :3], mesh.vertices[side]) + pose[:3, 3]
    normal = _unit(_sum(pose[:3, :3] / (pose[:3, :3] ** 2).sum(axis=0), mesh.normals[side[:1]])[0])
    first = _unit(points[1] - points[0])
    along = np.stack([first, _cross(normal, first)])
    reach = np.stack([(points * axis).sum(axis=1) for axis in along], axis=1)
    low, size = reach.min(axis=0), np.maximum(np.ptp(reach, axis=0), 1e-6)
    corner = points[0] + (along * (low - reach[0])[:, None]).sum(axis=0)
    pitch = COARSE_M if size.min() < NARROW_M else PITCH_M
    columns, rows = (min(MOST, 2 + int(length / pitch)) for length in size.tolist())
    return Chart(handle, side, corner, along, size, (columns, rows), normal)


def _packed(charts: list[Chart]) -> list[Chart]:
    """Return the charts in rows of the atlas, the highest first."""
    placed = []
    x = y = height = 0
    for chart in sorted(charts, key=lambda chart: -chart.texels[1]):
        if x + chart.texels[0] > ATLAS_WIDTH:
            x, y, height = 0, y + height, 0
        height = height or chart.texels[1]
        placed.append(
            Chart(
                chart.handle, chart.vertices, chart.corner, chart.along, chart.size, chart.texels, chart.normal, (x, y)
            )
        )
        x += chart.texels[0]
    return placed


def _sum(matrix: F64, vectors: NDArray[np.float32]) -> F64:
    """Return matrix (3, 3) times each of (K, 3); by plain sums, on which all processors agree."""
    v = np.asarray(vectors, float)
    return v[:, :1] * matrix[:, 0] + v[:, 1:2] * matrix[:, 1] + v[:, 2:3] * matrix[:, 2]


def _cross(a: F64, b: F64) -> F64:
    return np.array([a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]])


def _unit(v: F64) -> F64:
    unit: F64 = v / np.sqrt(v[0] * v[0] + v[1] * v[1] + v[2] * v[2])
    return unit
