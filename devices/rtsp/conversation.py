"""One client's requests answered: which state it is in, what it is owed. No I/O.

The table of states (RFC 2326, appendix A.2):

    state    SETUP    PLAY     PAUSE    TEARDOWN
    init     ready    455      455      454
    ready    ready    playing  ready    init
    playing  455      playing  ready    init

A session lives as long as its connection: a client that hangs up has torn down.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable, Mapping
from enum import StrEnum
from urllib.parse import unquote, urlsplit

from devices.rtsp import transport
from devices.rtsp.message import Request, Response
from devices.rtsp.rtp import Sender
from devices.rtsp.sdp import TRACK, Stream, describe

SESSION_S = 60  # silence after which a client over UDP has gone; the default of RFC 2326, section 12.37
METHODS = ("OPTIONS", "DESCRIBE", "SETUP", "PLAY", "PAUSE", "TEARDOWN", "GET_PARAMETER", "SET_PARAMETER")


class State(StrEnum):
    """Where a client stands."""

    INIT = "init"
    READY = "ready"
    PLAYING = "playing"


NEXT: Mapping[tuple[State, str], State] = {
    (State.INIT, "SETUP"): State.READY,
    (State.READY, "SETUP"): State.READY,
    (State.READY, "PLAY"): State.PLAYING,
    (State.READY, "PAUSE"): State.READY,
    (State.READY, "TEARDOWN"): State.INIT,
    (State.PLAYING, "PLAY"): State.PLAYING,
    (State.PLAYING, "PAUSE"): State.READY,
    (State.PLAYING, "TEARDOWN"): State.INIT,
}


class Conversation:
    """What one connection has agreed.

    Args:
        streams: by path without slashes at its ends.
        number: of the connection, never used twice by a server.
        host: of the server, as the client reached it.
        open_ports: opens the server's two UDP ports for this client and returns them.
    """

    def __init__(
        self,
        streams: Mapping[str, Stream],
        number: int,
        host: str,
        open_ports: Callable[[], tuple[int, int]],
    ) -> None:
        self._streams, self._number, self._host = streams, number, host
        self._open_ports = open_ports
        self.state = State.INIT
        self.path = ""
        self.transport: transport.Transport | None = None
        self.sender = Sender(0, "")

    @property
    def session(self) -> str:
        """The session's id."""
        return f"{zlib.crc32(f'session {self._number}'.encode()):08X}{self._number:08X}"

    def answer(self, request: Request) -> Response:
        """Answer one request and move on."""
        refusal = self._refused(request)
        if refusal is not None:
            return refusal
        before = self.state
        response: Response = getattr(self, f"_{request.method.lower()}")(request)
        if response.status == 200:
            self.state = NEXT.get((before, request.method), before)
        return response

    def _refused(self, request: Request) -> Response | None:
        """Return what is wrong with a request before it is looked at closely, or None."""
        method, cseq = request.method, request.headers.get("cseq", "")
        if method not in METHODS:
            return Response(501, {"Public": ", ".join(METHODS)})
        if not (cseq.isascii() and cseq.isdigit()):
            return Response(400)
        if "require" in request.headers:
            return Response(551, {"Unsupported": request.headers["require"]})
        said = request.headers.get("session", "").partition(";")[0]
        if said and (self.state is State.INIT or said != self.session):
            return Response(454)
        moves = any(method == known for _, known in NEXT)
        if moves and (self.state, method) not in NEXT:
            return Response(454 if method == "TEARDOWN" else 455)
        return None

    def _path(self, url: str) -> str | None:
        """Return the stream that a URL names, with or without its track, or None."""
        try:
            path = unquote(urlsplit(url).path).strip("/")
        except ValueError:  # no URL at all
            return None
        path = path.removesuffix(TRACK).rstrip("/")
        return path if path in self._streams else None

    def _options(self, _: Request) -> Response:
        return Response(200, {"Public": ", ".join(METHODS)})

    def _describe(self, request: Request) -> Response:
        path = self._path(request.url)
        if path is None:
            return Response(404)
        text = describe(self._streams[path], self._number, self._host)
        base = request.url.rstrip("/") + "/"
        return Response(200, {"Content-Base": base, "Content-Type": "application/sdp"}, text.encode())

    def _setup(self, request: Request) -> Response:
        path = self._path(request.url)
        if path is None:
            return Response(404)
        if self.path not in ("", path):
            return Response(459)  # one camera a session
        chosen = transport.choose(request.headers.get("transport", ""))
        if chosen is None:
            return Response(461)
        ports = self._open_ports() if isinstance(chosen, transport.OverUdp) else None
        self.path, self.transport = path, chosen
        self.sender = Sender(zlib.crc32(f"{path} {self._number}".encode()), f"walkout-rig@{self._host}")
        header = transport.agreed(chosen, self.sender.ssrc, ports)
        return Response(200, {"Transport": header, "Session": f"{self.session};timeout={SESSION_S}"})

    def _play(self, request: Request) -> Response:
        if self._path(request.url) != self.path:
            return Response(404)
        self.sender.played(int(request.headers["cseq"]))
        # No rtptime: the next picture was taken before now, and clients count from the number they are told.
        about = f"url={request.url};seq={self.sender.next_seq}"
        return self._done({"Range": "npt=now-", "RTP-Info": about})

    def _pause(self, _: Request) -> Response:
        return self._done()

    def _teardown(self, _: Request) -> Response:
        response = self._done()
        self.path, self.transport = "", None
        return response

    def _get_parameter(self, _: Request) -> Response:
        return self._done()  # without a body it is what keeps a session alive

    def _set_parameter(self, _: Request) -> Response:
        return self._done()

    def _done(self, headers: Mapping[str, str] | None = None) -> Response:
        session = {} if self.state is State.INIT else {"Session": self.session}
        return Response(200, session | dict(headers or {}))
