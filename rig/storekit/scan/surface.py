"""The surfaces of a store that a scanner inside it can see, as points."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

from contracts.geometry import Floats
from contracts.layout import Layout
from rig.storekit.boxes import Mask, stocked
from rig.storekit.places import floor_grid
from rig.storekit.scan.library import open3d
from twin.furniture import Solid, building, rack

SPACING_M = 0.02
"""Between points: enough for a row along the front of a board, which is 18 mm high."""
EYES_M = (0.4, 1.4, 2.2)
"""Heights that scanners and those who carry them look from; the low one sees the undersides of shelves."""
EYE_STEP = 10
"""An eye on every tenth cell of the floor: 1 m apart."""
FAR_M = 4.0
"""Somebody nearer sees what can be seen."""
LEAST_COSINE = 0.05


@dataclass(frozen=True, slots=True)
class Surface:
    """Points on surfaces.

    Args:
        points: (N, 3) metres, world.
        normals: (N, 3) outward.
        owner: (N,) which solid each lies on, index into names.
        names: of the solids: "floor", "wall-1", gondola, shelf and plate ids, product ids for goods.
    """

    points: Floats
    normals: Floats
    owner: np.ndarray[Any, np.dtype[np.int64]]
    names: tuple[str, ...]

    def take(self, mask: Mask | NDArray[np.int64]) -> Self:
        """Return some of the points."""
        return type(self)(self.points[mask], self.normals[mask], self.owner[mask], self.names)

    def owned(self, names: Sequence[str]) -> Mask:
        """Return which points (N,) lie on solids of these names."""
        wanted = np.isin(np.array(self.names), list(names))
        return np.asarray(wanted[self.owner])


def structure(layout: Layout) -> tuple[Solid, ...]:
    """Return what stands in a store for good: floor, walls, racks."""
    return (*building(layout), *(piece for gondola in layout.gondolas for piece in rack(gondola)))


def goods(layout: Layout) -> tuple[Solid, ...]:
    """Return the goods of the planogram, a box for each facing."""
    return tuple(solid for facing in layout.planogram if (solid := stocked(layout, facing)))


def visible_surface(layout: Layout, solids: Sequence[Solid], spacing_m: float = SPACING_M) -> Surface:
    """Return the points of solids that somebody who stands on the sales floor can see.

    Args:
        layout: the store; its floor is where the eyes are.
        solids: what to sample; only these stand in the way.
        spacing_m: between points.
    """
    all_points = sample(solids, spacing_m)
    visible = np.zeros(len(all_points.points), bool)
    caster = _caster(solids)
    start = all_points.points + 1e-3 * all_points.normals
    for eye in _eyes(layout):
        away = eye - start
        distance = np.linalg.norm(away, axis=1)
        turned = (away * all_points.normals).sum(axis=1) > LEAST_COSINE * distance
        index = np.flatnonzero(turned & ~visible & (distance < FAR_M))
        rays = np.concatenate([start[index], away[index]], axis=1).astype(np.float32)
        # A ray as long as the way to the eye: what it meets before 1 stands between.
        blocked = caster.test_occlusions(open3d().core.Tensor(rays), tnear=0.0, tfar=1.0).numpy()
        visible[index[~blocked]] = True
    return all_points.take(visible)


def sample(solids: Sequence[Solid], spacing_m: float) -> Surface:
    """Return points in a grid on all six sides of every solid."""
    points, normals, owner = [], [], []
    for number, solid in enumerate(solids):
        half = np.asarray(solid.size_m) / 2
        for axis in range(3):
            grid = _grid(half, axis, spacing_m)
            for sign in (-1.0, 1.0):
                side = grid.copy()
                side[:, axis] = sign * half[axis]
                normal = sign * solid.pose.rotation[:, axis]
                points.append(solid.pose.apply(side))
                normals.append(np.broadcast_to(normal, side.shape))
                owner.append(np.full(len(side), number))
    names = tuple(solid.name for solid in solids)
    return Surface(np.concatenate(points), np.concatenate(normals), np.concatenate(owner), names)


def _grid(half: Floats, axis: int, spacing_m: float) -> Floats:
    """Return points (N, 3) across a side of a box, 0 along its axis."""
    across = [other for other in range(3) if other != axis]
    counts = [max(1, round(2 * half[other] / spacing_m)) for other in across]
    lines = [((np.arange(n) + 0.5) / n * 2 - 1) * half[other] for n, other in zip(counts, across, strict=True)]
    grid = np.zeros((counts[0] * counts[1], 3))
    grid[:, across] = np.stack(np.meshgrid(*lines, indexing="ij"), axis=-1).reshape(-1, 2)
    return grid


def _eyes(layout: Layout) -> Floats:
    """Return places (E, 3) that the store is looked at from."""
    floor = floor_grid(layout)
    chosen = np.zeros_like(floor.free)
    chosen[EYE_STEP // 2 :: EYE_STEP, EYE_STEP // 2 :: EYE_STEP] = True
    x, y = np.nonzero(floor.free & chosen)
    spots = np.stack([floor.x[x], floor.y[y]], axis=1)
    eyes: Floats = np.concatenate([np.insert(spots, 2, height, axis=1) for height in EYES_M])
    return eyes


def _caster(solids: Sequence[Solid]) -> Any:
    """Return the solids as something that rays can be cast against."""
    library = open3d()
    whole = library.geometry.TriangleMesh()
    for solid in solids:
        mesh = library.geometry.TriangleMesh.create_box(*solid.size_m)
        mesh.translate(-np.asarray(solid.size_m) / 2)
        whole += mesh.transform(solid.pose.matrix)
    scene = library.t.geometry.RaycastingScene()
    scene.add_triangles(library.t.geometry.TriangleMesh.from_legacy(whole))
    return scene
