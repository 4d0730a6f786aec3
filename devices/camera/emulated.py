"""The twin's own camera on a wire: an RTSP server that shows what the twin's camera sees."""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from urllib.parse import quote

import numpy as np

from contracts.clock import SECOND, Clock, WallClock
from contracts.layout import CameraInfo
from contracts.ports import FaultKind
from contracts.record import Record
from contracts.records import AnswerRecord, Frame
from devices.camera.h264 import Encoder
from devices.rtsp.sdp import Stream
from devices.rtsp.server import RtspServer

_MOST = 20
"""Pictures that wait to be encoded: two seconds of ten a second; older ones are left out, as on a busy network."""
FAULTS = (FaultKind.OFF, FaultKind.STUCK, FaultKind.INTERMITTENT)
"""OFF sends nothing more, STUCK shows the same picture again and again, INTERMITTENT leaves every other one out."""


class EmulatedCamera:
    """What a run drives. It listens from the moment it is made; a picture that nobody watches costs nothing.

    Args:
        camera: its size and rate.
        host: address to listen on.
        port: 0 for any free one.
        clock: of the bench.

    Raises:
        PortInUse: the port cannot be had.
        UsageError: its pictures cannot be H.264.
    """

    def __init__(self, camera: CameraInfo, host: str, port: int, clock: Clock) -> None:
        self._camera, self._clock, self._day = camera, clock, WallClock()
        self._encoder = Encoder(camera)
        self._coming: deque[Frame] = deque(maxlen=_MOST)
        self._begun: deque[str] = deque(maxlen=1)
        self._fault: FaultKind | None = None
        self._last: Frame | None = None
        self._count = 0
        # By this machine's clock: a run's own may stand still until it begins.
        self._period_ns, self._grey_ns = round(SECOND / camera.rate_hz), self._day.now_ns
        stream = Stream(f"emulated {camera.id}", self._encoder.parameter_sets, camera.rate_hz)
        self._server = RtspServer(
            host, port, {camera.id: stream}, now=lambda: self._unix_ns(clock.now_ns), began=self._begun.append
        )
        self.url = f"rtsp://{f'[{host}]' if ':' in host else host}:{self._server.port}/{quote(camera.id)}"

    def work(self) -> None:
        """Encode and send what the twin's camera has seen since the last call; grey, until it sees anything."""
        if self._last is None and self._day.now_ns - self._grey_ns >= self._period_ns and not self._coming:
            self._grey_ns = self._day.now_ns
            self._send(self._grey())
        while self._coming:
            frame = self._shown(self._coming.popleft())
            if frame is not None:
                self._send(frame)

    def live(self, record: Record) -> None:
        """See what the twin's own camera sees."""
        if isinstance(record, Frame):
            self._coming.append(record)

    def orders(self) -> Sequence[AnswerRecord]:
        """A camera asks nothing of the twin."""
        return ()

    def fault(self, kind: FaultKind | None) -> bool:
        """Begin a fault, or end it with None; return whether it can have it."""
        if kind is not None and kind not in FAULTS:
            return False
        self._fault = kind
        return True

    def close(self) -> None:
        """End the stream; may be called twice."""
        self._server.close()

    def _send(self, frame: Frame) -> None:
        if self._server.watched(self._camera.id):
            key = bool(self._begun)
            self._begun.clear()
            picture = self._encoder.encode(frame, self._unix_ns(frame.captured_ns), key=key)
            self._server.publish(self._camera.id, picture)

    def _grey(self) -> Frame:
        """Return what a camera sends before the run begins: whoever looks whether it is there sees that it is."""
        now_ns, size = self._clock.now_ns, (self._camera.height, self._camera.width, 3)
        return Frame(t_ns=now_ns, source=self._camera.id, captured_ns=now_ns, rgb=np.full(size, 128, np.uint8))

    def _shown(self, frame: Frame) -> Frame | None:
        """Return what a fault leaves of a picture."""
        self._count += 1
        if self._fault is FaultKind.OFF or (self._fault is FaultKind.INTERMITTENT and self._count % 2):
            return None
        if self._fault is FaultKind.STUCK and self._last is not None:
            seen = self._last
            return Frame(
                t_ns=frame.t_ns, source=frame.source, captured_ns=frame.captured_ns, jpeg=seen.jpeg, rgb=seen.rgb
            )
        self._last = frame
        return frame

    def _unix_ns(self, bench_ns: int) -> int:
        return self._day.epoch_ns + self._day.now_ns - self._clock.now_ns + bench_ns
