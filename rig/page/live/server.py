"""The server of a live page: sockets and threads, on loopback alone."""

from __future__ import annotations

import socket
import sys
import threading
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from contracts.errors import PortInUse, UsageError
from contracts.hosts import in_url, is_loopback, own_names, parts
from rig.page.live.log import Log

EVENTS = "events"
POLL_S = 0.1
# A browser that takes nothing for so long has gone, or will not catch up.
STALL_S = 30.0
_SAFE = (
    ("X-Content-Type-Options", "nosniff"),
    ("Cross-Origin-Resource-Policy", "same-origin"),
    ("Cache-Control", "no-store"),
)


class LiveServer:
    """Serves a page and its events until it is closed.

    Args:
        address: "host:port" on loopback; port 0 is any free one.
        page: the HTML.
        log: what has been told.

    Raises:
        UsageError: the address is none, or not of this machine alone.
        PortInUse: it cannot be had.
    """

    def __init__(self, address: str, page: bytes, log: Log) -> None:
        host, port = parsed(address)
        self._http = _listening(host, port)
        self._http.page, self._http.log = page, log
        self._http.hosts = own_names(host, self._http.server_port)
        self.url = f"http://{in_url(host)}:{self._http.server_port}/"
        self._thread = threading.Thread(target=self._http.serve_forever, args=(POLL_S,), name="live", daemon=True)
        self._thread.start()

    def close(self) -> None:
        """Stop serving; may be called twice."""
        self._http.shutdown()
        self._thread.join()
        self._http.server_close()


def parsed(address: str) -> tuple[str, int]:
    """Return host and port.

    Raises:
        UsageError: it is no address of this machine alone: whoever sees the page sees the whole store.
    """
    found = parts(address)
    expected = "a loopback address, such as 127.0.0.1:8000; port 0 is any free one"
    if found is None:
        raise UsageError("no address to serve the page at", where="--live", expected=expected, found=address)
    host, port = found
    if not is_loopback(host):
        raise UsageError("a live page is for this machine alone", where="--live", expected=expected, found=address)
    return ("127.0.0.1" if host == "localhost" else host), port


class _Http(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False
    page: bytes
    log: Log
    hosts: frozenset[str]

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Say what failed, unless it is that a browser went away."""
        if not isinstance(sys.exc_info()[1], ConnectionError | TimeoutError):
            super().handle_error(request, client_address)


class _Http6(_Http):
    address_family = socket.AF_INET6


class _Handler(BaseHTTPRequestHandler):
    server: _Http
    timeout = STALL_S

    def do_GET(self) -> None:
        """Answer with the page, or with all that happens."""
        # Another name means that somebody's site points at this machine.
        if self.headers.get("Host", "") not in self.server.hosts:
            self._head(HTTPStatus.FORBIDDEN, "text/plain")
        elif self.path == "/":
            self._head(HTTPStatus.OK, "text/html; charset=utf-8", len(self.server.page))
            self.wfile.write(self.server.page)
        elif self.path == f"/{EVENTS}":
            self._events()
        else:
            self._head(HTTPStatus.NOT_FOUND, "text/plain")

    def version_string(self) -> str:
        """Say no more of the server than that it is one."""
        return "walkout-rig"

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  # as the base class calls it
        """Log nothing: the run's own output stands there."""

    def _head(self, status: HTTPStatus, kind: str, length: int | None = 0) -> None:
        self.send_response(status)
        for name, value in (("Content-Type", kind), *_SAFE):
            self.send_header(name, value)
        if length is not None:
            self.send_header("Content-Length", str(length))
        self.end_headers()

    def _events(self) -> None:
        """Tell everything from where this browser stands; after a break it says where that was."""
        last = self.headers.get("Last-Event-ID", "")
        index = int(last) + 1 if last.isascii() and last.isdigit() else 0
        self._head(HTTPStatus.OK, "text/event-stream", None)
        self.server.log.reading(1)
        try:
            over = False
            while not over:
                messages, over = self.server.log.after(index)
                for message in messages:
                    self.wfile.write(b"id: %d\ndata: %b\n\n" % (index, message))
                    index += 1
                if not messages:
                    self.wfile.write(b": still here\n\n")
            self.wfile.write(b"event: over\ndata: \n\n")
        finally:
            self.server.log.reading(-1)


def _listening(host: str, port: int) -> _Http:
    try:
        return (_Http6 if ":" in host else _Http)((host, port), _Handler)
    except OSError as error:
        raise PortInUse(
            "the live page cannot have its port",
            where=f"{host}:{port}",
            expected="a free port of this machine",
            found=str(error),
            hint="choose another, or 0 for any free one",
        ) from error
