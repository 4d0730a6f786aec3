"""What compiled code works on: plain arrays in named groups."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

F32 = NDArray[np.float32]
F64 = NDArray[np.float64]
I32 = NDArray[np.int32]
I64 = NDArray[np.int64]
U8 = NDArray[np.uint8]

Edge = tuple[float, float, float]
"""Coefficients a, b, c of a*x + b*y + c over pixel indices."""
Box = tuple[int, int, int, int]
"""Pixels x0 <= x < x1, y0 <= y < y1, as (x0, y0, x1, y1); empty when x1 <= x0."""

NEAR_M = 0.05
"""Nothing nearer than this along the optical axis is drawn."""
BACKGROUND = 153
"""Grey of pixels where nothing is."""


class Shapes(NamedTuple):
    """All meshes and textures of a scene, end to end.

    Args:
        vertex_start: (M + 1,) where the vertices of each mesh begin.
        face_start: (M + 1,) where the faces of each mesh begin.
        vertices: (V, 3) metres, local.
        normals: (V, 3) unit.
        uv: (V, 2), v upwards.
        faces: (F, 3) vertex indices within the mesh.
        texels: (T, 3) RGB.
        level_start: (X, levels) where each texture's halved copies begin in `texels`.
        levels: (X,) how many copies a texture has, itself included.
        size: (X,) pixels along a side of the first copy.
    """

    vertex_start: I64
    face_start: I64
    vertices: F32
    normals: F32
    uv: F32
    faces: I32
    texels: U8
    level_start: I64
    levels: I64
    size: I64


class Placed(NamedTuple):
    """All instances of a scene in world coordinates.

    Args:
        start: (N,) where the points of each instance begin.
        mesh: (N,) mesh index.
        texture: (N,) texture index.
        ids: (N,) object id.
        centre: (N, 3) metres, of the bounding sphere.
        radius: (N,) metres.
        points: (P, 3) metres.
        light: (P,) 0..1.
        mapped: (N,) whether light comes from the atlas instead.
        spots: (P, 2) where in the atlas each point lies, columns and rows.
        atlas: (A, B) light of flat fixed sides, 0..1.
        blobs: (N, 9) the soft shadow where each instance touches or nearly touches what is fixed: x, y, z of its
            middle, metres; a, b, c, so that a x x + b x y + c y y is 1 at the edge of the foot; the reach along x
            and y, metres; how dark it is, 0..1.
    """

    start: I64
    mesh: I64
    texture: I64
    ids: I32
    centre: F32
    radius: F32
    points: F32
    light: F32
    mapped: U8
    spots: F32
    atlas: F32
    blobs: F32


class Eye(NamedTuple):
    """The plain numbers of a pinhole camera.

    Args:
        fx: pixels.
        fy: pixels.
        per_fx: 1 / fx.
        per_fy: 1 / fy.
        cx: pixels.
        cy: pixels.
        width: pixels.
        height: pixels.
        shade: whether colour is wanted.
    """

    fx: float
    fy: float
    per_fx: float
    per_fy: float
    cx: float
    cy: float
    width: int
    height: int
    shade: bool


class Lens(NamedTuple):
    """One pinhole camera.

    Args:
        matrix: (3, 4) metres, camera from world.
        sides: (4, 3) inward unit normals of the view pyramid, camera frame.
        eye: the rest.
    """

    matrix: F32
    sides: F32
    eye: Eye


class Target(NamedTuple):
    """What is drawn into: rgb (H, W, 3), depth (H, W) metres, ids (H, W)."""

    rgb: U8
    depth: F32
    ids: I32


class Ink(NamedTuple):
    """What a triangle is filled with; all but depth and ident count only where colour is wanted.

    Args:
        depth: 1 / depth over pixel indices.
        u: u / depth.
        v: v / depth.
        light: light / depth; or the column in the atlas / depth.
        row: row in the atlas / depth.
        mapped: whether light comes from the atlas.
        start: where the chosen copy of the texture begins.
        size: its side, texels.
        ident: object id.
    """

    depth: Edge
    u: Edge
    v: Edge
    light: Edge
    row: Edge
    mapped: bool
    start: int
    size: int
    ident: int


def new_target(width: int, height: int) -> Target:
    """Return an empty picture."""
    return Target(
        np.full((height, width, 3), BACKGROUND, np.uint8),
        np.full((height, width), np.inf, np.float32),
        np.full((height, width), -1, np.int32),
    )


def new_corners(vertices: int) -> F64:
    """Return room for the vertices of one instance, (V, 9)."""
    return np.empty((vertices, 9))
