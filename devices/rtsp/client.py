"""One connected client: its bytes go to the conversation, pictures go to it. Runs on the server's event loop."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from devices.rtsp.conversation import SESSION_S, Conversation, State
from devices.rtsp.message import BadMessage, Inbox, Interleaved, Request, Response
from devices.rtsp.ports import Ports
from devices.rtsp.rtp import Picture
from devices.rtsp.transport import OverTcp, OverUdp

if TYPE_CHECKING:
    from devices.rtsp.server import RtspServer

MOST_WAITING = 1 << 20  # bytes that a client may leave unread; some three seconds of a busy 640 x 360 camera
REPORT_S = 5.0  # between sender reports; RFC 3550, section 6.2


class Client(asyncio.Protocol):
    """A connection.

    Args:
        server: where it belongs.
        number: never used twice.
    """

    def __init__(self, server: RtspServer, number: int) -> None:
        self._server, self._number = server, number
        self._inbox = Inbox()
        self._ports: Ports | None = None
        self._heard_s = self._reported_s = 0.0
        self._in_step = False

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Begin the conversation."""
        assert isinstance(transport, asyncio.Transport)
        self._out = transport
        self._host, self._peer = (transport.get_extra_info(end)[0] for end in ("sockname", "peername"))
        self.talk = Conversation(self._server.streams, self._number, self._host, self._open_ports)
        self._heard_s = self._server.loop.time()
        self._server.arrived(self)

    def connection_lost(self, error: Exception | None) -> None:  # noqa: ARG002
        """End the session with its connection."""
        self._close_ports()
        self._server.left(self)

    def data_received(self, data: bytes) -> None:
        """Answer what has come in."""
        self._heard_s = self._server.loop.time()
        try:
            for message in self._inbox.receive(data):
                if isinstance(message, Request):
                    self._answer(message)
        except BadMessage as error:
            self._out.write(Response(error.status).sent(""))
            self._out.close()

    def _answer(self, request: Request) -> None:
        was_playing = self.playing
        try:
            response = self.talk.answer(request)
        except OSError:  # no UDP ports left
            response = Response(500)
        # Before the client knows: whoever is told that a stream is over finds it over.
        self._server.count()
        self._out.write(response.sent(request.headers.get("cseq", "")))
        if self.playing and not was_playing:
            self._in_step = False
            self._server.began(self)
        if self.talk.transport is None:
            self._close_ports()

    @property
    def playing(self) -> bool:
        """Whether it is to get pictures."""
        return self.talk.state is State.PLAYING

    def show(self, picture: Picture) -> None:
        """Send a picture, the first a key frame; drop a client that does not read what it asked for."""
        if not self._in_step:
            if not picture.key:
                return
            # By this report the client knows from its first picture on when pictures were taken. It speaks of that
            # picture's time: clients count from a first report, and none wants to begin before zero.
            self._in_step = True
            self._report(picture.taken_ns)
        if self._out.get_write_buffer_size() > MOST_WAITING:
            self._server.drop(self)
            return
        self._send(self.talk.sender.packets(picture))

    def tend(self, now_s: float) -> None:
        """Do what is due: a report, or the end of a client that has gone silent."""
        if self._in_step and self.playing and now_s - self._reported_s >= REPORT_S:
            self._report(self._server.now())
        if isinstance(self.talk.transport, OverUdp) and now_s - self._heard_s > SESSION_S:
            self._server.drop(self)

    def end(self) -> None:
        """Say that the stream is over and hang up, once what waits has been read."""
        if self.playing:
            self._send([self.talk.sender.bye(self._server.now())], report=True)
        self._out.close()

    def abort(self) -> None:
        """Hang up, whatever waits."""
        self._out.abort()

    def _report(self, now_ns: int) -> None:
        self._reported_s = self._server.loop.time()
        self._send([self.talk.sender.report(now_ns)], report=True)

    def _send(self, packets: Sequence[bytes], *, report: bool = False) -> None:
        transport = self.talk.transport
        if isinstance(transport, OverTcp):
            channel = transport.rtcp if report else transport.rtp
            self._out.write(b"".join(bytes(Interleaved(channel, packet)) for packet in packets))
        elif transport is not None and self._ports is not None:
            for packet in packets:
                self._ports.send(transport.rtcp if report else transport.rtp, packet, report=report)

    def _open_ports(self) -> tuple[int, int]:
        self._close_ports()
        self._ports = Ports(self._host, self._peer)
        for end in (self._ports.rtp, self._ports.rtcp):
            self._server.loop.add_reader(end, self._hear(end.recv))
        return self._ports.numbers

    def _hear(self, receive: Callable[[int], bytes]) -> Callable[[], None]:
        """Return what takes a packet of a client over UDP: its reports, which say that it is still there."""

        def take() -> None:
            try:
                receive(2048)
            except OSError:
                return
            self._heard_s = self._server.loop.time()

        return take

    def _close_ports(self) -> None:
        if self._ports is not None:
            for end in (self._ports.rtp, self._ports.rtcp):
                self._server.loop.remove_reader(end)
            self._ports.close()
            self._ports = None
