"""Laser scans of a store that stands a little otherwise than its file says, made without the code under test."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np
from scipy.spatial import cKDTree

from contracts.geometry import Floats, Pose
from contracts.layout import Gondola, Layout, Shelf
from contracts.seeds import stream
from twin.furniture import Solid

NOISE_M = 0.003
HOLES = 0.2
HOLE_M = 0.12
FAR_M = 15.0

# Where the scanner stood and how it was held: no frame that any store has.
FRAME = Pose(
    (3.0, -7.0, 1.2), tuple(np.array([0.01, -0.02, 0.8414, 0.5403]) / np.linalg.norm([0.01, -0.02, 0.8414, 0.5403]))
)  # type: ignore[arg-type]


def pushed(layout: Layout, racks: Mapping[str, tuple[float, float, float]], lifts: Mapping[str, float]) -> Layout:
    """Return a store with racks pushed (right m, inwards m, turned degrees) and shelves hung higher (m)."""
    return replace(layout, gondolas=tuple(_pushed(g, racks.get(g.id, (0, 0, 0)), lifts) for g in layout.gondolas))


def _pushed(gondola: Gondola, push: tuple[float, float, float], lifts: Mapping[str, float]) -> Gondola:
    right, inwards, degrees = push
    pose = gondola.pose.then(Pose.at(right, inwards, 0.0, float(np.radians(degrees))))
    move = pose.matrix @ np.linalg.inv(gondola.pose.matrix)

    def moved(old: Pose, lift: float) -> Pose:
        matrix = move @ old.matrix
        matrix[2, 3] += lift
        return Pose.from_matrix(matrix)

    def hung(shelf: Shelf) -> Shelf:
        lift = lifts.get(shelf.id, 0.0)
        plates = tuple(replace(plate, pose=moved(plate.pose, lift)) for plate in shelf.plates)
        return replace(shelf, pose=moved(shelf.pose, lift), plates=plates)

    return replace(gondola, pose=pose, shelves=tuple(hung(shelf) for shelf in gondola.shelves))


def laser(solids: Sequence[Solid], stands: Sequence[tuple[float, float, float]], rays: int, seed: int = 1) -> Floats:
    """Return what a laser scanner delivers: first hits of random rays, noise along them, holes of a hand's size."""
    draw = stream(seed, "laser")
    scene = _scene(solids)
    found = [_sweep(scene, np.asarray(stand), rays, draw) for stand in stands]
    return _holed(np.concatenate(found), draw)


def in_scanner_frame(points: Floats) -> Floats:
    return FRAME.apply(points)


def _scene(solids: Sequence[Solid]) -> Any:
    import open3d

    scene = open3d.t.geometry.RaycastingScene()
    for solid in solids:
        mesh = open3d.geometry.TriangleMesh.create_box(*solid.size_m)
        mesh.translate(-np.asarray(solid.size_m) / 2).transform(solid.pose.matrix)
        scene.add_triangles(open3d.t.geometry.TriangleMesh.from_legacy(mesh))
    return scene


def _sweep(scene: Any, stand: Floats, rays: int, draw: np.random.Generator) -> Floats:
    import open3d

    away = draw.normal(size=(rays, 3))
    away /= np.linalg.norm(away, axis=1, keepdims=True)
    lines = np.concatenate([np.broadcast_to(stand, away.shape), away], axis=1).astype(np.float32)
    reach = scene.cast_rays(open3d.core.Tensor(lines))["t_hit"].numpy()
    hit = reach < FAR_M
    return stand + away[hit] * (reach[hit] + draw.normal(0, NOISE_M, hit.sum()))[:, None]


def _holed(points: Floats, draw: np.random.Generator) -> Floats:
    tree, keep = cKDTree(points), np.ones(len(points), bool)
    while (~keep).mean() < HOLES:
        keep[tree.query_ball_point(points[draw.integers(len(points))], HOLE_M)] = False
    return points[keep]
