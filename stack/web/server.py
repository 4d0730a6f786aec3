"""The web server: sockets and threads around the app."""

from __future__ import annotations

import secrets
import socket
import sys
import threading
from collections.abc import Callable
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Self
from urllib.parse import parse_qsl, urlsplit

from contracts.clock import WallClock
from contracts.codes.digits import is_digits
from contracts.errors import PortInUse, UsageError
from contracts.hosts import in_url, own_names, parts
from stack.palm.keys import Entropy
from stack.web import guard
from stack.web.app import App
from stack.web.exchange import Request, Response
from stack.web.shopfront import Shopfront

ADDRESS = "127.0.0.1:0"
LONGEST_BODY = 4096
"""Bytes. Our largest form is a few hundred."""
FIELDS = 16
POLL_S = 0.1
"""How soon it notices that it is to stop."""
IDLE_S = 15
"""A browser that says nothing for so long is let go: it asks again every second where anything is live."""


Tell = Callable[[str, str], None]


class Server:
    """A server that runs until it is closed.

    Args:
        shop: the store.
        address: where it listens.
        names: host names of a proxy before it.
        entropy: where secrets come from.
        tell: gets an account and the link that signs in as it once.
    """

    def __init__(
        self,
        shop: Shopfront,
        address: tuple[str, int],
        names: tuple[str, ...],
        entropy: Entropy,
        tell: Tell,
    ) -> None:
        self._shop, self._tell = shop, tell
        self.app = App(shop, WallClock(), entropy, self._invite_again)
        self._http = _listening(address, self.app)
        self._http.hosts = own_names(address[0], self._http.server_port, names)
        self.url = f"http://{in_url(address[0])}:{self._http.server_port}"
        self._thread = threading.Thread(target=self._http.serve_forever, args=(POLL_S,), name="web", daemon=True)
        self._thread.start()

    def invite(self) -> None:
        """Tell a sign-in link of every account; once the store is known."""
        for account in self._shop.accounts():
            self._invite_again(account)

    def close(self) -> None:
        """Stop serving; may be called twice."""
        self._http.shutdown()
        self._thread.join()
        self._http.server_close()

    def __enter__(self) -> Self:
        """Nothing to do: it serves already."""
        return self

    def __exit__(self, *_: object) -> None:
        """Stop serving."""
        self.close()

    def _invite_again(self, account: str) -> None:
        self._tell(account, f"{self.url}/sign-in?code={self.app.sign_ins.issue(account)}")


def serve(
    shop: Shopfront,
    address: str = ADDRESS,
    *,
    names: tuple[str, ...] = (),
    entropy: Entropy = secrets.token_bytes,
    tell: Tell = lambda account, link: None,  # noqa: ARG005  # named as callers know them
) -> Server:
    """Serve a store's app.

    Args:
        shop: the store.
        address: "host:port"; port 0 is any free one. Loopback unless something else is asked for.
        names: "name" or "name:port" of what stands before it, a proxy that speaks TLS.
        entropy: where secrets come from.
        tell: gets an account and the link that signs in as it once; again whenever one was used.

    Raises:
        UsageError: the address is none.
        PortInUse: it cannot be had.
    """
    return Server(shop, _parsed(address), names, entropy, tell)


class _Http(ThreadingHTTPServer):
    daemon_threads = True
    app: App
    hosts: frozenset[str]

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Say what failed, unless it is that a browser went away."""
        if not isinstance(sys.exc_info()[1], ConnectionError | TimeoutError):
            super().handle_error(request, client_address)


class _Http6(_Http):
    address_family = socket.AF_INET6


class _Handler(BaseHTTPRequestHandler):
    server: _Http
    protocol_version = "HTTP/1.1"
    timeout = IDLE_S

    def do_GET(self) -> None:
        """Answer a request for a page."""
        self._answer({})

    do_HEAD = do_GET  # noqa: N815  # as the base class calls it

    def do_POST(self) -> None:
        """Answer a form."""
        length = self.headers.get("Content-Length", "")
        if not is_digits(length) or int(length) > LONGEST_BODY:
            self.send_error(HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
            return
        self._answer(_fields(self.rfile.read(int(length)).decode("utf-8", "replace")))

    def version_string(self) -> str:
        """Say no more of the server than that it is one."""
        return "walkout"

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:  # noqa: ARG002
        """Refuse what is no request of a browser's, in few words and under the same rules as all else."""
        self.close_connection = True
        self._send(Response(code, headers=(*guard.HEADERS, ("Connection", "close"))))

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  # as the base class calls it
        """Log nothing: addresses carry one-time codes."""

    def _answer(self, form: dict[str, str]) -> None:
        url = urlsplit(self.path)
        method = "GET" if self.command == "HEAD" else self.command
        headers = {name.lower(): value for name, value in self.headers.items()}
        request = Request(method, url.path, _fields(url.query), form, headers)
        try:
            response = self.server.app.answer(request, self.server.hosts)
        except Exception:
            self._send(self.server.app.broken(request))
            raise
        self._send(response)

    def _send(self, response: Response) -> None:
        self.send_response(response.status)
        for name, value in response.headers:
            self.send_header(name, value)
        if response.body:
            self.send_header("Content-Type", response.kind)
        if response.status != HTTPStatus.NOT_MODIFIED:
            self.send_header("Content-Length", str(len(response.body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(response.body)


def _fields(text: str) -> dict[str, str]:
    try:
        return dict(parse_qsl(text, keep_blank_values=True, max_num_fields=FIELDS))
    except ValueError:
        return {}


def _parsed(address: str) -> tuple[str, int]:
    found = parts(address)
    if found is None:
        raise UsageError("no address to serve the app at", expected="host:port, such as 127.0.0.1:8000", found=address)
    return found


def _listening(address: tuple[str, int], app: App) -> _Http:
    try:
        server = (_Http6 if ":" in address[0] else _Http)(address, _Handler)
    except OSError as error:
        raise PortInUse(
            "the app cannot have its port",
            where=f"{address[0]}:{address[1]}",
            expected="a free port of this machine",
            found=str(error),
            hint="choose another, or 0 for any free one",
        ) from error
    server.app = app
    return server
