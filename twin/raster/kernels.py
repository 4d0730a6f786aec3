"""The compiled rasteriser: triangles in camera space, swept row by row.

Edges and interpolation come from the triangle's corners in homogeneous form (Olano and Greer, "Triangle scan
conversion using 2D homogeneous coordinates", 1997): a ray r hits the triangle where the three products
(corner x corner) . r have one sign, and their sum over the volume is 1 / depth. Corners behind the camera need no
clipping. A pixel's value depends on the triangle and the pixel alone, never on the clip box: that is what makes a
redrawn rectangle equal to a full picture, bit for bit.

Everything that calls one another stays in this file: the compiler's cache notices a change of this file only.
"""

from __future__ import annotations

import numpy as np

from twin.raster.arrays import (
    F32,
    F64,
    I32,
    I64,
    NEAR_M,
    U8,
    Box,
    Edge,
    Eye,
    Ink,
    Lens,
    Placed,
    Shapes,
    Target,
)
from twin.raster.jit import inlined, kernel

NEAR = np.float32(NEAR_M)
ONE = np.float32(1)
# Boxes are taken this much too generously, pixels; the edges themselves decide.
SLACK = 1e-3
# A texture of uv 0..1 must not wrap to its first texel at u = 1.
SHRINK = 0.99999
# Texels a pixel, by area, above which the next smaller copy of a texture is used.
TEXELS = 2.0
# What a row of `corners` holds: the point in the camera frame, its pixel, texture coordinates, and light, or column
# and row in the atlas of light.
Z, PX, PY, U, V, LIGHT, ROW = 2, 3, 4, 5, 6, 7, 8


@kernel
def draw(
    handles: I64,
    clip: Box,
    lens: Lens,
    shapes: Shapes,
    placed: Placed,
    target: Target,
    corners: F64,
    bounds: I32,
) -> None:
    """Draw instances in the given order within a clip box; the nearer wins, the earlier on a tie.

    Args:
        handles: (K,) instances.
        clip: pixels that may be touched.
        lens: the camera.
        shapes: meshes and textures.
        placed: instances.
        target: what is drawn into.
        corners: (V, 9) room for the vertices of one instance.
        bounds: (K, 4) filled with the box that each instance may have touched.
    """
    # Arrays are taken out of their groups once: each time costs as much as a small triangle.
    eye, faces, texels, level_start = lens.eye, shapes.faces, shapes.texels, shapes.level_start
    rgb, depth, ids, atlas = target.rgb, target.depth, target.ids, placed.atlas
    for n in range(handles.shape[0]):
        handle = handles[n]
        box, crosses = project(handle, lens, shapes, placed, corners)
        box = (max(box[0], clip[0]), max(box[1], clip[1]), min(box[2], clip[2]), min(box[3], clip[3]))
        for k in range(4):
            bounds[n, k] = box[k]
        if box[2] <= box[0] or box[3] <= box[1]:
            continue
        mesh, texture, ident = placed.mesh[handle], placed.texture[handle], placed.ids[handle]
        levels, size, mapped = shapes.levels[texture], shapes.size[texture], placed.mapped[handle] != 0
        for f in range(shapes.face_start[mesh], shapes.face_start[mesh + 1]):
            a, b, c = faces[f, 0], faces[f, 1], faces[f, 2]
            volume = six_volumes(corners, a, b, c)
            if volume <= 0:
                continue
            tight = box if crosses else around(corners, a, b, c, box)
            if tight[2] <= tight[0] or tight[3] <= tight[1]:
                continue
            level = 0 if crosses or not eye.shade else choose_level(corners, a, b, c, size, levels)
            start = level_start[texture, level]
            edges, ink = set_up(corners, a, b, c, 1 / volume, eye, mapped, start, size >> level, ident)
            sweep(tight, edges, ink, eye, texels, atlas, rgb, depth, ids)


@kernel
def measure(handles: I64, lens: Lens, shapes: Shapes, placed: Placed, corners: F64, bounds: I32) -> None:
    """Fill bounds[handle] with the box that each of the instances covers."""
    for n in range(handles.shape[0]):
        box, _ = project(handles[n], lens, shapes, placed, corners)
        for k in range(4):
            bounds[handles[n], k] = box[k]


