from collections import Counter

import numpy as np
import pytest

from twin.scene import Mesh
from twin.shapes import PLAIN, bag, bottle, box, can, capsule, ellipsoid, package
from twin.store_model import Shape

SIZE = (0.2, 0.1, 0.3)
MESHES = {
    "box": (box(SIZE), SIZE, 12),
    "can": (can(SIZE), SIZE, 64),
    "bottle": (bottle(SIZE), SIZE, 120),
    "bag": (bag(SIZE), SIZE, 64),
    "capsule": (capsule(0.1, 0.3), (0.2, 0.2, 0.3), 160),
    "ball": (capsule(0.1, 0.2), (0.2, 0.2, 0.2), 160),
    "ellipsoid": (ellipsoid((0.1, 0.05, 0.15)), SIZE, 160),
}
COARSE = {
    "thin": (capsule(0.05, 0.3), 0.05, 64),
    "thin and far": (capsule(0.05, 0.3, far=True), 0.05, 24),
    "far": (capsule(0.1, 0.3, far=True), 0.1, 64),
    "far ball": (ellipsoid((0.1, 0.1, 0.1), far=True), 0.1, 48),
}
all_meshes = pytest.mark.parametrize(("mesh", "size", "most"), MESHES.values(), ids=MESHES)


def triangles(mesh: Mesh) -> np.ndarray:
    return mesh.vertices[mesh.faces].astype(float)


@all_meshes
def test_it_fills_its_box_and_no_more(mesh: Mesh, size: tuple[float, float, float], most: int) -> None:
    low, high = mesh.vertices.min(0), mesh.vertices.max(0)
    assert np.all(high <= np.array(size) / 2 + 1e-6)
    assert np.all(low >= -np.array(size) / 2 - 1e-6)
    assert np.all(high - low >= 0.94 * np.array(size))
    assert len(mesh.faces) <= most


@pytest.mark.parametrize(("mesh", "radius", "triangles"), COARSE.values(), ids=COARSE)
def test_fewer_corners_cover_as_much(mesh: Mesh, radius: float, triangles: int) -> None:
    assert len(mesh.faces) == triangles
    around = np.hypot(mesh.vertices[:, 0], mesh.vertices[:, 1])
    corners = np.unique(np.round(mesh.vertices[around > 0.999 * around.max(), :2], 6), axis=0)
    turn = np.sort(np.arctan2(corners[:, 1], corners[:, 0]))
    area = 0.5 * around.max() ** 2 * np.sin(np.diff(turn, append=turn[0] + 2 * np.pi)).sum()
    fine = 0.5 * radius**2 * 12 * np.sin(np.pi / 6)
    assert area == pytest.approx(fine, rel=1e-3)


@all_meshes
def test_it_is_closed(mesh: Mesh, size: object, most: int) -> None:
    _, point = np.unique(np.round(mesh.vertices, 6), axis=0, return_inverse=True)
    edges = Counter(
        (int(a), int(b)) for face in point[mesh.faces] for a, b in zip(face, np.roll(face, -1), strict=True)
    )
    assert set(edges.values()) == {1}
    assert all((b, a) in edges for a, b in edges)


@all_meshes
def test_it_is_turned_outwards(mesh: Mesh, size: tuple[float, float, float], most: int) -> None:
    a, b, c = np.moveaxis(triangles(mesh), 1, 0)
    volume = np.einsum("ij,ij->", a, np.cross(b, c)) / 6
    assert 0.2 * np.prod(size) < volume <= 1.000001 * np.prod(size)
    facing = np.einsum("ij,ij->i", np.cross(b - a, c - a), mesh.normals[mesh.faces].sum(1))
    assert np.all(facing > 0)


@all_meshes
def test_normals_are_unit_and_textures_are_within(mesh: Mesh, size: object, most: int) -> None:
    used = np.unique(mesh.faces)
    np.testing.assert_allclose(np.linalg.norm(mesh.normals[used], axis=1), 1, atol=1e-5)
    assert mesh.uv.min() >= 0
    assert mesh.uv.max() <= 1


@pytest.mark.parametrize("shape", Shape)
def test_the_front_of_a_package_shows_the_left_half_of_its_label(shape: Shape) -> None:
    mesh = package(shape, SIZE)
    corners = triangles(mesh)
    normal = np.cross(corners[:, 1] - corners[:, 0], corners[:, 2] - corners[:, 0])
    normal /= np.linalg.norm(normal, axis=1, keepdims=True)
    front, uv = normal[:, 1] < -0.95, mesh.uv[mesh.faces].mean(1)
    assert front.any()
    assert np.all(uv[front, 0] < 0.5)
    assert np.all(uv[front, 1] > PLAIN)
    rightmost = np.argmax(np.where(front, corners[..., 0].mean(1), -9))
    leftmost = np.argmin(np.where(front, corners[..., 0].mean(1), 9))
    assert uv[rightmost, 0] > uv[leftmost, 0]  # text reads from left to right for somebody at -y


def test_meshes_are_the_same_every_time() -> None:
    for shape in Shape:
        assert package(shape, SIZE).vertices.tobytes() == package(shape, SIZE).vertices.tobytes()
