"""The renderer for graphics processors: everything is drawn anew for every frame.

Points, light and contact shadows come from the same code as the numba renderer's; only pixels are made elsewhere, so
pictures agree within the rounding of edges and the filters of textures, and not bit by bit between machines.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

import numpy as np

from contracts.layout import CameraInfo
from twin.gl.context import open_context, to_clip
from twin.gl.screen import SAMPLES, Screen
from twin.gl.store import Store
from twin.raster.arrays import I64
from twin.raster.geometry import Geometry
from twin.raster.light.bake import Bake
from twin.raster.look import REAL, Light, Look
from twin.raster.pack import Pack
from twin.scene import Drawing, Image, Scene


class GlRenderer:
    """Draws with OpenGL 3.3, without a window.

    Args:
        look: what to spend on pictures.

    Raises:
        UsageError: the extra is not installed, or this machine has no EGL.
    """

    def __init__(self, look: Look = REAL) -> None:
        self._look = look
        self._context = open_context()
        self._store = Store(self._context)
        self._screens: dict[tuple[int, int], Screen] = {}
        self._scene: Scene | None = None
        self._baked = 0
        self._bake: Bake | None = None
        self._geometry = Geometry(Pack())

    @property
    def name(self) -> str:
        """Goes into every recording and report."""
        parts = [f"gl on {self._context.info['GL_RENDERER']}"]
        parts += ["baked light"] if self._look.light is Light.BAKED else []
        return ", ".join([*parts, "smooth edges"] if self._look.smooth else parts)

    @property
    def remembers(self) -> bool:
        """Whether it takes short cuts that `full` does not."""
        return False

    def look(self, scene: Scene, cameras: Sequence[CameraInfo]) -> Sequence[Drawing]:
        """Draw every camera at once: a context of OpenGL belongs to one thread."""
        return [partial(_made, image) for image in self.render(scene, cameras)]

    def render(self, scene: Scene, cameras: Sequence[CameraInfo]) -> Sequence[Image]:
        """Draw every camera; the arrays are the caller's."""
        self._attend(scene)
        self._geometry.sync(scene)
        self._store.sync(scene, self._geometry)
        images = {camera: self._draw(scene, camera) for camera in dict.fromkeys(cameras)}
        return [images[camera] for camera in cameras]

    def full(self, scene: Scene, camera: CameraInfo) -> Image:
        """Draw one camera from scratch: points and light are computed anew."""
        self._start_over(scene)
        return self.render(scene, [camera])[0]

    def _attend(self, scene: Scene) -> None:
        """Begin afresh with another scene, or where something fixed has changed that light comes by."""
        if scene is not self._scene or scene.latest_fixed != self._baked:
            self._start_over(scene)

    def _start_over(self, scene: Scene) -> None:
        if scene is not self._scene or scene.latest_fixed != self._baked:
            lit = self._look.light is Light.BAKED and bool(scene.fixed.any())
            self._bake = Bake(scene) if lit else None
            self._store = Store(self._context)
        self._scene, self._baked = scene, scene.latest_fixed
        self._geometry = Geometry(Pack(), self._bake)

    def _draw(self, scene: Scene, camera: CameraInfo) -> Image:
        context, screen = self._context, self._screen(camera)
        still = np.flatnonzero(scene.visible & ~scene.moving)
        moving = scene.moving_for(camera)
        self._store.use(to_clip(camera))
        screen.clear()
        context.enable_only(context.DEPTH_TEST | context.CULL_FACE)
        # Rows are drawn from the top, which turns every triangle over.
        context.front_face = "cw"
        for handles in (still, moving):
            count = self._store.choose(handles.tolist(), self._geometry)
            if count:
                screen.measure.use()
                self._store.measures.render(vertices=count)
            if camera.colour:
                screen.colour.use()
                if handles is moving:
                    self._shade(np.concatenate([still[~scene.fixed[still]], moving]))
                if count:
                    self._store.colours.render(vertices=count)
        return screen.read(camera.colour)

    def _shade(self, handles: I64) -> None:
        """Draw contact shadows over what stands, before what moves."""
        context = self._context
        context.enable_only(context.DEPTH_TEST | context.BLEND)
        context.blend_func = context.ZERO, context.SRC_COLOR
        context.fbo.depth_mask = False
        self._store.shade(handles, self._geometry)
        context.fbo.depth_mask = True
        context.enable_only(context.DEPTH_TEST | context.CULL_FACE)

    def _screen(self, camera: CameraInfo) -> Screen:
        size = (camera.width, camera.height)
        if size not in self._screens:
            self._screens[size] = Screen(self._context, *size, SAMPLES if self._look.smooth else 0)
        return self._screens[size]


def _made(image: Image) -> Image:
    return image
