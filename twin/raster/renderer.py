"""The renderer that the twin uses unless told otherwise."""

from __future__ import annotations

import os
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor

from contracts.layout import CameraInfo
from twin.raster.geometry import Geometry
from twin.raster.pack import Pack
from twin.raster.view import View, draw_once
from twin.scene import Image, Scene


class LayeredRenderer:
    """Draws the static store once a camera and every frame only what moved or changed.

    A camera is the unit of parallel work, so the number of threads cannot change a picture.

    Args:
        threads: how many cameras are drawn at once; None for one a processor.
    """

    def __init__(self, threads: int | None = None) -> None:
        count = threads or os.cpu_count() or 1
        self._pool = ThreadPoolExecutor(count, "raster") if count > 1 else None
        self._scene: Scene | None = None
        self._start_over(None)

    @property
    def name(self) -> str:
        """Goes into every recording and report."""
        return "raster"

    def render(self, scene: Scene, cameras: Sequence[CameraInfo]) -> Sequence[Image]:
        """Draw every camera; the arrays belong to the renderer and hold until the next call."""
        if scene is not self._scene:
            self._start_over(scene)
        self._geometry.sync(scene)
        wanted = list(dict.fromkeys(cameras))
        for camera in wanted:
            if camera not in self._views:
                self._views[camera] = View(camera)
        views = [self._views[camera] for camera in wanted]
        run = self._pool.map if self._pool is not None and len(views) > 1 else map
        images = dict(zip(wanted, run(lambda view: view.draw(scene, self._geometry), views), strict=True))
        return [images[camera] for camera in cameras]

    def full(self, scene: Scene, camera: CameraInfo) -> Image:
        """Draw one camera from scratch, with nothing remembered: the check on every short cut of `render`."""
        if scene is not self._scene:
            self._start_over(scene)
        geometry = Geometry(self._geometry.pack)
        geometry.sync(scene)
        return draw_once(scene, geometry, camera)

    def _start_over(self, scene: Scene | None) -> None:
        self._scene = scene
        self._geometry = Geometry(Pack())
        self._views: dict[CameraInfo, View] = {}
