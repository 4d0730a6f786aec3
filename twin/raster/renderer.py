"""The renderer that the twin uses unless told otherwise."""

from __future__ import annotations

import os
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial

from contracts.layout import CameraInfo
from twin.raster.geometry import Geometry
from twin.raster.layer import Desk
from twin.raster.light.bake import Bake
from twin.raster.look import PLAIN, Light, Look
from twin.raster.memory import Memory
from twin.raster.pack import Pack
from twin.raster.view import View, draw_once
from twin.scene import Drawing, Image, Scene


class LayeredRenderer:
    """Draws the static store once a camera and every frame only what moved or changed.

    A camera is the unit of parallel work, so the number of threads cannot change a picture.

    Args:
        threads: how many cameras are drawn at once; None for one a processor.
        look: what to spend on pictures.
    """

    def __init__(self, threads: int | None = None, look: Look = PLAIN) -> None:
        self._look = look
        self._desk = Desk() if look.smooth else None
        count = threads or os.cpu_count() or 1
        self._pool = ThreadPoolExecutor(count, "raster") if count > 1 else None
        self._scene: Scene | None = None
        self._bake: Bake | None = None
        self._memory: Memory | None = None
        self._baked = 0
        self._geometry = Geometry(Pack())
        self._views: dict[CameraInfo, View] = {}

    @property
    def name(self) -> str:
        """Goes into every recording and report."""
        parts = ["raster", *([] if self._look.light is Light.PLAIN else ["baked light"])]
        return ", ".join([*parts, "smooth edges"] if self._look.smooth else parts)

    @property
    def remembers(self) -> bool:
        """Whether it takes short cuts that `full` does not."""
        return True

    def look(self, scene: Scene, cameras: Sequence[CameraInfo]) -> Sequence[Drawing]:
        """Take in the scene as it is now, and return a drawing a camera, to be made before the next look."""
        self._attend(scene)
        self._geometry.sync(scene)
        if self._memory is None and self._bake is not None:
            self._memory = Memory(scene, self._look)
        moment, geometry = scene.moment(), self._geometry
        moving = scene.moving_for_all(cameras)
        return [
            partial(self._view(camera).draw, moment, handles, geometry)
            for camera, handles in zip(cameras, moving, strict=True)
        ]

    def render(self, scene: Scene, cameras: Sequence[CameraInfo]) -> Sequence[Image]:
        """Look, and make every drawing; the arrays belong to the renderer and hold until the next call."""
        wanted = list(dict.fromkeys(cameras))
        drawings = self.look(scene, wanted)
        run = self._pool.map if self._pool is not None and len(drawings) > 1 else map
        images = dict(zip(wanted, run(lambda draw: draw(), drawings), strict=True))
        return [images[camera] for camera in cameras]

    def full(self, scene: Scene, camera: CameraInfo) -> Image:
        """Draw one camera from scratch, with nothing remembered: the check on every short cut of `look`."""
        self._attend(scene)
        geometry = Geometry(self._geometry.pack, self._bake)
        geometry.sync(scene)
        return draw_once(scene, geometry, camera, self._desk)

    def _view(self, camera: CameraInfo) -> View:
        if camera not in self._views:
            self._views[camera] = View(camera, self._desk, self._memory)
        return self._views[camera]

    def _attend(self, scene: Scene) -> None:
        """Begin afresh with another scene, or where something fixed has changed that light comes by."""
        lit = self._look.light is Light.BAKED
        if scene is not self._scene or (lit and scene.latest_fixed != self._baked):
            self._start_over(scene)

    def _start_over(self, scene: Scene) -> None:
        self._scene, self._baked = scene, scene.latest_fixed
        lit = self._look.light is Light.BAKED and scene.fixed.any()
        self._bake = Bake(scene) if lit else None
        self._memory = None
        self._geometry = Geometry(Pack(), self._bake)
        self._views = {}
