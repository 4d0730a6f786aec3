"""The compiled part of light: rays through the tree of fixed boxes, and how bright a point of a surface is.

Everything that calls one another stays in this file: the compiler's cache notices a change of this file only.
"""

from __future__ import annotations

import numpy as np

from twin.raster.arrays import F32, F64, I64, U8, Placed
from twin.raster.jit import inlined, kernel
from twin.raster.light.blockers import Blockers
from twin.raster.light.lamps import ASPECTS, Lamps

# How much of the light at the reference comes from the panels themselves; the rest from ceiling, walls and floor.
FROM_PANELS = 0.5
# Surroundings further away than this do not darken, metres.
REACH_M = 1.2
# Surroundings at no distance still give this share of what the open sky would: walls and goods are bright.
BOUNCE = 0.25
# Light from straight above counts so much more than from the side, and from below so much less.
SKY, SKY_UP = 0.6, 0.4
SKY_LEVEL = SKY + SKY_UP * 2 / 3
# Brightness where the light is that of the reference.
EXPOSURE = 0.93
# A panel that gives less than this share of the reference is not worth a ray: half of it counts.
FAINT = 0.01
# A soft shadow lies under what is no higher than this above something fixed, metres.
HOVER_M = 0.35
# The lowest part of a thing, so high, is what touches; metres.
FOOT_M = 0.04
# A shadow's edge is so wide under what touches, and grows by this share of the height above, metres.
EDGE_M, SPREAD = 0.015, 0.35
# How much of the light is gone in the middle of a shadow.
DARKEST = 0.6
# A shadow reaches this many times as far as the foot (`twin.raster.contact` fades it to nothing there).
REACHES = 2.0
BITS32 = 0xFFFFFFFF
# Rays begin this far off their surface, metres.
LIFT_M = 0.001
# A ray that only grazes a box from outside does not meet it.
GRAZE = 1e-5


@inlined
def slab(origin: float, step: float, low: float, high: float, near: float, far: float) -> tuple[float, float]:
    """Narrow the stretch near..far of a ray to what lies between two planes."""
    if -1e-9 < step < 1e-9:
        step = 1e-9
    a, b = (low - origin) / step, (high - origin) / step
    return max(near, min(a, b)), min(far, max(a, b))


@kernel
def free(x: float, y: float, z: float, dx: float, dy: float, dz: float, blockers: Blockers, nearest: bool) -> float:
    """Return how far the ray from a point gets, as a share of the step (dx, dy, dz); 1 when nothing is in its way.

    Args:
        x: where it begins, metres.
        y: metres.
        z: metres.
        dx: the whole step, metres.
        dy: metres.
        dz: metres.
        blockers: what may be in its way.
        nearest: whether the nearest is asked for; else any will do.
    """
    best = 1.0
    node, nodes = 0, blockers.held.shape[0]
    while node < nodes:
        low, high = blockers.low[node], blockers.high[node]
        near, far = slab(x, dx, low[0], high[0], 0.0, best)
        near, far = slab(y, dy, low[1], high[1], near, far)
        near, far = slab(z, dz, low[2], high[2], near, far)
        if near > far:
            node = blockers.skip[node]
            continue
        for k in range(blockers.first[node], blockers.first[node] + blockers.held[node]):
            m = blockers.boxes[k]
            near, far = 0.0, best
            for row in range(3):
                start = m[row, 0] * x + m[row, 1] * y + m[row, 2] * z + m[row, 3]
                step = m[row, 0] * dx + m[row, 1] * dy + m[row, 2] * dz
                near, far = slab(start, step, -1.0, 1.0, near, far)
            if far > GRAZE and near < far:
                best = near
                if not nearest or best <= 0.0:
                    return best
        node += 1
    return best


@kernel
def panels(point: F64, normal: F64, aspect: int, lamps: Lamps, blockers: Blockers) -> float:
    """Return the light that comes straight from the panels; 1 at the reference."""
    total = 0.0
    for k in range(lamps.panels.shape[0]):
        for s in range(lamps.spots.shape[1]):
            dx = lamps.panels[k, 0] + lamps.spots[aspect, s, 0] - point[0]
            dy = lamps.panels[k, 1] + lamps.spots[aspect, s, 1] - point[1]
            dz = lamps.panels[k, 2] - point[2]
            facing = normal[0] * dx + normal[1] * dy + normal[2] * dz
            if facing <= 0.0 or dz <= 0.0:
                continue
            square = dx * dx + dy * dy + dz * dz
            light = facing * dz / (square * square * lamps.scale)
            if light < FAINT:
                total += 0.5 * light
            elif free(point[0], point[1], point[2], dx, dy, dz, blockers, False) >= 1.0:
                total += light
    return float(total / lamps.spots.shape[1])


