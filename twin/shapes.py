"""Meshes of packages and body parts: few triangles, closed, turned outwards, origin at the centre of the box they fill.

A texture holds the front of a package in its left half and the back in its right half, above a plain strip
(`twin.labels`). Round packages wrap it once around, so that the front's middle faces -y: the shopper.
"""

from __future__ import annotations

import itertools

import numpy as np
from numpy.typing import NDArray

from contracts.geometry import Floats, Vec3
from twin.scene import Mesh
from twin.store_model import Shape

Ints = NDArray[np.int64]

PLAIN = 1 / 16
"""The lowest share of every label has one colour: tops, bottoms and sides are drawn with it."""
_PLAIN_UV = (0.5, PLAIN / 2)

_CAN_SIDES = 16
_BOTTLE_SIDES = 10
_LIMB_SIDES = 12
_THIN_M, _THIN_SIDES = 0.075, 8
"""Arms and legs are no wider than this: a side less than a pixel away from round needs no more corners."""
_FAR_SIDES, _FAR_THIN_SIDES = 8, 6
"""Of what is seen from afar."""
_EGG_RINGS = 6
_BAG_CELLS = 4

# Radius and height of a bottle from the foot to the cap, as shares of half its width and of its height. Our design.
_BOTTLE = ((0.94, 0.0), (1.0, 0.05), (1.0, 0.62), (0.42, 0.84), (0.36, 1.0))


def package(shape: Shape, size_m: Vec3) -> Mesh:
    """Return the mesh of a package.

    Args:
        shape: form of the package.
        size_m: width, depth, height in metres.
    """
    return {Shape.BOX: box, Shape.CAN: can, Shape.BOTTLE: bottle, Shape.BAG: bag}[shape](size_m)


def box(size_m: Vec3) -> Mesh:
    """Return a box of 12 triangles with full sizes along x, y, z in metres."""
    corners, normals, uv = [], [], []
    for axis, sign in itertools.product((1, 0, 2), (-1.0, 1.0)):
        normal = np.eye(3)[axis] * sign
        up = np.array([0.0, 0.0, 1.0]) if axis != 2 else np.array([0.0, 1.0, 0.0])
        right = np.cross(up, normal)
        for u, v in ((0, 0), (1, 0), (1, 1), (0, 1)):
            corners.append(normal + (2 * u - 1) * right + (2 * v - 1) * up)
            normals.append(normal)
            uv.append(_panel_uv(u, v, back=sign > 0) if axis == 1 else _PLAIN_UV)
    faces = [(4 * side + a, 4 * side + b, 4 * side + c) for side in range(6) for a, b, c in ((0, 1, 2), (0, 2, 3))]
    return _mesh(np.array(corners) * np.array(size_m) / 2, np.array(normals), np.array(uv), np.array(faces))


def can(size_m: Vec3) -> Mesh:
    """Return an upright cylinder of 64 triangles."""
    down, out, up = (0.0, -1.0), (1.0, 0.0), (0.0, 1.0)
    profile = [(0, -1, *down), (1, -1, *down), (1, -1, *out), (1, 1, *out), (1, 1, *up), (0, 1, *up)]
    return _lathe(np.array(profile, float), np.array(size_m) / 2, _CAN_SIDES)


def bottle(size_m: Vec3) -> Mesh:
    """Return a bottle of 100 triangles: foot, body, shoulder, neck."""
    rings = [(r, 2 * z - 1) for r, z in _BOTTLE]
    outline = [(r, z, *_outward(rings, i)) for i, (r, z) in enumerate(rings)]
    first, last = rings[0], rings[-1]
    bottom = [(0.0, -1.0, 0.0, -1.0), (*first, 0.0, -1.0)]
    top = [(*last, 0.0, 1.0), (0.0, 1.0, 0.0, 1.0)]
    return _lathe(np.array(bottom + outline + top), np.array(size_m) / 2, _BOTTLE_SIDES)


def bag(size_m: Vec3) -> Mesh:
    """Return a pillow of 64 triangles, sealed along its edges."""
    side = np.linspace(-1, 1, _BAG_CELLS + 1)
    x, z = np.meshgrid(side, side)
    bulge = (1 - x**2) * (1 - z**2)
    columns, rows = x.ravel(), z.ravel()
    front = np.stack([columns, -bulge.ravel(), rows], axis=1)
    back = np.stack([-columns, bulge.ravel(), rows], axis=1)
    quads = _quads(_BAG_CELLS + 1, _BAG_CELLS + 1)
    vertices = np.concatenate([front, back]) * np.array(size_m) / 2
    faces = np.concatenate([quads, quads + len(front)])
    panels = [[_panel_uv((u + 1) / 2, (v + 1) / 2, back=b) for u, v in zip(columns, rows, strict=True)] for b in (0, 1)]
    return _mesh(vertices, _smooth(vertices, faces), np.array(panels).reshape(-1, 2), faces)


