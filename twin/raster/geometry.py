"""All instances of a scene in world coordinates, kept current change by change."""

from __future__ import annotations

import numpy as np

from twin.raster.arrays import I64
from twin.raster.grow import grown, mapped, nothing
from twin.raster.light.bake import Bake
from twin.raster.light.cube import no_cube
from twin.raster.light.shine import stand
from twin.raster.pack import Pack
from twin.raster.place import drape, place
from twin.scene import Scene


class Geometry:
    """Lit points of every instance; one for all cameras.

    Args:
        pack: the scene's shapes.
        bake: soft light, or None for plain light.
    """

    def __init__(self, pack: Pack, bake: Bake | None = None) -> None:
        self.pack, self._bake = pack, bake
        self.placed = nothing()
        self._cube = no_cube() if bake is None else bake.cube
        self._around = np.zeros(6, np.float32)
        self._latest = 0

    def sync(self, scene: Scene) -> None:
        """Catch up with the scene."""
        self.pack.sync(scene)
        if len(scene) > len(self.placed.start):
            self.placed = grown(self.placed, scene, self.pack)
            if self._bake is not None:
                self.placed = mapped(self.placed, self._bake)
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
