"""Depth frames of spheres, capsules and boxes by exact ray casting: an eye test that owes nothing to the twin."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from contracts.geometry import Floats, Pose, Vec3
from contracts.layout import CameraInfo, Gondola, Layout, Shelf
from contracts.records import Frame
from contracts.seeds import stream


@dataclass(frozen=True)
class Ball:
    centre: Vec3
    radius: float


@dataclass(frozen=True)
class Rod:
    """A capsule between two points."""

    a: Vec3
    b: Vec3
    radius: float


@dataclass(frozen=True)
class Block:
    """A box in the frame of a pose."""

    pose: Pose
    low: Vec3
    high: Vec3


Solid = Ball | Rod | Block


def body(x: float, y: float, height: float = 1.72, yaw: float = 0.0, hand: Vec3 | None = None) -> list[Solid]:
    """A person facing yaw (0 = +x), both arms down or the right one stretched to `hand` (its centre)."""
    s = height / 1.72
    left = np.array([-math.sin(yaw), math.cos(yaw), 0.0])
    at = np.array([x, y, 0.0])

    def p(side: float, z: float, ahead: float = 0.0) -> Vec3:
        v = at + left * side * s + np.array([math.cos(yaw), math.sin(yaw), 0]) * ahead * s + [0, 0, z * s]
        return (float(v[0]), float(v[1]), float(v[2]))

    head = 0.105 * (0.6 + 0.4 * s)
    solids: list[Solid] = [
        Ball((x, y, height - head), head),
        Rod(p(-0.14, 1.36), p(0.14, 1.36), 0.09 * s),
        Rod(p(0, 0.95), p(0, 1.28), 0.14 * s),
        Rod(p(-0.09, 0.05), p(-0.09, 0.9), 0.07 * s),
        Rod(p(0.09, 0.05), p(0.09, 0.9), 0.07 * s),
        Rod(p(0.2, 1.36), p(0.24, 0.85), 0.045 * s),
    ]
    shoulder = np.array(p(-0.2, 1.36))
    if hand is None:
        return [*solids, Rod(p(-0.2, 1.36), p(-0.24, 0.85), 0.045 * s)]
    goal = np.asarray(hand)
    elbow = _elbow(shoulder, goal, 0.30 * s, 0.33 * s)
    return [
        *solids,
        Rod(tuple(shoulder), tuple(elbow), 0.045 * s),
        Rod(tuple(elbow), tuple(goal), 0.038 * s),
        Ball(hand, 0.045 * s),
    ]


def _elbow(a: Floats, b: Floats, upper: float, lower: float) -> Floats:
    """The elbow of a two-link arm, hanging down."""
    way = b - a
    reach = min(float(np.linalg.norm(way)), upper + lower - 1e-3)
    way = way / np.linalg.norm(way)
    along = (upper**2 + reach**2 - lower**2) / (2 * reach)
    down = np.array([0, 0, -1.0]) - way * -way[2]
    down /= np.linalg.norm(down)
    return np.asarray(a + way * along + down * math.sqrt(max(0.0, upper**2 - along**2)))


class Studio:
    """Renders the depth cameras of a layout: its racks, plus whatever solids are in the scene."""

    def __init__(self, layout: Layout, seed: int = 1, noise_m: float = 0.008, clutter: Sequence[Solid] = ()) -> None:
        self.layout, self.noise_m, self.seed = layout, noise_m, seed
        self.cameras = [camera for camera in layout.cameras if camera.depth]
        fixed: list[Solid] = [*rack_solids(layout.gondolas), *clutter]
        self._rays = {c.id: _rays(c) for c in self.cameras}
        self._empty = {c.id: _cast(self._floor(c), fixed, c, self._rays[c.id]) for c in self.cameras}

    def shoot(self, t_ns: int, solids: Iterable[Solid] = (), without: Sequence[str] = ()) -> list[Frame]:
        """One capture of every camera but those in `without`."""
        scene = list(solids)
        return [self._frame(c, t_ns, scene) for c in self.cameras if c.id not in without]

    def _frame(self, c: CameraInfo, t_ns: int, solids: list[Solid]) -> Frame:
        depth = _cast(self._empty[c.id].copy(), solids, c, self._rays[c.id])
        noise = stream(self.seed, c.id, str(t_ns)).normal(0, 1, depth.shape) * self.noise_m * (depth / 3) ** 2
        millimetres = np.clip(np.rint((depth + noise) * 1000), 0, 65535).astype(np.uint16)
        return Frame(t_ns=t_ns, source=c.id, captured_ns=t_ns, depth_mm=millimetres)

    def _floor(self, c: CameraInfo) -> Floats:
        drop = self._rays[c.id][..., 2]
        with np.errstate(divide="ignore"):
            return np.where(drop < -1e-3, c.pose.position[2] / -np.minimum(drop, -1e-3), 20.0).clip(0, 20)


def rack_solids(gondolas: Iterable[Gondola]) -> list[Solid]:
    """Boards and back panels of racks."""
    solids: list[Solid] = []
    for g in gondolas:
        w = g.width_m / 2
        solids.append(Block(g.pose, (-w, g.depth_m - 0.03, 0), (w, g.depth_m, g.height_m)))
        for shelf in g.shelves:
            z, d = shelf.pose.position[2], shelf.depth_m
            solids.append(Block(g.pose, (-w, 0, z - 0.03), (w, d, z)))
    return solids


def rack(id_: str, pose: Pose, width: float, depth: float, height: float, levels: Sequence[float]) -> Gondola:
    """A rack with boards at the given heights."""
    tops = [*levels[1:], height]
    shelves = tuple(
        Shelf(f"{id_}/shelf-{n + 1}", pose.then(Pose((0, depth / 2, z))), width, depth - 0.03, up - z - 0.03)
        for n, (z, up) in enumerate(zip(levels, tops, strict=True))
    )
    return Gondola(id_, pose, width, depth, height, shelves)


def overhead(
    id_: str, x: float, y: float, z: float, size: tuple[int, int] = (160, 120), fov_deg: float = 105
) -> CameraInfo:
    """A depth camera that looks straight down; the picture's right is +x."""
    w, h = size
    f = w / 2 / math.tan(math.radians(fov_deg / 2))
    pose = Pose.from_matrix([[1, 0, 0, x], [0, -1, 0, y], [0, 0, -1, z], [0, 0, 0, 1]])
    return CameraInfo(id_, pose, w, h, f, f, w / 2, h / 2, colour=False, depth=True)


