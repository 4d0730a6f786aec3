"""All instances of a scene in world coordinates, kept current change by change."""

from __future__ import annotations

from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from twin.raster.arrays import I64, Placed
from twin.raster.light.bake import Bake
from twin.raster.light.cube import no_cube
from twin.raster.light.shine import stand
from twin.raster.pack import Pack
from twin.raster.place import drape, place
from twin.scene import Scene

T = TypeVar("T", bound=np.generic)


class Geometry:
    """Lit points of every instance; one for all cameras.

    Args:
        pack: the scene's shapes.
        bake: soft light, or None for plain light.
    """

    def __init__(self, pack: Pack, bake: Bake | None = None) -> None:
        self.pack, self._bake = pack, bake
        self.placed = _nothing()
        self._cube = no_cube() if bake is None else bake.cube
        self._around = np.zeros(6, np.float32)
        self._latest = 0

    def sync(self, scene: Scene) -> None:
        """Catch up with the scene."""
        self.pack.sync(scene)
        if len(scene) > len(self.placed.start):
            self.placed = _grown(self.placed, scene, self.pack)
            if self._bake is not None:
                self.placed = _mapped(self.placed, self._bake)
        if scene.latest > self._latest:
            changed = np.flatnonzero(scene.revision > self._latest)
            self._place(scene, changed)
            if self._bake is not None:
                self._light(scene, changed, self._bake)
            self._latest = scene.latest

    def _place(self, scene: Scene, changed: I64) -> None:
        """Bring instances to the world: skin by its own points, all else by its mesh."""
        pack, placed, cube, around = self.pack, self.placed, self._cube, self._around
        bent = np.isin(changed, np.fromiter(scene.bent, np.int64))
        for handle in changed[bent].tolist():
            drape(handle, scene.pose[handle], scene.bent[handle], placed, cube, around)
        place(changed[~bent], scene.pose, pack.shapes, placed, pack.centres, pack.radii, cube, around)

    def _light(self, scene: Scene, changed: I64, bake: Bake) -> None:
        """Light what stands vertex by vertex, and give all but furniture its soft shadow."""
        placed = self.placed
        still = changed[scene.visible[changed] & ~scene.moving[changed] & (placed.mapped[changed] == 0)]
        for handle, light in zip(still.tolist(), bake.on(still), strict=True):
            placed.light[placed.start[handle] : placed.start[handle] + len(light)] = light
        stand(changed[~scene.fixed[changed]], self.pack.shapes.vertex_start, placed, bake.blockers)


def _nothing() -> Placed:
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
        mapped=_longer(placed.mapped, len(mesh)),
        spots=_longer(placed.spots, int(vertices.sum())),
        atlas=placed.atlas,
        blobs=_longer(placed.blobs, len(mesh)),
    )


def _longer(array: NDArray[T], rows: int) -> NDArray[T]:
    return np.concatenate([array, np.zeros((rows, *array.shape[1:]), array.dtype)])


def _mapped(placed: Placed, bake: Bake) -> Placed:
    """Return the arrays with the places of all flat fixed sides in the atlas."""
    for handle, spots in bake.charted().items():
        placed.mapped[handle] = 1
        placed.spots[placed.start[handle] : placed.start[handle] + len(spots)] = spots
    return placed._replace(atlas=bake.atlas)
