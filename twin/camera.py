"""The twin's cameras: when each one looks, what it delivers and when."""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from types import MappingProxyType

import cv2
import numpy as np
from numpy.typing import NDArray

from contracts.clock import SECOND
from contracts.errors import RigFault
from contracts.layout import CameraInfo
from contracts.ports import FaultKind, PortInfo, PortKind
from contracts.records import Frame
from contracts.seeds import stream
from twin.bent import BentLens
from twin.blur import Motion
from twin.depth_model import DepthModel, DepthModels, Place, Simple
from twin.device_clock import TRUE, DeviceClock
from twin.exposure import averaged, brightness
from twin.imager import Imager
from twin.raster import layered_renderer
from twin.scene import Image, Renderer, Scene
from twin.sensor import F32, PERFECT, ROAM, U8, Grain, jpeg, louder
from twin.store_camera import Wire
from twin.store_noise import CameraNoise

PLAIN = Imager()
NONE: Mapping[str, Imager] = MappingProxyType({})


class TwinCamera:
    """One simulated imager; a `contracts.ports.Camera`.

    Args:
        camera: its calibration, rate and latency.
        grain: the noise of its colours, or None for none.
        seed: the scenario's seed.
        depth: how it measures depth; None for the same noise as its colours have.
        imager: how it delivers what it sees.
    """

    def __init__(
        self,
        camera: CameraInfo,
        grain: Grain | None,
        seed: int,
        depth: DepthModel | None = None,
        imager: Imager = PLAIN,
    ) -> None:
        self.calibration, self.imager = camera, imager
        self.info = PortInfo(camera.id, PortKind.CAMERA)
        self._lens = BentLens(camera) if camera.distorted and any(camera.distortion) else None
        self._grain, self._depth = grain, depth or Simple(grain)
        self._table, self._quality = brightness(imager.exposure), imager.jpeg_quality or PERFECT.jpeg_quality
        self._draw = stream(seed, "camera", camera.id)
        self._clock = DeviceClock(imager.clock, seed, camera.id)
        self._period_ns = round(SECOND / camera.rate_hz)
        self._next_ns = 0
        self._waiting: deque[Frame] = deque()
        self._last: Frame | None = None
        self._fault: FaultKind | None = None

    def due(self, now_ns: int) -> bool:
        """Return whether the shutter opens now; it will not again until a period has passed."""
        if now_ns < self._next_ns:
            return False
        self._next_ns = (now_ns // self._period_ns + 1) * self._period_ns
        return self._fault is not FaultKind.OFF

    @property
    def blind(self) -> bool:
        """Whether it repeats its last frame, whatever it looks at."""
        return self._fault is FaultKind.STUCK and self._last is not None

    @property
    def smears(self) -> bool:
        """Whether what moves is smeared in its pictures."""
        return self.imager.motion_blur and self.calibration.colour

    @property
    def pinhole(self) -> CameraInfo:
        """The camera to draw for it: its own, or a wider one whose picture its lens bends."""
        return self.calibration if self._lens is None else self._lens.pinhole

    def through(self, image: Image) -> Image:
        """Return a picture of `pinhole` as it comes through the lens."""
        return image if self._lens is None else self._lens.bend(image)

    def expose(self, image: Image, now_ns: int, earlier: Sequence[U8] = ()) -> None:
        """Take a picture of what `pinhole` sees; it is delivered after the camera's latency.

        Args:
            image: what is there.
            now_ns: bench time.
            earlier: what else was seen while the shutter was open; none for a sharp picture.
        """
        row, column = self._draw.integers(ROAM, size=2).tolist()
        camera = self.calibration
        rgb = self._colours([*earlier, image.rgb], (row, column)) if camera.colour else None
        self._deliver(rgb, self._depths(image.depth_m, (row, column)) if camera.depth else None, now_ns)

    def _colours(self, seen: Sequence[U8], place: Place) -> U8:
        """Return what the imager makes of the light that came."""
        rgb = averaged(seen) if len(seen) > 1 else seen[0]
        if self._lens is not None:
            rgb = self._lens.colour(rgb)
        if self._table is not None:
            rgb = np.asarray(cv2.LUT(rgb, self._table), np.uint8)
        if self._grain is not None:
            return self._grain.on_colour(rgb, place)
        # The renderer draws into its picture again.
        return rgb.copy() if rgb is seen[-1] else rgb

    def _depths(self, metres: F32, place: Place) -> NDArray[np.uint16]:
        return self._depth.read(metres if self._lens is None else self._lens.depth(metres), place)

    def repeat(self, now_ns: int) -> None:
        """Deliver the last frame once more, as if it were new."""
        if self._last is not None:
            self._send(
                replace(self._last, t_ns=now_ns + self.calibration.latency_ns, captured_ns=self._clock.stamp(now_ns))
            )

    def _deliver(self, rgb: U8 | None, depth: NDArray[np.uint16] | None, now_ns: int) -> None:
        camera, raw = self.calibration, self.imager.wire is Wire.RAW
        self._send(
            Frame(
                t_ns=now_ns + camera.latency_ns,
                source=camera.id,
                captured_ns=self._clock.stamp(now_ns),
                jpeg=b"" if rgb is None or raw else jpeg(rgb, self._quality),
                depth_mm=depth,
                rgb=rgb if raw else None,
            )
        )

    def _send(self, frame: Frame) -> None:
        self._last = frame
        self._waiting.append(frame)

    def read(self, until_ns: int) -> Sequence[Frame]:
        """Return the frames delivered after the last call and up to until_ns, oldest first."""
        frames = []
        while self._waiting and self._waiting[0].t_ns <= until_ns:
            frames.append(self._waiting.popleft())
        return frames

    def fault(self, kind: FaultKind | None) -> bool:
        """Begin a fault (off, stuck), or end it with None; return whether the camera can have it."""
        if kind not in (None, FaultKind.OFF, FaultKind.STUCK):
            return False
        self._fault = kind
        return True

    def safe_state(self) -> None:
        """Do nothing: a camera hurts nobody."""


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
    ) -> None:
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
        self._pool = ThreadPoolExecutor(os.cpu_count(), "camera")

    def capture(self, now_ns: int) -> list[Frame]:
        """Take every picture that is due, and return the frames that arrive by now.

        A camera takes at most one picture a call.

        Returns:
            In order of delivery; at the same time in the order of the cameras.
        """
        due = [camera for camera in self.cameras.values() if camera.due(now_ns)]
        seeing = [camera for camera in due if not camera.blind]
        for camera in due:
            if camera.blind:
                camera.repeat(now_ns)
        earlier = self._earlier(seeing, now_ns) if self._smears else {}
        images = self._renderer.render(self._scene, [camera.pinhole for camera in seeing]) if seeing else []

        def expose(camera: TwinCamera, image: Image) -> None:
            camera.expose(image, now_ns, earlier.get(camera.info.id, ()))

        # A camera draws its noise from its own stream, so the threads cannot change a frame.
        list(self._pool.map(expose, seeing, images))
        if self._smears:
            self._motion.look(now_ns)
        return self._arrived(now_ns)

    def _earlier(self, seeing: Sequence[TwinCamera], now_ns: int) -> dict[str, Sequence[U8]]:
        """Return what those that smear saw while their shutters were open, by camera."""
        found: dict[str, Sequence[U8]] = {}
        times = sorted({camera.imager.exposure.time for camera in seeing if camera.smears})
        for time_ns in times:
            alike = [camera for camera in seeing if camera.smears and camera.imager.exposure.time == time_ns]
            pinholes = [camera.pinhole for camera in alike]
            seen = self._motion.earlier(self._renderer, pinholes, now_ns, time_ns)
            found.update({camera.info.id: pictures for camera, pictures in zip(alike, seen, strict=True)})
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
