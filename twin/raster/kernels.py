"""The compiled rasteriser: triangles in camera space, swept row by row.

Edges and interpolation come from the triangle's corners in homogeneous form (Olano and Greer, "Triangle scan
conversion using 2D homogeneous coordinates", 1997): a ray r hits the triangle where the three products
(corner x corner) . r have one sign, and their sum over the volume is 1 / depth. Corners behind the camera need no
clipping. A pixel's value depends on the triangle and the pixel alone, never on the clip box: that is what makes a
redrawn rectangle equal to a full picture, bit for bit.

Everything that calls one another stays in this file: the compiler's cache notices a change of this file only.
"""

# ruff: noqa: PLR0917  (compiled code takes its arguments by position)

from __future__ import annotations

import numpy as np

from twin.raster.arrays import (
    F32,
    I32,
    I64,
    NEAR_M,
    Box,
    Edge,
    Ink,
    Lens,
    Placed,
    Scratch,
    Shapes,
    Target,
)
from twin.raster.jit import kernel

NEAR = np.float32(NEAR_M)
ONE = np.float32(1)
# Rows are taken this much too generously, pixels; the edges themselves decide.
SLACK = 1e-3
# A texture of uv 0..1 must not wrap to its first texel at u = 1.
SHRINK = 0.99999
# Texels a pixel, by area, above which the next smaller copy of a texture is used.
TEXELS = 2.0


