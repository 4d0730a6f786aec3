"""A real camera as the port `Camera`: a thread takes and decodes its stream, `read` hands out what has come."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable, Sequence

from contracts.clock import SECOND, Clock, WallClock
from contracts.errors import RigFault, WalkoutError
from contracts.layout import CameraInfo
from contracts.ports import FaultKind, PortInfo, PortKind
from contracts.records import Frame
from devices.camera import troubles
from devices.camera.address import NOBODY, Found, Login
from devices.camera.picture import jpeg_of, rgb_of
from devices.camera.stream import Shot, shots
from devices.camera.thinning import Thinning
from devices.camera.times import CaptureTimes
from devices.probing import Probed

SILENT_NS = 5 * SECOND
"""Trouble that is over sooner is not told: a stream that broke off is opened again at once."""
FIRST_S = 5.0
"""How long a probe waits for a picture."""
AGAIN_S = 1.0
CLOSE_S = 0.15
"""Longer than from one picture to the next. Nobody waits for a stream that pauses: a run's clock may stand on it."""
_MOST = 50
"""Pictures that wait to be read: five seconds of ten a second."""


class RtspCamera:
    """Delivers the pictures of one stream.

    Args:
        camera: its calibration, from the store.
        where: finds its stream, on the thread; may wait, and raise DeviceUnavailable. Or the stream's address.
        clock: bench time.
        who: asks for the stream.
        transport: "tcp" or "udp".
        raw: whether frames carry RGB instead of JPEG.

    Opening never waits: what is wrong is told by `probe`, and by `read` after some seconds.
    """

    def __init__(
        self,
        camera: CameraInfo,
        where: str | Callable[[], Found],
        clock: Clock,
        *,
        who: Login = NOBODY,
        transport: str = "tcp",
        raw: bool = False,
    ) -> None:
        self.info = PortInfo(
            camera.id, PortKind.CAMERA, "an RTSP camera" if isinstance(where, str) else "an ONVIF camera"
        )
        self.calibration = camera
        self.lost = self.breaks = 0
        """Pictures that nobody read in time, and how often the stream broke off."""
        self._where, self._who, self._transport, self._raw = where, who, transport, raw
        self._found = Found(where if isinstance(where, str) else "")
        # The camera tells the time of day; this tells bench time from it.
        self._clock, self._day = clock, WallClock()
        self._waiting: deque[Frame] = deque(maxlen=_MOST)
        self._lock = threading.Lock()
        self._trouble: WalkoutError | None = None
        # When the last picture came; when the first was asked for, while none has come.
        self._seen_ns: int | None = None
        self._told = self._came = False
        self._first, self._ended = threading.Event(), threading.Event()
        self._thread = threading.Thread(target=self._work, name=f"camera {camera.id}", daemon=True)
        self._thread.start()

    def read(self, until_ns: int) -> Sequence[Frame]:
        """Return the pictures that came after the last call and up to until_ns, oldest first; never waits.

        Raises:
            DeviceUnavailable: the stream has stopped for seconds, or its pictures have another size.
        """
        with self._lock:
            found: list[Frame] = []
            while self._waiting and self._waiting[0].t_ns <= until_ns:
                found.append(self._waiting.popleft())
            now_ns = self._clock.now_ns
            if self._seen_ns is None:
                self._seen_ns = now_ns
            if not found and self._trouble is not None and now_ns - self._seen_ns > SILENT_NS:
                raise self._trouble
        return found

    def fault(self, kind: FaultKind | None) -> bool:
        """A real camera has no faults to order."""
        return kind is None

    def safe_state(self) -> None:
        """A camera hurts nobody."""

    def probe(self) -> Probed:
        """Tell what comes; wait some seconds for the first picture.

        Raises:
            DeviceUnavailable: nothing comes, or not what was calibrated; says why and what to try.
        """
        self._first.wait(FIRST_S)
        with self._lock:
            if self._trouble is not None:
                raise self._trouble
            if not self._came:
                raise troubles.absent(self._found.url or self.info.id, "ExitError", f"no picture within {FIRST_S:g} s")
        size = f"{self.calibration.width} x {self.calibration.height}"
        by = "its own clock" if self._told else "arrival so far: it has sent no time, or its clock is wrong (NTP)"
        model = self._found.identity or self.info.model
        return Probed(f"{model}, {size}, capture times by {by}", self._found.firmware)

    def close(self) -> None:
        """End the thread, at its next packet or when its stream pauses; may be called twice."""
        self._ended.set()
        self._thread.join(CLOSE_S)

    # --- on the thread ---------------------------------------------------------------------------

    def _work(self) -> None:
        while not self._ended.is_set():
            trouble = self._played()
            with self._lock:
                self._trouble = trouble
                self.breaks += 1
            self._first.set()
            self._ended.wait(AGAIN_S)

    def _played(self) -> WalkoutError:
        """Take the stream until it ends; return why it did."""
        times, thinning = CaptureTimes(), Thinning(self.calibration.rate_hz)
        try:
            if not isinstance(self._where, str):
                self._found = self._where()
            for shot in shots(self._found.url, self._who, self._transport, self._ended.is_set):
                self._take(shot, times, thinning)
        except WalkoutError as error:
            return error
        except Exception as error:  # other people's library, in a thread where nobody else would hear of it
            return RigFault("a camera's pictures cannot be decoded", where=self._found.url, found=type(error).__name__)
        return troubles.stopped(self._found.url, "the camera ended it")

    def _take(self, shot: Shot, times: CaptureTimes, thinning: Thinning) -> None:
        camera, frame = self.calibration, shot.frame
        if not shot.fits(camera.width, camera.height):
            raise troubles.other_size(self._found.url, camera, frame.width, frame.height)
        now_ns = self._clock.now_ns
        ahead_ns = self._day.epoch_ns + self._day.now_ns - now_ns
        told_ns = None if shot.told_unix_ns is None else shot.told_unix_ns - ahead_ns
        taken_ns = times.of(now_ns, shot.media_ns, told_ns)
        keeps = thinning.keeps(taken_ns)
        picture = self._frame(shot, taken_ns) if keeps else None
        with self._lock:
            self._told, self._trouble, self._seen_ns, self._came = times.told, None, now_ns, True
            if picture is not None:
                self.lost += len(self._waiting) == _MOST
                self._waiting.append(picture)
        self._first.set()

    def _frame(self, shot: Shot, taken_ns: int) -> Frame:
        rgb = rgb_of(shot.frame)[: self.calibration.height, : self.calibration.width]
        jpeg = b"" if self._raw else jpeg_of(rgb)
        return Frame(
            t_ns=self._clock.now_ns,
            source=self.calibration.id,
            captured_ns=taken_ns,
            jpeg=jpeg,
            rgb=rgb if self._raw else None,
        )
