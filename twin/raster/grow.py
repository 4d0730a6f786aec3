"""Room for a scene's instances, grown as it grows."""

from __future__ import annotations

from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from twin.raster.arrays import Placed
from twin.raster.light.bake import Bake
from twin.raster.pack import Pack
from twin.scene import Scene

T = TypeVar("T", bound=np.generic)


def nothing() -> Placed:
    """Return room for no instance."""
    none, floats = np.zeros(0, np.int64), np.zeros(0, np.float32)
    return Placed(
        start=none,
        mesh=none,
        texture=none,
        ids=np.zeros(0, np.int32),
        centre=np.zeros((0, 3), np.float32),
        radius=floats,
        points=np.zeros((0, 3), np.float32),
        light=floats,
        mapped=np.zeros(0, np.uint8),
        spots=np.zeros((0, 2), np.float32),
        atlas=np.zeros((2, 2), np.float32),
        blobs=np.zeros((0, 9), np.float32),
    )


def grown(placed: Placed, scene: Scene, pack: Pack) -> Placed:
    """Return the arrays with room for the scene's new instances."""
    new = slice(len(placed.start), len(scene))
    mesh = np.asarray(scene.mesh_of[new], np.int64)
    vertices = np.diff(pack.shapes.vertex_start)[mesh]
    start = len(placed.points) + np.cumsum(vertices) - vertices
    return Placed(
        start=np.concatenate([placed.start, start]),
        mesh=np.concatenate([placed.mesh, mesh]),
        texture=np.concatenate([placed.texture, np.asarray(scene.texture_of[new], np.int64)]),
        ids=np.concatenate([placed.ids, np.asarray(scene.object_of[new], np.int32)]),
        centre=_longer(placed.centre, len(mesh)),
        radius=_longer(placed.radius, len(mesh)),
        points=_longer(placed.points, int(vertices.sum())),
        light=_longer(placed.light, int(vertices.sum())),
        mapped=_longer(placed.mapped, len(mesh)),
        spots=_longer(placed.spots, int(vertices.sum())),
        atlas=placed.atlas,
        blobs=_longer(placed.blobs, len(mesh)),
    )


def _longer(array: NDArray[T], rows: int) -> NDArray[T]:
    return np.concatenate([array, np.zeros((rows, *array.shape[1:]), array.dtype)])


def mapped(placed: Placed, bake: Bake) -> Placed:
    """Return the arrays with the places of all flat fixed sides in the atlas."""
    for handle, spots in bake.charted().items():
        placed.mapped[handle] = 1
        placed.spots[placed.start[handle] : placed.start[handle] + len(spots)] = spots
    return placed._replace(atlas=bake.atlas)