@kernel
def surroundings(point: F64, normal: F64, aspect: int, lamps: Lamps, blockers: Blockers) -> float:
    """Return the light that comes from all around; 1 where a level surface lies in the open."""
    # Two directions square to the normal. Source: Duff et al., "Building an orthonormal basis, revisited", 2017.
    nx, ny, nz = normal[0], normal[1], normal[2]
    sign = 1.0 if nz >= 0 else -1.0
    a = -1.0 / (sign + nz)
    b = nx * ny * a
    total = 0.0
    for k in range(lamps.around.shape[1]):
        u, v, w = lamps.around[aspect, k, 0], lamps.around[aspect, k, 1], lamps.around[aspect, k, 2]
        dx = u * (1.0 + sign * nx * nx * a) + v * b + w * nx
        dy = u * sign * b + v * (sign + ny * ny * a) + w * ny
        dz = -u * sign * nx - v * ny + w * nz
        way = free(point[0], point[1], point[2], dx * REACH_M, dy * REACH_M, dz * REACH_M, blockers, True)
        total += (SKY + SKY_UP * dz) * (BOUNCE + (1.0 - BOUNCE) * way)
    return float(total / (lamps.around.shape[1] * SKY_LEVEL))


@kernel
def mixed(number: int) -> int:
    """Return one of the aspects, scattered.

    Source: the finaliser of MurmurHash3, in 32 bits.
    """
    h = number & BITS32
    h = ((h ^ (h >> 16)) * 0x85EBCA6B) & BITS32
    h = ((h ^ (h >> 13)) * 0xC2B2AE35) & BITS32
    return (h ^ (h >> 16)) % ASPECTS


@kernel
def shine(points: F64, normals: F64, first: int, scattered: bool, lamps: Lamps, blockers: Blockers, out: F32) -> None:
    """Compute how bright points of surfaces are.

    Args:
        points: (P, 3) metres, on the surface.
        normals: (P, 3) unit.
        first: the number of the first point, for the scattering.
        scattered: turn the samples from point to point: grain, which can be smoothed, instead of steps.
        lamps: where light comes from.
        blockers: what is in its way.
        out: (P,) filled with 0..1.
    """
    start = np.empty(3)
    for k in range(points.shape[0]):
        aspect = mixed(first + k) if scattered else 0
        for axis in range(3):
            start[axis] = points[k, axis] + LIFT_M * normals[k, axis]
        light = FROM_PANELS * panels(start, normals[k], aspect, lamps, blockers)
        light += (1.0 - FROM_PANELS) * surroundings(start, normals[k], aspect, lamps, blockers)
        # A square root stands for the display's gamma: every processor agrees on it.
        out[k] = np.float32(min(1.0, EXPOSURE * np.sqrt(light)))


@kernel
def inside(points: F64, blockers: Blockers, out: U8) -> None:
    """Fill out (P,) with whether each point (P, 3) is within a box."""
    for n in range(points.shape[0]):
        out[n] = 0
        for k in range(blockers.boxes.shape[0]):
            m = blockers.boxes[k]
            within = True
            for row in range(3):
                at = m[row, 0] * points[n, 0] + m[row, 1] * points[n, 1] + m[row, 2] * points[n, 2] + m[row, 3]
                within = within and -1.0 <= at <= 1.0
            if within:
                out[n] = 1
                break


@kernel
def stand(handles: I64, vertex_start: I64, placed: Placed, blockers: Blockers) -> None:
    """Fill placed.blobs of instances: the shadow of their lowest part on what is fixed below; see `Placed`."""
    for n in range(handles.shape[0]):
        handle = handles[n]
        blob, mesh, start = placed.blobs[handle], placed.mesh[handle], placed.start[handle]
        end = start + vertex_start[mesh + 1] - vertex_start[mesh]
        bottom = placed.points[start:end, 2].min()
        x, y, xx, xy, yy = spread(placed.points[start:end], bottom + FOOT_M)
        # From a little within, since goods sink into boards by fractions of a millimetre.
        height = HOVER_M * free(x, y, bottom + LIFT_M * 5, 0.0, 0.0, -HOVER_M, blockers, True)
        blob[8] = 0.0
        if height >= HOVER_M:
            continue
        edge = EDGE_M + SPREAD * height
        xx, xy, yy = 2 * xx + edge * edge, 2 * xy, 2 * yy + edge * edge
        area = xx * yy - xy * xy
        blob[0], blob[1], blob[2] = x, y, bottom + LIFT_M * 5 - height
        blob[3], blob[4], blob[5] = yy / area, -2 * xy / area, xx / area
        blob[6], blob[7] = REACHES * np.sqrt(xx), REACHES * np.sqrt(yy)
        near = 1.0 - height / HOVER_M
        blob[8] = DARKEST * near * near


@kernel
def spread(points: F32, top: float) -> tuple[float, float, float, float, float]:
    """Return mean x and y, and variances xx, xy, yy, of the points (V, 3) below a height."""
    count, x, y, xx, xy, yy = 0, 0.0, 0.0, 0.0, 0.0, 0.0
    for k in range(points.shape[0]):
        if points[k, 2] <= top:
            count += 1
            x += points[k, 0]
            y += points[k, 1]
    x, y = x / count, y / count
    for k in range(points.shape[0]):
        if points[k, 2] <= top:
            dx, dy = points[k, 0] - x, points[k, 1] - y
            xx += dx * dx
            xy += dx * dy
            yy += dy * dy
    return x, y, xx / count, xy / count, yy / count