@kernel
def draw(
    handles: I64,
    clip: Box,
    lens: Lens,
    shapes: Shapes,
    placed: Placed,
    target: Target,
    scratch: Scratch,
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
        scratch: room for one instance.
        bounds: (K, 4) filled with the box that each instance may have touched.
    """
    for n in range(handles.shape[0]):
        handle = handles[n]
        box, crosses = project(handle, lens, shapes, placed, scratch)
        box = (max(box[0], clip[0]), max(box[1], clip[1]), min(box[2], clip[2]), min(box[3], clip[3]))
        for k in range(4):
            bounds[n, k] = box[k]
        if box[2] > box[0] and box[3] > box[1]:
            mesh = placed.mesh[handle]
            for f in range(shapes.face_start[mesh], shapes.face_start[mesh + 1]):
                triangle(handle, f, box, crosses, lens, shapes, placed, target, scratch)


@kernel
def measure(handles: I64, lens: Lens, shapes: Shapes, placed: Placed, scratch: Scratch, bounds: I32) -> None:
    """Fill bounds[handle] with the box that each of the instances covers."""
    for n in range(handles.shape[0]):
        box, _ = project(handles[n], lens, shapes, placed, scratch)
        for k in range(4):
            bounds[handles[n], k] = box[k]


@kernel
def in_view(handle: int, lens: Lens, placed: Placed) -> bool:
    """Return whether an instance's bounding sphere touches the view pyramid."""
    x, y, z = to_camera(placed.centre[handle], lens)
    radius = placed.radius[handle]
    if z + radius < NEAR:
        return False
    for k in range(4):  # noqa: SIM110  (the compiler knows no generators)
        if lens.sides[k, 0] * x + lens.sides[k, 1] * y + lens.sides[k, 2] * z < -radius:
            return False
    return True


@kernel
def to_camera(point: F32, lens: Lens) -> Edge:
    """Return a world point (3,) in the camera frame."""
    r, x, y, z = lens.rotation, point[0], point[1], point[2]
    return (
        r[0, 0] * x + r[0, 1] * y + r[0, 2] * z + lens.shift[0],
        r[1, 0] * x + r[1, 1] * y + r[1, 2] * z + lens.shift[1],
        r[2, 0] * x + r[2, 1] * y + r[2, 2] * z + lens.shift[2],
    )


@kernel
def project(handle: int, lens: Lens, shapes: Shapes, placed: Placed, scratch: Scratch) -> tuple[Box, bool]:
    """Take an instance's vertices into the camera; return the box it covers and whether it crosses the near plane."""
    if not in_view(handle, lens, placed):
        return (0, 0, 0, 0), False
    mesh, start = placed.mesh[handle], placed.start[handle]
    fx, fy, cx, cy = np.float32(lens.fx), np.float32(lens.fy), np.float32(lens.cx), np.float32(lens.cy)
    far_out = np.float32(1e9)
    x0, y0, x1, y1 = far_out, far_out, -far_out, -far_out
    crosses = False
    for k in range(shapes.vertex_start[mesh + 1] - shapes.vertex_start[mesh]):
        x, y, z = to_camera(placed.points[start + k], lens)
        scratch.point[k, 0], scratch.point[k, 1], scratch.point[k, 2] = x, y, z
        if z < NEAR:
            crosses = True
            continue
        u, v = cx + fx * x / z, cy + fy * y / z
        scratch.pixel[k, 0], scratch.pixel[k, 1] = u, v
        x0, y0, x1, y1 = min(x0, u), min(y0, v), max(x1, u), max(y1, v)
    if crosses:
        return (0, 0, lens.width, lens.height), True
    # One pixel more on each side than the corners say: the edges decide.
    left, top, right, bottom = x0 - ONE, y0 - ONE, x1 + ONE + ONE, y1 + ONE + ONE
    return (
        within(left, lens.width),
        within(top, lens.height),
        within(right, lens.width),
        within(bottom, lens.height),
    ), False


@kernel
def within(pixel: np.float32, size: int) -> int:
    """Clamp a pixel coordinate to 0..size and cut off its fraction."""
    if pixel <= 0:
        return 0
    if pixel >= size:
        return size
    return int(pixel)


@kernel
def edge(p: Edge, q: Edge, lens: Lens) -> Edge:
    """Compute (p x q) . ray as a function of pixel indices; swapping p and q negates it exactly."""
    x, y, z = p[1] * q[2] - p[2] * q[1], p[2] * q[0] - p[0] * q[2], p[0] * q[1] - p[1] * q[0]
    a, b = x / lens.fx, y / lens.fy
    return a, b, z + a * (0.5 - lens.cx) + b * (0.5 - lens.cy)


@kernel
def corner(scratch: Scratch, k: int) -> Edge:
    """Return a vertex in the camera frame, in double precision."""
    return np.float64(scratch.point[k, 0]), np.float64(scratch.point[k, 1]), np.float64(scratch.point[k, 2])


@kernel
def blend(s0: float, s1: float, s2: float, edges: tuple[Edge, Edge, Edge], scale: float) -> Edge:
    """Return value / depth over pixel indices, for values s0, s1, s2 at the corners."""
    e0, e1, e2 = edges
    return (
        (s0 * e0[0] + s1 * e1[0] + s2 * e2[0]) * scale,
        (s0 * e0[1] + s1 * e1[1] + s2 * e2[1]) * scale,
        (s0 * e0[2] + s1 * e1[2] + s2 * e2[2]) * scale,
    )


@kernel
def rows(scratch: Scratch, a: int, b: int, c: int, box: Box, crosses: bool) -> tuple[int, int]:
    """Return the rows first <= y < end that a triangle may touch."""
    if crosses:
        return box[1], box[3]
    ya, yb, yc = scratch.pixel[a, 1], scratch.pixel[b, 1], scratch.pixel[c, 1]
    first = np.ceil(max(np.float64(min(ya, yb, yc)) - 0.5 - SLACK, np.float64(box[1])))
    end = np.floor(min(np.float64(max(ya, yb, yc)) - 0.5 + SLACK, np.float64(box[3] - 1))) + 1
    return int(first), int(end)


@kernel
def triangle(
    handle: int,
    face: int,
    box: Box,
    crosses: bool,
    lens: Lens,
    shapes: Shapes,
    placed: Placed,
    target: Target,
    scratch: Scratch,
) -> None:
    """Draw one triangle if it faces the camera."""
    a, b, c = shapes.faces[face, 0], shapes.faces[face, 1], shapes.faces[face, 2]
    p, q, r = corner(scratch, a), corner(scratch, b), corner(scratch, c)
    # Six times the volume between camera and triangle: positive when seen from outside.
    volume = -(
        p[0] * (q[1] * r[2] - q[2] * r[1]) + p[1] * (q[2] * r[0] - q[0] * r[2]) + p[2] * (q[0] * r[1] - q[1] * r[0])
    )
    if volume <= 0:
        return
    first, end = rows(scratch, a, b, c, box, crosses)
    if end <= first:
        return
    e0, e1, e2 = edge(r, q, lens), edge(p, r, lens), edge(q, p, lens)
    scale = 1 / volume
    depth = blend(1.0, 1.0, 1.0, (e0, e1, e2), scale)
    if lens.shade:
        ink = lit_ink(handle, a, b, c, crosses, (e0, e1, e2), scale, shapes, placed, scratch)
    else:
        ink = Ink(depth, depth, depth, depth, 0, 1, placed.ids[handle])
    sweep(first, end, box, (e0, e1, e2), ink, lens, shapes, target)


@kernel
def lit_ink(
    handle: int,
    a: int,
    b: int,
    c: int,
    crosses: bool,
    edges: tuple[Edge, Edge, Edge],
    scale: float,
    shapes: Shapes,
    placed: Placed,
    scratch: Scratch,
) -> Ink:
    """Return what a textured, lit triangle is filled with."""
    vertex, point = shapes.vertex_start[placed.mesh[handle]], placed.start[handle]
    uv, lit = shapes.uv, placed.light
    start, size = texture_copy(placed.texture[handle], vertex, a, b, c, crosses, shapes, scratch)
    return Ink(
        blend(1.0, 1.0, 1.0, edges, scale),
        blend(uv[vertex + a, 0], uv[vertex + b, 0], uv[vertex + c, 0], edges, scale),
        blend(uv[vertex + a, 1], uv[vertex + b, 1], uv[vertex + c, 1], edges, scale),
        blend(lit[point + a], lit[point + b], lit[point + c], edges, scale),
        start,
        size,
        placed.ids[handle],
    )


@kernel
def texture_copy(
    texture: int, vertex: int, a: int, b: int, c: int, crosses: bool, shapes: Shapes, scratch: Scratch
) -> tuple[int, int]:
    """Choose the copy of a texture that has about one texel a pixel; return where it begins and its side."""
    level, size = 0, shapes.size[texture]
    if not crosses:
        uv, px = shapes.uv, scratch.pixel
        i, j, k = vertex + a, vertex + b, vertex + c
        texels = (uv[j, 0] - uv[i, 0]) * (uv[k, 1] - uv[i, 1]) - (uv[k, 0] - uv[i, 0]) * (uv[j, 1] - uv[i, 1])
        pixels = (px[b, 0] - px[a, 0]) * (px[c, 1] - px[a, 1]) - (px[c, 0] - px[a, 0]) * (px[b, 1] - px[a, 1])
        wanted = abs(np.float64(texels)) * size * size
        while level < shapes.levels[texture] - 1 and wanted > TEXELS * abs(np.float64(pixels)):
            wanted /= 4
            size //= 2
            level += 1
    return shapes.level_start[texture, level], size


@kernel
def cut(y: int, e: Edge, low: float, high: float) -> tuple[float, float]:
    """Narrow low <= x < high to the inner side of an edge on row y."""
    if e[0] == 0:
        inside = e[1] * y + e[2]
        if inside < 0 or (inside == 0 and e[1] < 0):
            return 1.0, 0.0
        return low, high
    across = -(e[1] * y + e[2]) / e[0]
    if e[0] > 0:
        return max(low, across), high
    return low, min(high, across)


@kernel
def sweep(
    first: int,
    end: int,
    box: Box,
    edges: tuple[Edge, Edge, Edge],
    ink: Ink,
    lens: Lens,
    shapes: Shapes,
    target: Target,
) -> None:
    """Fill a triangle row by row."""
    for y in range(first, end):
        low, high = cut(y, edges[0], 0.0, np.float64(lens.width))
        low, high = cut(y, edges[1], low, high)
        low, high = cut(y, edges[2], low, high)
        if low >= high:
            continue
        # The row's values are anchored at the triangle's own first pixel, not at the box: see the top of the file.
        anchor = int(np.ceil(low))
        x0, x1 = max(anchor, box[0]), min(int(np.ceil(high)), box[2])
        if x1 <= x0:
            continue
        if lens.shade:
            paint(y, anchor, x0, x1, ink, shapes, target)
        else:
            probe(y, anchor, x0, x1, ink, target)


@kernel
def at(plane: Edge, x: int, y: int) -> np.float32:
    """Return a plane's value at a pixel."""
    return np.float32(plane[0] * x + plane[1] * y + plane[2])


@kernel
def probe(y: int, anchor: int, x0: int, x1: int, ink: Ink, target: Target) -> None:
    """Fill part of a row with depth and id."""
    q0, dq = at(ink.depth, anchor, y), np.float32(ink.depth[0])
    for x in range(x0, x1):
        z = ONE / (q0 + np.float32(x - anchor) * dq)
        if NEAR <= z < target.depth[y, x]:
            target.depth[y, x] = z
            target.ids[y, x] = ink.ident


@kernel
def paint(y: int, anchor: int, x0: int, x1: int, ink: Ink, shapes: Shapes, target: Target) -> None:
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
        if NEAR <= z < target.depth[y, x]:
            target.depth[y, x] = z
            target.ids[y, x] = ink.ident
            column = int((u0 + k * du) * z * side) & (size - 1)
            row = int((ONE - (v0 + k * dv) * z) * side) & (size - 1)
            texel, lit = ink.start + row * size + column, (l0 + k * dl) * z
            for channel in range(3):
                target.rgb[y, x, channel] = np.uint8(np.float32(shapes.texels[texel, channel]) * lit)