def _rays(c: CameraInfo) -> Floats:
    """(H, W, 3) world directions, one metre long along the optical axis."""
    u, v = np.meshgrid((np.arange(c.width) + 0.5 - c.cx) / c.fx, (np.arange(c.height) + 0.5 - c.cy) / c.fy)
    return np.asarray(np.stack([u, v, np.ones_like(u)], -1) @ c.pose.rotation.T)


def _cast(depth: Floats, solids: Iterable[Solid], c: CameraInfo, rays: Floats) -> Floats:
    """Lower `depth` to the nearest solid along each ray."""
    for solid in solids:
        rows, columns = _window(solid, c)
        if rows.start < rows.stop and columns.start < columns.stop:
            part = rays[rows, columns]
            hit = _hit(solid, np.asarray(c.pose.position), part)
            depth[rows, columns] = np.minimum(depth[rows, columns], hit)
    return depth


def _window(solid: Solid, c: CameraInfo) -> tuple[slice, slice]:
    """The pixels that a solid can cover at most."""
    if isinstance(solid, Block):
        return slice(0, c.height), slice(0, c.width)
    ends = [solid.centre] if isinstance(solid, Ball) else [solid.a, solid.b]
    local = c.pose.unapply(ends)
    z = local[:, 2]
    if (z < solid.radius * 1.5 + 0.05).any():
        return (slice(0, c.height), slice(0, c.width)) if (z > 0).any() else (slice(0, 0), slice(0, 0))
    r = solid.radius / z * 1.6
    u, v = local[:, 0] / z, local[:, 1] / z
    x0, x1 = (u - r).min() * c.fx + c.cx, (u + r).max() * c.fx + c.cx
    y0, y1 = (v - r).min() * c.fy + c.cy, (v + r).max() * c.fy + c.cy
    return slice(max(0, int(y0)), max(0, min(c.height, int(y1) + 2))), slice(
        max(0, int(x0)), max(0, min(c.width, int(x1) + 2))
    )


def _hit(solid: Solid, eye: Floats, rays: Floats) -> Floats:
    if isinstance(solid, Ball):
        return _hit_ball(eye - np.asarray(solid.centre), rays, solid.radius)
    if isinstance(solid, Rod):
        return _hit_rod(solid, eye, rays)
    turn = solid.pose.rotation
    start, way = solid.pose.unapply(eye), rays @ turn
    way = np.where(np.abs(way) < 1e-9, 1e-9, way)
    near, far = (np.asarray(solid.low) - start) / way, (np.asarray(solid.high) - start) / way
    into, out = np.minimum(near, far).max(-1), np.maximum(near, far).min(-1)
    return np.where((into < out) & (into > 0), into, np.inf)


def _hit_ball(offset: Floats, rays: Floats, radius: float) -> Floats:
    a, b, c = (rays**2).sum(-1), rays @ offset, float(offset @ offset) - radius**2
    root = b * b - a * c
    t = (-b - np.sqrt(np.maximum(root, 0))) / a
    return np.where((root > 0) & (t > 0), t, np.inf)


def _hit_rod(rod: Rod, eye: Floats, rays: Floats) -> Floats:
    a, b = np.asarray(rod.a), np.asarray(rod.b)
    axis = b - a
    length = float(np.linalg.norm(axis))
    axis = axis / length
    flat, offset = rays - (rays @ axis)[..., None] * axis, (eye - a) - ((eye - a) @ axis) * axis
    qa, qb, qc = (flat**2).sum(-1), flat @ offset, float(offset @ offset) - rod.radius**2
    root = qb * qb - qa * qc
    t = (-qb - np.sqrt(np.maximum(root, 0))) / np.maximum(qa, 1e-12)
    where = (eye - a) @ axis + t * (rays @ axis)
    side = np.where((root > 0) & (t > 0) & (where >= 0) & (where <= length), t, np.inf)
    return np.minimum(side, np.minimum(_hit_ball(eye - a, rays, rod.radius), _hit_ball(eye - b, rays, rod.radius)))
