"""All instances of a scene in world coordinates, kept current change by change."""

from __future__ import annotations

from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from twin.raster.arrays import Placed
from twin.raster.pack import Pack
from twin.raster.place import place
from twin.scene import Scene

T = TypeVar("T", bound=np.generic)


class Geometry:
    """Lit points of every instance; one for all cameras."""

    def __init__(self, pack: Pack) -> None:
        self.pack = pack
        self.placed = _nothing()
        self._latest = 0

    def sync(self, scene: Scene) -> None:
        """Catch up with the scene."""
        self.pack.sync(scene)
        if len(scene) > len(self.placed.start):
            self.placed = _grown(self.placed, scene, self.pack)
        if scene.latest > self._latest:
            changed = np.flatnonzero(scene.revision > self._latest)
            pack = self.pack
            place(changed, scene.pose, pack.shapes, self.placed, pack.centres, pack.radii)
            self._latest = scene.latest


def _nothing() -> Placed:
    none, floats = np.zeros(0, np.int64), np.zeros(0, np.float32)
    return Placed(
        none,
        none,
        none,
        np.zeros(0, np.int32),
        np.zeros((0, 3), np.float32),
        floats,
        np.zeros((0, 3), np.float32),
        floats,
    )


def _grown(placed: Placed, scene: Scene, pack: Pack) -> Placed:
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
    )


def _longer(array: NDArray[T], rows: int) -> NDArray[T]:
    return np.concatenate([array, np.zeros((rows, *array.shape[1:]), array.dtype)])
