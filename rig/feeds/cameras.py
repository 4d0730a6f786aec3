"""The cameras as a store's network would have them: one RTSP stream each."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import quote

from contracts.clock import WallClock
from contracts.errors import UsageError
from contracts.layout import CameraInfo, Layout
from contracts.record import Record
from contracts.records import Frame
from devices.camera.h264 import Encoder
from devices.rtsp.sdp import Stream
from devices.rtsp.server import RtspServer
from rig.feeds.address import Address
from rig.feeds.worker import Worker

WORKERS = 2  # threads that encode; the codec works outside Python's lock, and a run itself keeps one core busy
WAITING_S = 2.0  # of frames that may wait to be encoded


class CameraFeed:
    """Serves every camera that has colour; frames of a camera that nobody watches cost nothing.

    Args:
        address: where to listen.
        layout: the store.

    Raises:
        PortInUse: the port cannot be had.
        UsageError: there is nothing to serve, or something cannot be.
    """

    def __init__(self, address: Address, layout: Layout) -> None:
        seen = [camera for camera in layout.cameras if camera.colour]
        self._unserved = [camera.id for camera in layout.cameras if not camera.colour]
        if not seen:
            raise UsageError(
                "no camera to serve",
                where=f"--feed {address}",
                expected="a camera with colour",
                found=f"store '{layout.name}' has none",
            )
        self._address = address
        self._encoders = {camera.id: Encoder(camera) for camera in seen}
        self._wanting: set[str] = set()  # cameras that somebody has begun to play: next comes a key frame
        self._clock = WallClock()  # until the run begins
        streams = {camera.id: self._stream(layout, camera) for camera in seen}
        self._server = RtspServer(address.host, address.port, streams, now=self._now, began=self._wanting.add)
        most = round(WAITING_S * sum(camera.rate_hz for camera in seen) / WORKERS) or 1
        workers: list[Worker[tuple[Frame, int]]] = [Worker("rtsp", self._serve, most) for _ in range(WORKERS)]
        self._workers = workers
        self._worker_of = {camera.id: workers[index % WORKERS] for index, camera in enumerate(seen)}

    @property
    def about(self) -> Sequence[str]:
        """The URL of every stream, and which cameras have none."""
        base = Address("rtsp", self._address.host, self._server.port)
        urls = " ".join(f"{base}/{quote(camera)}" for camera in self._encoders)
        lines = [f"feed rtsp: {len(self._encoders)} cameras, H.264: {urls}"]
        if self._unserved:
            lines.append(f"  not over RTSP, for depth has no form in H.264: {' '.join(self._unserved)}")
        return lines

    def begin(self, clock: WallClock) -> None:
        """Learn the clock of the run."""
        self._clock = clock

    def send(self, records: Sequence[Record]) -> None:
        """Pass on the frames of cameras that somebody watches."""
        for record in records:
            if isinstance(record, Frame) and record.source in self._encoders and self._server.watched(record.source):
                self._worker_of[record.source].put((record, self._clock.epoch_ns + record.captured_ns))

    def close(self) -> None:
        """End all streams."""
        for worker in self._workers:
            worker.close()
        self._server.close()

    def _serve(self, given: tuple[Frame, int]) -> None:
        frame, taken_ns = given
        key = frame.source in self._wanting
        self._wanting.discard(frame.source)
        picture = self._encoders[frame.source].encode(frame, taken_ns, key=key)
        self._server.publish(frame.source, picture)

    def _now(self) -> int:
        return self._clock.epoch_ns + self._clock.now_ns

    def _stream(self, layout: Layout, camera: CameraInfo) -> Stream:
        return Stream(f"{layout.name} {camera.id}", self._encoders[camera.id].parameter_sets, camera.rate_hz)
