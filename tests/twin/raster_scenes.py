"""Small scenes for the tests of the rasteriser and the cameras."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from contracts.geometry import Pose, Vec3
from contracts.layout import CameraInfo
from contracts.seeds import stream
from twin.scene import Mesh, Scene

F64 = NDArray[np.float64]


def box() -> Mesh:
    """A unit cube around the origin, every face with the whole texture."""
    vertices, normals, faces = [], [], []
    for axis in range(3):
        for sign in (-1.0, 1.0):
            normal = np.eye(3)[axis] * sign
            right = np.eye(3)[(axis + 1) % 3] * sign
            up = np.eye(3)[(axis + 2) % 3]
            n = len(vertices)
            vertices += [(normal + a * right + b * up) / 2 for a, b in ((-1, -1), (1, -1), (1, 1), (-1, 1))]
            normals += [normal] * 4
            faces += [(n, n + 1, n + 2), (n, n + 2, n + 3)]
    return mesh(vertices, normals, [(0, 0), (1, 0), (1, 1), (0, 1)] * 6, faces)


def lathe(profile: list[tuple[float, float]], sides: int = 16) -> Mesh:
    """A surface of revolution about z from (radius, z) pairs, upwards."""
    r, z = np.array(profile, float).T
    turn = np.linspace(0, 2 * math.pi, sides + 1)
    ring = np.stack([np.cos(turn), np.sin(turn)], axis=1)
    vertices = [(radius * x, radius * y, height) for radius, height in zip(r, z, strict=True) for x, y in ring]
    slope = np.stack([np.gradient(z), -np.gradient(r)], axis=1)
    slope /= np.linalg.norm(slope, axis=1, keepdims=True)
    normals = [(out * x, out * y, up) for out, up in slope for x, y in ring]
    uv = [(k / sides, row / (len(r) - 1)) for row in range(len(r)) for k in range(sides + 1)]
    faces = []
    for row in range(len(r) - 1):
        for k in range(sides):
            a = row * (sides + 1) + k
            b = a + sides + 1
            faces += [(a, a + 1, b + 1), (a, b + 1, b)]
    return mesh(vertices, normals, uv, faces)


def capsule(radius: float = 0.08, length: float = 0.4, sides: int = 16) -> Mesh:
    """A capsule along z, 224 triangles at 16 sides."""
    bend = np.linspace(0, math.pi / 2, 5)
    straight = length / 2 - radius
    lower = [(radius * math.sin(b), -straight - radius * math.cos(b)) for b in bend[:-1]]
    upper = [(radius * math.sin(b), straight + radius * math.cos(b)) for b in bend[:-1][::-1]]
    return lathe([*lower, (radius, -straight), (radius, straight), *upper], sides)


def cylinder(sides: int = 24) -> Mesh:
    """A can of radius and height 1, closed."""
    return lathe([(1e-4, -0.5), (0.5, -0.5), (0.5, 0.5), (1e-4, 0.5)], sides)


def mesh(vertices: object, normals: object, uv: object, faces: object) -> Mesh:
    return Mesh(
        np.asarray(vertices, np.float32),
        np.asarray(normals, np.float32),
        np.asarray(uv, np.float32),
        np.asarray(faces, np.int32),
    )


def checks(seed: int, size: int = 64) -> NDArray[np.uint8]:
    """A coarse coloured pattern."""
    cells = stream(seed, "checks").integers(40, 255, (8, 8, 3), dtype=np.uint8)
    return np.repeat(np.repeat(cells, size // 8, axis=0), size // 8, axis=1)


def pose(x: float, y: float, z: float, yaw: float = 0.0, scale: Vec3 = (1.0, 1.0, 1.0)) -> NDArray[np.float32]:
    return (Pose.at(x, y, z, yaw).matrix @ np.diag([*scale, 1.0])).astype(np.float32)


def looking(
    eye: Vec3, target: Vec3, *, name: str = "c1", width: int = 160, height: int = 120, focal: float = 110.0,
    colour: bool = True, depth: bool = True, rate_hz: float = 10.0, latency_ns: int = 0,
) -> CameraInfo:  # fmt: skip
    """A camera at `eye` that looks at `target`, upright."""
    forward = np.subtract(target, eye) / np.linalg.norm(np.subtract(target, eye))
    up = np.array([0.0, 0.0, 1.0]) if abs(forward[2]) < 0.99 else np.array([0.0, 1.0, 0.0])
    right = np.cross(forward, up)
    right /= np.linalg.norm(right)
    matrix = np.eye(4)
    matrix[:3, :3] = np.stack([right, np.cross(forward, right), forward], axis=1)
    matrix[:3, 3] = eye
    return CameraInfo(
        id=name, pose=Pose.from_matrix(matrix), width=width, height=height, fx=focal, fy=focal,
        cx=width / 2, cy=height / 2, colour=colour, depth=depth, rate_hz=rate_hz, latency_ns=latency_ns,
    )  # fmt: skip


def shop(rows: int = 4, columns: int = 10, bodies: int = 2) -> Scene:
    """A floor, boards with goods and bodies of capsules; object ids count up from 0."""
    scene = Scene()
    shapes = [scene.add_mesh(m) for m in (box(), cylinder(), capsule())]
    looks = [scene.add_texture(checks(seed)) for seed in range(5)]
    count = iter(range(1_000_000))
    scene.add(shapes[0], looks[0], pose(0, 0, -0.05, scale=(8, 8, 0.1)), object_id=next(count), fixed=True)
    for row in range(rows):
        z = 0.3 + 0.4 * row
        scene.add(shapes[0], looks[1], pose(0, 2, z, scale=(3, 0.5, 0.03)), object_id=next(count), fixed=True)
        for column in range(columns):
            at = pose(-1.35 + 2.7 * column / (columns - 1), 1.9, z + 0.125, 0.3 * column, (0.1, 0.08, 0.22))
            scene.add(shapes[column % 2], looks[2 + column % 3], at, object_id=next(count))
    for _ in range(bodies * 14):
        scene.add(shapes[2], looks[4], pose(0, 0, -9), object_id=next(count), moving=True)
    return scene


def stride(scene: Scene, tick: int) -> None:
    """Move every body on by one tick."""
    handles = np.flatnonzero(scene.moving & (np.asarray(scene.mesh_of) == 2))
    for n, handle in enumerate(handles.tolist()):
        body, part = divmod(n, 14)
        angle = 0.05 * tick + 2.5 * body
        x, y = 1.6 * math.cos(angle), 0.8 + 0.9 * math.sin(angle)
        scene.move(handle, pose(x + 0.1 * (part % 3), y, 0.2 + 0.12 * part, angle + part))