@inlined
def to_camera(matrix: F32, x: np.float32, y: np.float32, z: np.float32) -> tuple[np.float32, np.float32, np.float32]:
    """Take a world point through a (3, 4) matrix."""
    return (
        matrix[0, 0] * x + matrix[0, 1] * y + matrix[0, 2] * z + matrix[0, 3],
        matrix[1, 0] * x + matrix[1, 1] * y + matrix[1, 2] * z + matrix[1, 3],
        matrix[2, 0] * x + matrix[2, 1] * y + matrix[2, 2] * z + matrix[2, 3],
    )


@kernel
def in_view(matrix: F32, sides: F32, centre: F32, radius: np.float32) -> bool:
    """Return whether a sphere touches the view pyramid."""
    x, y, z = to_camera(matrix, centre[0], centre[1], centre[2])
    if z + radius < NEAR:
        return False
    for k in range(4):  # noqa: SIM110  (the compiler knows no generators)
        if sides[k, 0] * x + sides[k, 1] * y + sides[k, 2] * z < -radius:
            return False
    return True


@kernel
def project(handle: int, lens: Lens, shapes: Shapes, placed: Placed, corners: F64) -> tuple[Box, bool]:
    """Take an instance's vertices into the camera; return the box it covers and whether it crosses the near plane."""
    matrix, eye = lens.matrix, lens.eye
    if not in_view(matrix, lens.sides, placed.centre[handle], placed.radius[handle]):
        return (0, 0, 0, 0), False
    mesh, start, points, light, uv = placed.mesh[handle], placed.start[handle], placed.points, placed.light, shapes.uv
    first, fx, fy = shapes.vertex_start[mesh], np.float32(eye.fx), np.float32(eye.fy)
    cx, cy = np.float32(eye.cx), np.float32(eye.cy)
    mapped, spots = placed.mapped[handle] != 0, placed.spots
    far_out = np.float32(1e9)
    x0, y0, x1, y1 = far_out, far_out, -far_out, -far_out
    crosses = False
    for k in range(shapes.vertex_start[mesh + 1] - first):
        x, y, z = to_camera(matrix, points[start + k, 0], points[start + k, 1], points[start + k, 2])
        corners[k, 0], corners[k, 1], corners[k, Z] = x, y, z
        corners[k, U], corners[k, V] = uv[first + k, 0], uv[first + k, 1]
        corners[k, LIGHT] = light[start + k]
        if mapped:
            corners[k, LIGHT], corners[k, ROW] = spots[start + k, 0], spots[start + k, 1]
        if z < NEAR:
            crosses = True
            continue
        u, v = cx + fx * x / z, cy + fy * y / z
        corners[k, PX], corners[k, PY] = u, v
        x0, y0, x1, y1 = min(x0, u), min(y0, v), max(x1, u), max(y1, v)
    if crosses:
        return (0, 0, eye.width, eye.height), True
    # One pixel more on each side than the corners say: the edges decide.
    left, top, right, bottom = x0 - ONE, y0 - ONE, x1 + ONE + ONE, y1 + ONE + ONE
    return (cut(left, eye.width), cut(top, eye.height), cut(right, eye.width), cut(bottom, eye.height)), False


@kernel
def cut(pixel: np.float32, size: int) -> int:
    """Clamp a pixel coordinate to 0..size and cut off its fraction."""
    if pixel <= 0:
        return 0
    if pixel >= size:
        return size
    return int(pixel)


@inlined
def six_volumes(corners: F64, a: int, b: int, c: int) -> float:
    """Return six times the volume between camera and triangle; positive when seen from outside."""
    return -float(
        corners[a, 0] * (corners[b, 1] * corners[c, 2] - corners[b, 2] * corners[c, 1])
        + corners[a, 1] * (corners[b, 2] * corners[c, 0] - corners[b, 0] * corners[c, 2])
        + corners[a, 2] * (corners[b, 0] * corners[c, 1] - corners[b, 1] * corners[c, 0])
    )


@inlined
def around(corners: F64, a: int, b: int, c: int, box: Box) -> Box:
    """Return the pixels within a box whose centres a triangle may cover."""
    xa, xb, xc = corners[a, PX], corners[b, PX], corners[c, PX]
    ya, yb, yc = corners[a, PY], corners[b, PY], corners[c, PY]
    return (
        max(box[0], int(np.ceil(min(xa, xb, xc) - 0.5 - SLACK))),
        max(box[1], int(np.ceil(min(ya, yb, yc) - 0.5 - SLACK))),
        min(box[2], int(np.floor(max(xa, xb, xc) - 0.5 + SLACK)) + 1),
        min(box[3], int(np.floor(max(ya, yb, yc) - 0.5 + SLACK)) + 1),
    )


