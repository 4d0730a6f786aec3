"""A page and its events on a socket; a browser that comes late is told what is shown now."""

from __future__ import annotations

import secrets
import threading
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from contracts.errors import PortInUse
from contracts.hosts import own_names
from devices.screen.page import page, policy

SIGN_OF_LIFE_S = 5.0
"""A comment is sent so often, so that a browser that has gone is noticed."""


class PageServer(ThreadingHTTPServer):
    """Serves one display.

    Args:
        device: device id.
        host: address to listen at.
        port: 0 for any free one.

    Raises:
        PortInUse: somebody else has it.
    """

    daemon_threads = True

    def __init__(self, device: str, host: str, port: int) -> None:
        self.device = device
        self._now = (0, "")
        self._changed = threading.Condition()
        self._ended = False
        try:
            super().__init__((host, port), _Handler)
        except OSError as error:
            raise PortInUse(
                "the display's port cannot be had",
                where=f"{host}:{port}",
                expected="a free port of this machine",
                found=error.strerror or str(error),
                hint="another port in its line, or 0 for any",
            ) from error
        self.names = own_names(host, self.server_port, (f"localhost:{self.server_port}",))
        """What a browser may call it; one on this machine so even where other machines look too."""
        self.watching = 0
        """Browsers that show it."""
        self._thread = threading.Thread(target=self.serve_forever, args=(0.1,), daemon=True, name=f"display {device}")
        self._thread.start()

    @property
    def url(self) -> str:
        """Where a browser finds it."""
        return f"http://{self.server_address[0]}:{self.server_port}/"  # type: ignore[str-bytes-safe]  # an IPv4 address

    def tell(self, data: str) -> None:
        """Show something from now on."""
        with self._changed:
            self._now = (self._now[0] + 1, data)
            self._changed.notify_all()

    def later_than(self, number: int) -> tuple[int, str]:
        """Return what is shown with its number, waiting a while for one after `number`; "" data when nothing came."""
        with self._changed:
            if self._now[0] == number and not self._ended:
                self._changed.wait(SIGN_OF_LIFE_S)
            return self._now if self._now[0] != number else (number, "")

    @property
    def ended(self) -> bool:
        """Whether it serves no more."""
        return self._ended

    def close(self) -> None:
        """Stop serving; may be called twice."""
        with self._changed:
            self._ended = True
            self._changed.notify_all()
        self.shutdown()
        self._thread.join()
        self.server_close()


class _Handler(BaseHTTPRequestHandler):
    """One browser."""

    server: PageServer

    def do_GET(self) -> None:
        """Answer a browser that asks for this display by its address, not by a name that leads here."""
        if self.headers.get("Host", "") not in self.server.names:
            self.send_error(HTTPStatus.MISDIRECTED_REQUEST)
        elif self.path == "/":
            self._page()
        elif self.path == "/shown":
            self._events()
        else:
            self.send_error(HTTPStatus.NOT_FOUND)

    def log_message(self, *_: Any) -> None:
        """Say nothing: what is shown may be able to pay."""

    def _page(self) -> None:
        nonce = secrets.token_urlsafe(16)
        body = page(self.server.device, nonce).encode()
        self._head("text/html; charset=utf-8", policy(nonce), len(body))
        self.wfile.write(body)

    def _events(self) -> None:
        self._head("text/event-stream", "default-src 'none'")
        self.server.watching += 1
        number = -1
        try:
            while not self.server.ended:
                number, data = self.server.later_than(number)
                self.wfile.write(f"data: {data}\n\n".encode() if data else b":\n\n")
                self.wfile.flush()
        except OSError:
            pass  # the browser has gone
        finally:
            self.server.watching -= 1

    def _head(self, kind: str, policy_: str, length: int | None = None) -> None:
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", kind)
        self.send_header("Cache-Control", "no-store")
        self.send_header("Content-Security-Policy", policy_)
        self.send_header("X-Content-Type-Options", "nosniff")
        if length is not None:
            self.send_header("Content-Length", str(length))
        self.end_headers()
