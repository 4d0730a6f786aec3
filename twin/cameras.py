"""All cameras of the twin: whose shutter opens when, and the threads that make their pictures meanwhile."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType

import numpy as np

from contracts.clock import SECOND
from contracts.errors import RigFault
from contracts.layout import CameraInfo
from contracts.records import Frame
from twin.blur import Motion
from twin.camera import PLAIN, TwinCamera
from twin.depth_model import DepthModels
from twin.device_clock import TRUE
from twin.imager import Imager
from twin.raster import layered_renderer
from twin.scene import Image, Renderer, Scene
from twin.sensor import PERFECT, U8, Grain, louder
from twin.store_noise import CameraNoise
from twin.studio import Studio

NONE: Mapping[str, Imager] = MappingProxyType({})
AUDIT_NS = 5 * SECOND
"""So often one camera's layers are held against a picture drawn from scratch: 2 % of what the cameras cost."""


class CameraRig:
    """All cameras of the twin.

    Args:
        scene: what they look at.
        cameras: their calibrations; those that are `distorted` deliver pictures as their lenses bend them.
        renderer: how they see.
        seed: the scenario's seed.
        noise: whether pictures, depth and clocks err.
        errors: how much.
        imagers: how single cameras deliver what they see, by id.
        audited: whether layers are held against pictures drawn from scratch now and then, which holds a tick up for
            50 ms and more.
    """

    def __init__(
        self,
        scene: Scene,
        cameras: Sequence[CameraInfo],
        renderer: Renderer,
        seed: int,
        noise: bool = True,
        errors: CameraNoise = PERFECT,
        imagers: Mapping[str, Imager] = NONE,
        audited: bool = True,
    ) -> None:
        self._audited = audited and renderer.remembers
        self._scene, self._renderer = scene, renderer
        width, height = (max((getattr(c, side) for c in cameras), default=0) for side in ("width", "height"))
        set_up = {camera.id: _set_up(imagers.get(camera.id, PLAIN), errors, noise) for camera in cameras}
        grains: dict[float, Grain | None] = {
            gain: Grain(seed, width, height, louder(errors, gain)) if noise else None
            for gain in sorted({1.0, *(imager.exposure.gain for imager in set_up.values())})
        }
        depths = DepthModels(seed, errors, grains[1.0])
        self.cameras = {
            camera.id: TwinCamera(camera, grains[i.exposure.gain], seed, depths.of(camera, i.depth), i)
            for camera, i in zip(cameras, set_up.values(), strict=True)
        }
        self._smears = any(camera.smears for camera in self.cameras.values())
        self._motion = Motion(scene)
        self._studio = Studio()
        self._audits = 0

    def due(self, now_ns: int) -> bool:
        """Whether any camera looks now."""
        return any(camera.due(now_ns) for camera in self.cameras.values())

    def capture(self, now_ns: int) -> list[Frame]:
        """Take every picture that is due, and return the frames that arrive by now.

        A camera takes at most one picture a call. Pictures are made in other threads, from the scene as it is now:
        until they are delivered, the store may go on.

        Returns:
            In order of delivery; at the same time in the order of the cameras.

        Raises:
            RigFault: an audit found a camera's layers stale.
        """
        due = [camera for camera in self.cameras.values() if camera.opens(now_ns)]
        seeing = [camera for camera in due if not camera.blind]
        if seeing:
            self._finish()
        for camera in due:
            if camera.blind:
                camera.repeat(now_ns)
        earlier = self._earlier(seeing, now_ns) if self._smears else {}
        drawings = self._renderer.look(self._scene, [camera.pinhole for camera in seeing]) if seeing else []
        for camera, draw in zip(seeing, drawings, strict=True):
            camera.expose(draw, now_ns, self._studio, earlier.get(camera.info.id))
        self._studio.begin()
        if self._smears:
            self._motion.look(now_ns)
        if seeing and self._audited and now_ns >= (self._audits + 1) * AUDIT_NS:
            self._audits += 1
            self.full(list(self.cameras)[self._audits % len(self.cameras)], now_ns)
        return self._arrived(now_ns)

    def _finish(self) -> None:
        """Wait for every picture in the making: a renderer looks only when all is drawn."""
        for camera in self.cameras.values():
            camera.finish()

    def _earlier(self, seeing: Sequence[TwinCamera], now_ns: int) -> dict[str, U8]:
        """Return what those that smear saw while their shutters were open, by camera."""
        found: dict[str, U8] = {}
        times = sorted({camera.imager.exposure.time for camera in seeing if camera.smears})
        for time_ns in times:
            alike = [camera for camera in seeing if camera.smears and camera.imager.exposure.time == time_ns]
            pinholes = [camera.pinhole for camera in alike]
            seen = self._motion.earlier(self._renderer, pinholes, now_ns, time_ns)
            found.update(zip((camera.info.id for camera in alike), seen or (), strict=False))
        return found

    def _arrived(self, now_ns: int) -> list[Frame]:
        frames = [frame for camera in self.cameras.values() for frame in camera.read(now_ns)]
        return sorted(frames, key=lambda frame: frame.t_ns)

    def full(self, camera: str, now_ns: int) -> Image:
        """Return what a camera sees, drawn from scratch, after holding its layers against it.

        Args:
            camera: its id.
            now_ns: bench time, for the message.

        Raises:
            RigFault: the layers differ from the full picture.
        """
        self._finish()
        pinhole = self.cameras[camera].pinhole
        (layered,) = self._renderer.render(self._scene, [pinhole])
        image = self._renderer.full(self._scene, pinhole)
        wrong = _differing(layered, image)
        if wrong:
            raise RigFault(
                "a camera's layers are stale",
                where=f"camera {camera} at {now_ns / SECOND:.3f} s",
                expected="the same picture as one drawn from scratch",
                found=f"{wrong} pixels that differ",
                hint="whoever moved something last must tell the scene: Scene.move, show or set_moving",
            )
        return self.cameras[camera].through(image)


def _set_up(imager: Imager, errors: CameraNoise, noise: bool) -> Imager:
    """Return a camera's settings with what all cameras share filled in, and without errors if it has none."""
    imager = replace(imager, jpeg_quality=imager.jpeg_quality or errors.jpeg_quality)
    return imager if noise else replace(imager, clock=TRUE, motion_blur=False)


def _differing(a: Image, b: Image) -> int:
    """Return how many pixels differ in anything."""
    wrong = (a.rgb != b.rgb).any(axis=-1) | (a.depth_m != b.depth_m) | (a.ids != b.ids)
    return int(np.count_nonzero(wrong))


def render_view(scene: Scene, camera: CameraInfo) -> Image:
    """Return one picture of a scene, for people to look at; the arrays are the caller's."""
    return layered_renderer(1).full(scene, camera)