@inlined
def choose_level(corners: F64, a: int, b: int, c: int, size: int, levels: int) -> int:
    """Choose the copy of a texture that has about one texel a pixel."""
    ua, va, xa, ya = corners[a, U], corners[a, V], corners[a, PX], corners[a, PY]
    texels = (corners[b, U] - ua) * (corners[c, V] - va) - (corners[c, U] - ua) * (corners[b, V] - va)
    pixels = (corners[b, PX] - xa) * (corners[c, PY] - ya) - (corners[c, PX] - xa) * (corners[b, PY] - ya)
    wanted, most = abs(texels) * size * size, TEXELS * abs(pixels)
    level = 0
    while level < levels - 1 and wanted > most:
        wanted *= 0.25
        level += 1
    return level


@inlined
def edge(corners: F64, p: int, q: int, eye: Eye) -> Edge:
    """Compute (p x q) . ray as a function of pixel indices; swapping p and q negates it exactly."""
    x = corners[p, 1] * corners[q, 2] - corners[p, 2] * corners[q, 1]
    y = corners[p, 2] * corners[q, 0] - corners[p, 0] * corners[q, 2]
    z = corners[p, 0] * corners[q, 1] - corners[p, 1] * corners[q, 0]
    a, b = x * eye.per_fx, y * eye.per_fy
    return a, b, z + a * (0.5 - eye.cx) + b * (0.5 - eye.cy)


@inlined
def blend(s0: float, s1: float, s2: float, e0: Edge, e1: Edge, e2: Edge, scale: float) -> Edge:
    """Return value / depth over pixel indices, for values s0, s1, s2 at the corners."""
    return (
        (s0 * e0[0] + s1 * e1[0] + s2 * e2[0]) * scale,
        (s0 * e0[1] + s1 * e1[1] + s2 * e2[1]) * scale,
        (s0 * e0[2] + s1 * e1[2] + s2 * e2[2]) * scale,
    )


@inlined
def set_up(
    corners: F64, a: int, b: int, c: int, scale: float, eye: Eye, mapped: bool, start: int, size: int, ident: int
) -> tuple[tuple[Edge, Edge, Edge], Ink]:
    """Return a triangle's edges and what it is filled with."""
    e0, e1, e2 = edge(corners, c, b, eye), edge(corners, a, c, eye), edge(corners, b, a, eye)
    depth = blend(1.0, 1.0, 1.0, e0, e1, e2, scale)
    u, v, light, row = depth, depth, depth, depth
    if eye.shade:
        u = blend(corners[a, U], corners[b, U], corners[c, U], e0, e1, e2, scale)
        v = blend(corners[a, V], corners[b, V], corners[c, V], e0, e1, e2, scale)
        light = blend(corners[a, LIGHT], corners[b, LIGHT], corners[c, LIGHT], e0, e1, e2, scale)
        if mapped:
            row = blend(corners[a, ROW], corners[b, ROW], corners[c, ROW], e0, e1, e2, scale)
    return (e0, e1, e2), Ink(depth, u, v, light, row, mapped, start, size, ident)


@inlined
def border(e: Edge) -> tuple[float, float]:
    """Return where an edge crosses a row: x = slope * y + offset; of no use for a level edge."""
    return -e[1] / e[0], -e[2] / e[0]


@inlined
def narrow(y: int, e: Edge, line: tuple[float, float], low: float, high: float) -> tuple[float, float]:
    """Narrow low <= x < high to the inner side of an edge on row y."""
    if e[0] > 0:
        low = max(low, line[0] * y + line[1])
    elif e[0] < 0:
        high = min(high, line[0] * y + line[1])
    else:
        inside = e[1] * y + e[2]
        if inside < 0 or (inside == 0 and e[1] < 0):
            high = -1.0
    return low, high


@kernel
def sweep(
    box: Box,
    edges: tuple[Edge, Edge, Edge],
    ink: Ink,
    eye: Eye,
    texels: U8,
    atlas: F32,
    rgb: U8,
    depth: F32,
    ids: I32,
) -> None:
    """Fill a triangle row by row."""
    e0, e1, e2 = edges
    line0, line1, line2 = border(e0), border(e1), border(e2)
    for y in range(box[1], box[3]):
        low, high = narrow(y, e0, line0, 0.0, float(eye.width))
        low, high = narrow(y, e1, line1, low, high)
        low, high = narrow(y, e2, line2, low, high)
        if low >= high:
            continue
        # The row's values are anchored at the triangle's own first pixel, not at the box: see the top of the file.
        anchor = int(np.ceil(low))
        x0, x1 = max(anchor, box[0]), min(int(np.ceil(high)), box[2])
        if x1 <= x0:
            continue
        if eye.shade and ink.mapped:
            paint_mapped(y, anchor, x0, x1, ink, texels, atlas, rgb, depth, ids)
        elif eye.shade:
            paint(y, anchor, x0, x1, ink, texels, rgb, depth, ids)
        else:
            probe(y, anchor, x0, x1, ink, depth, ids)