def capsule(radius_m: float, length_m: float, *, far: bool = False) -> Mesh:
    """Return a capsule along z, of 144 triangles or 64 if it is thin; length_m includes both caps.

    Args:
        radius_m: of the tube and the caps.
        length_m: from end to end.
        far: whether it is seen from afar: then of 64 or 24.
    """
    thin = radius_m < _THIN_M
    if far:
        sides, rings = (_FAR_THIN_SIDES, 1) if thin else (_FAR_SIDES, 2)
    else:
        sides, rings = (_THIN_SIDES, 2) if thin else (_LIMB_SIDES, 3)
    half = max(length_m / 2 - radius_m, 0.0)
    angles = np.radians(np.linspace(-90, 90, 2 * rings + 1))
    angles = np.concatenate([angles[: rings + 1], angles[rings:]])  # the equator twice, half apart
    shift = np.where(np.arange(len(angles)) <= rings, -half, half)
    ring, rise = np.cos(angles), np.sin(angles)
    wide = _as_wide(sides)
    profile = np.stack([ring * radius_m * wide, rise * radius_m + shift, ring, rise], axis=1)
    return _lathe(profile, np.ones(3), sides, top=max(length_m / 2, radius_m))


def ellipsoid(half_axes_m: Vec3, *, far: bool = False) -> Mesh:
    """Return an ellipsoid of 120 triangles, from afar of 48, with half axes in metres."""
    sides, rings = (_FAR_SIDES, 4) if far else (_LIMB_SIDES, _EGG_RINGS)
    angles = np.radians(np.linspace(-90, 90, rings + 1))
    wide = _as_wide(sides)
    profile = np.stack([np.cos(angles) * wide, np.sin(angles), np.cos(angles), np.sin(angles)], axis=1)
    return _lathe(profile, np.array(half_axes_m), sides)


def _as_wide(sides: int) -> float:
    """Return by how much a polygon must grow to cover as much as one of `_LIMB_SIDES` corners on the same circle."""
    return float(np.sqrt(_covers(_LIMB_SIDES) / _covers(sides)))


def _covers(sides: int) -> float:
    """Return the area of a regular polygon on a circle of radius 1."""
    return float(sides * np.sin(2 * np.pi / sides) / 2)


def _panel_uv(u: float, v: float, *, back: bool | int) -> tuple[float, float]:
    """Return where a point of the front or back panel, u and v in 0..1, lies in the texture."""
    return (u + bool(back)) / 2, PLAIN + (1 - PLAIN) * v


def _lathe(profile: Floats, scale: Floats, sides: int, top: float = 1.0) -> Mesh:
    """Turn an outline about z.

    Args:
        profile: (P, 4) radius, z, and the outward normal's radial and z part, from the bottom up.
        scale: (3,) metres by which x, y, z are stretched.
        sides: how many flat sides.
        top: z at which the label ends; it begins at -top.
    """
    turns = np.linspace(0.0, 1.0, sides + 1)
    angles = (turns - 0.5) * 2 * np.pi
    radius, z, out, rise = (column[:, None] for column in profile.T)
    cos, sin = np.cos(angles)[None], np.sin(angles)[None]
    level = np.ones_like(cos)
    vertices = np.stack([radius * cos, radius * sin, z * level], axis=-1).reshape(-1, 3) * scale
    normals = np.stack([out * cos, out * sin, rise * level], axis=-1).reshape(-1, 3) / scale
    uv = np.stack([turns[None] * np.ones_like(z), PLAIN + (1 - PLAIN) * (z / top + 1) / 2 * level], axis=-1)
    uv[(np.abs(rise) == 1)[:, 0]] = _PLAIN_UV
    return _mesh(vertices, normals, uv.reshape(-1, 2), _quads(len(profile), sides + 1))


def _outward(rings: list[tuple[float, float]], i: int) -> tuple[float, float]:
    """Return the normal of an outline at a ring: square to the line between its neighbours."""
    (r0, z0), (r1, z1) = rings[max(i - 1, 0)], rings[min(i + 1, len(rings) - 1)]
    return z1 - z0, r0 - r1


def _quads(rows: int, columns: int) -> Ints:
    """Return two triangles for every cell of a grid of vertices, rows upwards and columns to the right."""
    first = (np.arange(rows - 1)[:, None] * columns + np.arange(columns - 1)).reshape(-1, 1)
    corners = np.array([[0, 1, columns + 1], [0, columns + 1, columns]])
    faces: Ints = (first[:, None] + corners).reshape(-1, 3)
    return faces


def _smooth(vertices: Floats, faces: Ints) -> Floats:
    """Return vertex normals as the sum of the faces around, weighted by area."""
    a, b, c = (vertices[faces[:, i]] for i in range(3))
    normals = np.zeros_like(vertices)
    for corner in range(3):
        np.add.at(normals, faces[:, corner], np.cross(b - a, c - a))
    return normals


def _mesh(vertices: Floats, normals: Floats, uv: Floats, faces: Ints) -> Mesh:
    """Return the mesh without triangles that have no area (at poles and sharp rims).

    Rounded before it becomes float32, since sines differ in the last bit between processors.
    """
    v = np.round(vertices, 7)
    area = np.linalg.norm(np.cross(v[faces[:, 1]] - v[faces[:, 0]], v[faces[:, 2]] - v[faces[:, 0]]), axis=1)
    unit = normals / np.maximum(np.linalg.norm(normals, axis=1, keepdims=True), 1e-12)
    return Mesh(
        vertices=(v + 0.0).astype(np.float32),
        normals=(np.round(unit, 6) + 0.0).astype(np.float32),
        uv=np.round(uv, 6).astype(np.float32),
        faces=faces[area > 1e-12].astype(np.int32),
    )
