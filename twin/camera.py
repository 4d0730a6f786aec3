"""The twin's cameras: when each one looks, what it delivers and when."""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Mapping, Sequence
from concurrent.futures import Executor, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass, replace
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
from twin.scene import Drawing, Image, Renderer, Scene
from twin.sensor import F32, PERFECT, ROAM, U8, Grain, jpeg, louder
from twin.store_camera import Wire
from twin.store_noise import CameraNoise

PLAIN = Imager()
NONE: Mapping[str, Imager] = MappingProxyType({})
AUDIT_NS = 5 * SECOND
"""So often one camera's layers are held against a picture drawn from scratch: 2 % of what the cameras cost."""


@dataclass(frozen=True, slots=True)
class Exposure:
    """A picture that has been taken.

    Args:
        due_ns: bench time of its delivery.
        frame: what is delivered; it may still be in the making.
    """

    due_ns: int
    frame: Future[Frame]


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
        self._waiting: deque[Exposure] = deque()
        self._last: Exposure | None = None
        self._fault: FaultKind | None = None

    def due(self, now_ns: int) -> bool:
        """Whether it is time for the next picture."""
        return now_ns >= self._next_ns

    def opens(self, now_ns: int) -> bool:
        """Return whether the shutter opens now; it will not again until a period has passed."""
        if not self.due(now_ns):
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

    def expose(self, draw: Drawing, now_ns: int, pool: Executor, earlier: U8 | None = None) -> None:
        """Take a picture of what `pinhole` sees; it is made meanwhile, and delivered after the camera's latency.

        Args:
            draw: makes the picture of what is there.
            now_ns: bench time.
            pool: where the work goes.
            earlier: (N, H, W, 3) what else was seen while the shutter was open; None for a sharp picture.
        """
        # All that is drawn by lot is drawn here, in order, so that the threads cannot change a frame.
        row, column = self._draw.integers(ROAM, size=2).tolist()
        captured_ns = self._clock.stamp(now_ns)
        due_ns = now_ns + self.calibration.latency_ns
        made = pool.submit(lambda: self._frame(draw(), earlier, (row, column), due_ns, captured_ns))
        self._send(Exposure(due_ns, made))

    def _frame(self, image: Image, earlier: U8 | None, place: Place, due_ns: int, captured_ns: int) -> Frame:
        camera, raw = self.calibration, self.imager.wire is Wire.RAW
        rgb = self._colours(image.rgb, earlier, place) if camera.colour else None
        return Frame(
            t_ns=due_ns,
            source=camera.id,
            captured_ns=captured_ns,
            jpeg=b"" if rgb is None or raw else jpeg(rgb, self._quality),
            depth_mm=self._depths(image.depth_m, place) if camera.depth else None,
            rgb=rgb if raw else None,
        )

    def _colours(self, seen: U8, earlier: U8 | None, place: Place) -> U8:
        """Return what the imager makes of the light that came."""
        rgb = seen if earlier is None else averaged(earlier, seen)
        if self._lens is not None:
            rgb = self._lens.colour(rgb)
        if self._table is not None:
            rgb = np.asarray(cv2.LUT(rgb, self._table), np.uint8)
        if self._grain is not None:
            return self._grain.on_colour(rgb, place)
        # The renderer draws into its picture again.
        return rgb.copy() if rgb is seen else rgb

    def _depths(self, metres: F32, place: Place) -> NDArray[np.uint16]:
        return self._depth.read(metres if self._lens is None else self._lens.depth(metres), place)

    def repeat(self, now_ns: int) -> None:
        """Deliver the last frame once more, as if it were new."""
        if self._last is None:
            return
        again: Future[Frame] = Future()
        due_ns = now_ns + self.calibration.latency_ns
        again.set_result(replace(self._last.frame.result(), t_ns=due_ns, captured_ns=self._clock.stamp(now_ns)))
        self._send(Exposure(due_ns, again))

    def _send(self, exposure: Exposure) -> None:
        self._last = exposure
        self._waiting.append(exposure)

    def finish(self) -> None:
        """Wait until its last picture is made."""
        if self._last is not None:
            wait([self._last.frame])

    def read(self, until_ns: int) -> Sequence[Frame]:
        """Return the frames delivered after the last call and up to until_ns, oldest first."""
        frames = []
        while self._waiting and self._waiting[0].due_ns <= until_ns:
            frames.append(self._waiting.popleft().frame.result())
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
            camera.expose(draw, now_ns, self._pool, earlier.get(camera.info.id))
        if self._smears:
            self._motion.look(now_ns)
        if seeing and self._renderer.remembers and now_ns >= (self._audits + 1) * AUDIT_NS:
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
