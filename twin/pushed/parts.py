"""Simple shapes with a material each, joined to one mesh."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from contracts.geometry import Floats, Vec3
from twin import shapes
from twin.scene import Mesh

MATERIALS = ("cloth", "metal", "tyre", "hub", "seat", "lining", "skin", "grip")


@dataclass(frozen=True, slots=True)
class Part:
    """One shape in place.

    Args:
        points: (V, 3) metres.
        normals: (V, 3) unit.
        faces: (F, 3) counter-clockwise seen from outside.
        material: index into `MATERIALS`.
    """

    points: Floats
    normals: Floats
    faces: NDArray[np.int64]
    material: int


def box(material: str, size_m: Vec3, at: Vec3, pitch: float = 0.0) -> Part:
    """Return a box about its middle, its front end lowered by pitch radians."""
    return _placed(shapes.box(size_m), material, _about_y(pitch), at)


def egg(material: str, half_m: Vec3, at: Vec3) -> Part:
    """Return an ellipsoid about its middle."""
    return _placed(shapes.ellipsoid(half_m), material, np.eye(3), at)


def bar(material: str, a: Vec3, b: Vec3, thick_m: float) -> Part:
    """Return a square bar from one point to another."""
    along = np.subtract(b, a)
    length = float(np.linalg.norm(along))
    x = along / length
    wish = np.array([0.0, 0.0, 1.0]) if abs(x[2]) < 0.9 else np.array([0.0, 1.0, 0.0])
    y = np.cross(wish, x)
    y /= np.linalg.norm(y)
    turn = np.stack([x, y, np.cross(x, y)], axis=1)
    middle = (np.asarray(a) + np.asarray(b)) / 2
    return _placed(shapes.box((length + thick_m, thick_m, thick_m)), material, turn, tuple(middle.tolist()))


def wheel(radius_m: float, width_m: float, at: Vec3) -> list[Part]:
    """Return a tyre and a hub that turn about y."""
    on_side = np.array([[1.0, 0.0, 0.0], [0.0, 0.0, -1.0], [0.0, 1.0, 0.0]])
    tyre = shapes.can((2 * radius_m, 2 * radius_m, width_m))
    hub = shapes.can((1.6 * radius_m, 1.6 * radius_m, width_m * 1.15))
    return [_placed(tyre, "tyre", on_side, at), _placed(hub, "hub", on_side, at)]


def sheet(material: str, grid: Floats) -> Part:
    """Return a curved sheet that is seen from both sides.

    Args:
        material: what of.
        grid: (R, C, 3) its points, metres.
    """
    rows, columns = grid.shape[:2]
    points = grid.reshape(-1, 3)
    first = (np.arange(rows - 1)[:, None] * columns + np.arange(columns - 1)).reshape(-1, 1)
    faces = (first[:, None] + np.array([[0, 1, columns + 1], [0, columns + 1, columns]])).reshape(-1, 3)
    normals = _normals(points, faces)
    return Part(
        np.concatenate([points, points]),
        np.concatenate([normals, -normals]),
        np.concatenate([faces, faces[:, ::-1] + len(points)]),
        MATERIALS.index(material),
    )


def joined(parts: Iterable[Part]) -> Mesh:
    """Return all parts as one mesh; a material is a column of its texture, height its rows."""
    listed = list(parts)
    points = np.concatenate([part.points for part in listed])
    starts = np.cumsum([0, *(len(part.points) for part in listed)])
    column = np.concatenate([np.full(len(part.points), (part.material + 0.5) / len(MATERIALS)) for part in listed])
    # Rounded before it becomes float32, since sines differ in the last bit between processors.
    vertices = np.round(points, 7) + 0.0
    normals = np.round(np.concatenate([part.normals for part in listed]), 6) + 0.0
    uv = np.stack([column, np.clip(vertices[:, 2] / 1.1, 0.0, 1.0)], axis=1)
    faces = np.concatenate([part.faces + start for part, start in zip(listed, starts, strict=False)])
    return Mesh(vertices.astype(np.float32), normals.astype(np.float32), uv.astype(np.float32), faces.astype(np.int32))


def _placed(mesh: Mesh, material: str, turn: Floats, at: Vec3) -> Part:
    points = mesh.vertices.astype(np.float64) @ turn.T + np.asarray(at)
    normals = mesh.normals.astype(np.float64) @ turn.T
    return Part(points, normals, mesh.faces.astype(np.int64), MATERIALS.index(material))


def _about_y(angle: float) -> Floats:
    c, s = math.cos(angle), math.sin(angle)
    return np.array([[c, 0.0, s], [0.0, 1.0, 0.0], [-s, 0.0, c]])


def _normals(points: Floats, faces: NDArray[np.int64]) -> Floats:
    a, b, c = (points[faces[:, k]] for k in range(3))
    across, out = np.cross(b - a, c - a), np.zeros_like(points)
    for k in range(3):
        np.add.at(out, faces[:, k], across)
    unit: Floats = out / np.maximum(np.linalg.norm(out, axis=1, keepdims=True), 1e-12)
    return unit
