"""The provider behind HTTP on loopback: POST /exchange takes orders and returns answers, GET /health says it serves.

Bench time comes with each request, so a provider in another process is as repeatable as one in the twin.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Protocol

from contracts.checkout import PaymentOrder, PaymentResult
from contracts.errors import PortInUse, UsageError
from twin.provider.wire import orders_of, reply_of

HOST = "127.0.0.1"
MOST_BYTES = 1_000_000


class Exchange(Protocol):
    """Whatever answers orders."""

    def exchange(self, now_ns: int, orders: Sequence[PaymentOrder]) -> list[PaymentResult]:
        """Take orders and return the answers that are due by now."""


class ProviderServer(HTTPServer):
    """One connection at a time: what is told in an order is done in that order.

    Args:
        provider: what answers.
        port: 0 for any free one.
    """

    def __init__(self, provider: Exchange, port: int = 0) -> None:
        self.provider = provider
        try:
            super().__init__((HOST, port), _Handler)
        except OSError as error:
            raise PortInUse("the provider's port is taken", where=f"{HOST}:{port}", hint="--port 0") from error

    def server_bind(self) -> None:
        """Bind without asking for the machine's name, which may take seconds."""
        self.socket.setsockopt(1, 2, 1)  # SOL_SOCKET, SO_REUSEADDR: a new process takes its port over
        self.socket.bind(self.server_address)
        self.server_address = self.socket.getsockname()
        self.server_name, self.server_port = HOST, self.server_address[1]

    @property
    def url(self) -> str:
        """Where it listens."""
        return f"http://{HOST}:{self.server_port}"


class _Handler(BaseHTTPRequestHandler):
    server: ProviderServer
    timeout = 5.0

    def do_GET(self) -> None:  # the library's name
        """Answer the health call."""
        if self.path == "/health":
            self._reply(HTTPStatus.OK, json.dumps({"status": "serving"}))
        else:
            self._reply(HTTPStatus.NOT_FOUND, json.dumps({"error": "GET /health or POST /exchange"}))

    def do_POST(self) -> None:  # the library's name
        """Take orders, return answers."""
        size = int(self.headers.get("Content-Length") or 0)
        if self.path != "/exchange" or size > MOST_BYTES:
            self._reply(HTTPStatus.NOT_FOUND, json.dumps({"error": f"POST /exchange, at most {MOST_BYTES} bytes"}))
            return
        try:
            now_ns, orders = orders_of(self.rfile.read(size).decode())
            reply = reply_of(self.server.provider.exchange(now_ns, orders))
        except (UsageError, UnicodeDecodeError) as error:
            self._reply(HTTPStatus.BAD_REQUEST, json.dumps({"error": str(error)}))
            return
        self._reply(HTTPStatus.OK, reply)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  # the library's name
        """Keep quiet: nothing of a payment belongs in a log."""

    def _reply(self, status: HTTPStatus, body: str) -> None:
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body.encode())))
        self.end_headers()
        self.wfile.write(body.encode())