@inlined
def at(plane: Edge, x: int, y: int) -> np.float32:
    """Return a plane's value at a pixel."""
    return np.float32(plane[0] * x + plane[1] * y + plane[2])


@kernel
def probe(y: int, anchor: int, x0: int, x1: int, ink: Ink, depth: F32, ids: I32) -> None:
    """Fill part of a row with depth and id."""
    q0, dq = at(ink.depth, anchor, y), np.float32(ink.depth[0])
    for x in range(x0, x1):
        z = ONE / (q0 + np.float32(x - anchor) * dq)
        if NEAR <= z < depth[y, x]:
            depth[y, x] = z
            ids[y, x] = ink.ident


@kernel
def paint(y: int, anchor: int, x0: int, x1: int, ink: Ink, texels: U8, rgb: U8, depth: F32, ids: I32) -> None:
    """Fill part of a row with depth, id and lit texels."""
    q0, dq = at(ink.depth, anchor, y), np.float32(ink.depth[0])
    u0, du = at(ink.u, anchor, y), np.float32(ink.u[0])
    v0, dv = at(ink.v, anchor, y), np.float32(ink.v[0])
    l0, dl = at(ink.light, anchor, y), np.float32(ink.light[0])
    size = ink.size
    side = np.float32(size * SHRINK)
    for x in range(x0, x1):
        k = np.float32(x - anchor)
        z = ONE / (q0 + k * dq)
        if NEAR <= z < depth[y, x]:
            depth[y, x] = z
            ids[y, x] = ink.ident
            column = int((u0 + k * du) * z * side) & (size - 1)
            row = int((ONE - (v0 + k * dv) * z) * side) & (size - 1)
            texel, lit = ink.start + row * size + column, (l0 + k * dl) * z
            for channel in range(3):
                rgb[y, x, channel] = np.uint8(np.float32(texels[texel, channel]) * lit)


@inlined
def shade(atlas: F32, column: np.float32, row: np.float32) -> np.float32:
    """Return the light at a place of the atlas, between four texels."""
    x = min(max(int(column), 0), atlas.shape[1] - 2)
    y = min(max(int(row), 0), atlas.shape[0] - 2)
    right, down = column - np.float32(x), row - np.float32(y)
    above = atlas[y, x] + right * (atlas[y, x + 1] - atlas[y, x])
    below = atlas[y + 1, x] + right * (atlas[y + 1, x + 1] - atlas[y + 1, x])
    # Off by a hair beyond the border of a side, it may miss 0..1 a little.
    return min(max(above + down * (below - above), np.float32(0)), ONE)


@kernel
def paint_mapped(
    y: int, anchor: int, x0: int, x1: int, ink: Ink, texels: U8, atlas: F32, rgb: U8, depth: F32, ids: I32
) -> None:
    """Fill part of a row with depth, id and texels lit from the atlas."""
    q0, dq = at(ink.depth, anchor, y), np.float32(ink.depth[0])
    u0, du = at(ink.u, anchor, y), np.float32(ink.u[0])
    v0, dv = at(ink.v, anchor, y), np.float32(ink.v[0])
    c0, dc = at(ink.light, anchor, y), np.float32(ink.light[0])
    r0, dr = at(ink.row, anchor, y), np.float32(ink.row[0])
    size = ink.size
    side = np.float32(size * SHRINK)
    for x in range(x0, x1):
        k = np.float32(x - anchor)
        z = ONE / (q0 + k * dq)
        if NEAR <= z < depth[y, x]:
            depth[y, x] = z
            ids[y, x] = ink.ident
            column = int((u0 + k * du) * z * side) & (size - 1)
            row = int((ONE - (v0 + k * dv) * z) * side) & (size - 1)
            texel = ink.start + row * size + column
            lit = shade(atlas, (c0 + k * dc) * z, (r0 + k * dr) * z)
            for channel in range(3):
                rgb[y, x, channel] = np.uint8(np.float32(texels[texel, channel]) * lit)
