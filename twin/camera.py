"""The twin's cameras: when each one looks, what it delivers and when."""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor

import numpy as np
from numpy.typing import NDArray

from contracts.clock import SECOND
from contracts.errors import RigFault
from contracts.layout import CameraInfo
from contracts.ports import FaultKind, PortInfo, PortKind
from contracts.records import Frame
from contracts.seeds import stream
from twin.bent import BentLens
from twin.raster import layered_renderer
from twin.scene import Image, Renderer, Scene
from twin.sensor import PERFECT, ROAM, Grain, depth_mm, jpeg
from twin.store_noise import CameraNoise


class TwinCamera:
    """One simulated imager; a `contracts.ports.Camera`.

    Args:
        camera: its calibration, rate and latency.
        grain: its noise, or None for none.
        seed: the scenario's seed.
        lens: how its lens bends pictures; None to deliver them rectified.
        quality: of its JPEG, 1 to 100.
    """

    def __init__(
        self,
        camera: CameraInfo,
        grain: Grain | None,
        seed: int,
        lens: BentLens | None = None,
        quality: int = PERFECT.jpeg_quality,
    ) -> None:
        self.calibration, self._quality = camera, quality
        self._lens = lens
        self.info = PortInfo(camera.id, PortKind.CAMERA)
        self._grain = grain
        self._draw = stream(seed, "camera", camera.id)
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
    def pinhole(self) -> CameraInfo:
        """The camera to draw for it: its own, or a wider one whose picture its lens bends."""
        return self.calibration if self._lens is None else self._lens.pinhole

    def through(self, image: Image) -> Image:
        """Return a picture of `pinhole` as it comes through the lens."""
        return image if self._lens is None else self._lens.bend(image)

    def expose(self, image: Image, now_ns: int) -> None:
        """Take a picture of what `pinhole` sees; it is delivered after the camera's latency."""
        image = self.through(image)
        row, column = self._draw.integers(ROAM, size=2).tolist()
        rgb, camera = image.rgb, self.calibration
        if camera.colour and self._grain is not None:
            rgb = self._grain.on_colour(rgb, (row, column))
        self._deliver(
            jpeg(rgb, self._quality) if camera.colour else b"",
            depth_mm(image.depth_m, self._grain, (row, column)) if camera.depth else None,
            now_ns,
        )

    def repeat(self, now_ns: int) -> None:
        """Deliver the last frame once more, as if it were new."""
        if self._last is not None:
            self._deliver(self._last.jpeg, self._last.depth_mm, now_ns)

    def _deliver(self, picture: bytes, depth: NDArray[np.uint16] | None, now_ns: int) -> None:
        camera = self.calibration
        self._last = Frame(
            t_ns=now_ns + camera.latency_ns, source=camera.id, captured_ns=now_ns, jpeg=picture, depth_mm=depth
        )
        self._waiting.append(self._last)

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
        cameras: their calibrations.
        renderer: how they see.
        seed: the scenario's seed.
        noise: whether pictures and depth have grain.
        distorted: whether cameras that state a distortion deliver pictures as their lenses bend them. A stack must
            then rectify: the layout says by which numbers, but not that nobody has done so.
        errors: how much grain, and how pictures are packed.
    """

    def __init__(
        self,
        scene: Scene,
        cameras: Sequence[CameraInfo],
        renderer: Renderer,
        seed: int,
        noise: bool = True,
        distorted: bool = False,
        errors: CameraNoise = PERFECT,
    ) -> None:
        self._scene = scene
        self._renderer = renderer
        width, height = (max((getattr(c, side) for c in cameras), default=0) for side in ("width", "height"))
        grain = Grain(seed, width, height, errors) if noise else None
        lenses = {camera.id: BentLens(camera) for camera in cameras if distorted and any(camera.distortion)}
        self.cameras = {
            camera.id: TwinCamera(camera, grain, seed, lenses.get(camera.id), errors.jpeg_quality) for camera in cameras
        }
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
        images = self._renderer.render(self._scene, [camera.pinhole for camera in seeing]) if seeing else []
        # A camera draws its noise from its own stream, so the threads cannot change a frame.
        list(self._pool.map(lambda pair: pair[0].expose(pair[1], now_ns), zip(seeing, images, strict=True)))
        return self._arrived(now_ns)

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


def _differing(a: Image, b: Image) -> int:
    """Return how many pixels differ in anything."""
    wrong = (a.rgb != b.rgb).any(axis=-1) | (a.depth_m != b.depth_m) | (a.ids != b.ids)
    return int(np.count_nonzero(wrong))


def render_view(scene: Scene, camera: CameraInfo) -> Image:
    """Return one picture of a scene, for people to look at; the arrays are the caller's."""
    return layered_renderer(1).full(scene, camera)
