"""One camera of the twin: when it looks, what it delivers and when."""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from concurrent.futures import Future
from dataclasses import dataclass, replace

import cv2
import numpy as np
from numpy.typing import NDArray

from contracts.clock import SECOND
from contracts.layout import CameraInfo
from contracts.ports import FaultKind, PortInfo, PortKind
from contracts.records import Frame
from contracts.seeds import stream
from twin.bent import BentLens
from twin.depth_model import DepthModel, Place, Simple
from twin.device_clock import DeviceClock
from twin.exposure import averaged, brightness
from twin.imager import Imager
from twin.scene import Drawing, Image
from twin.sensor import F32, PERFECT, ROAM, U8, Grain, jpeg
from twin.store_camera import Wire
from twin.studio import Studio

PLAIN = Imager()


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

    def expose(self, draw: Drawing, now_ns: int, studio: Studio, earlier: U8 | None = None) -> None:
        """Take a picture of what `pinhole` sees; it is made meanwhile, and delivered after the camera's latency.

        Args:
            draw: makes the picture of what is there.
            now_ns: bench time.
            studio: where the work is done, once it begins.
            earlier: (N, H, W, 3) what else was seen while the shutter was open; None for a sharp picture.
        """
        # All that is drawn by lot is drawn here, in order, so that the threads cannot change a frame.
        row, column = self._draw.integers(ROAM, size=2).tolist()
        captured_ns = self._clock.stamp(now_ns)
        due_ns = now_ns + self.calibration.latency_ns
        made = studio.ask(lambda: self._frame(draw(), earlier, (row, column), due_ns, captured_ns))
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
            self._last.frame.exception()

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
