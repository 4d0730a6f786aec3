"""The far end of a TCP connection: waits for whoever connects, and for the next one after that."""

from __future__ import annotations

import socket

from contracts.errors import DeviceUnavailable, PortInUse
from devices.modbus.sockets import SocketLine


class ListeningLine:
    """One client at a time, as a serial port server has it: a second one is hung up on at once.

    Args:
        host: where to listen.
        port: 0 for any free one.

    Raises:
        PortInUse: somebody else listens there.
    """

    def __init__(self, host: str, port: int) -> None:
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        try:
            self._listener = socket.create_server((host, port), family=family)
        except OSError as error:
            raise PortInUse(
                "the emulator cannot listen there",
                where=f"listen://{host}:{port}",
                expected="a free port of this machine",
                found=str(error),
                hint="choose another port, or end what has it",
            ) from error
        self._listener.setblocking(False)
        self.port: int = self._listener.getsockname()[1]
        self.name = f"listen://{host}:{self.port}"
        self.arrivals = 0
        """How many clients have been taken so far."""
        self._client: SocketLine | None = None

    def read(self) -> bytes:
        """Return what the client has sent since the last call; b"" also when there is none."""
        data = self._heard()
        self._greet()
        return data

    def write(self, data: bytes) -> None:
        """Send bytes; they are lost when there is no client, as on a cable that hangs loose."""
        if data and self._client is not None:
            try:
                self._client.write(data)
            except DeviceUnavailable:
                self.hang_up()

    def hang_up(self) -> None:
        """Let the client go; the next one is welcome."""
        if self._client is not None:
            self._client.close()
            self._client = None

    def close(self) -> None:
        """Stop listening; may be called twice."""
        self.hang_up()
        self._listener.close()

    def _heard(self) -> bytes:
        if self._client is None:
            return b""
        try:
            return self._client.read()
        except DeviceUnavailable:
            self.hang_up()
            return b""

    def _greet(self) -> None:
        """Take whoever waits, if there is room; a client that was cut off has made room by now."""
        try:
            connection, peer = self._listener.accept()
        except BlockingIOError:
            return
        if self._client is not None:
            connection.close()
            return
        _keep_alive(connection)
        self._client = SocketLine(connection, f"{peer[0]}:{peer[1]}")
        self.arrivals += 1


def _keep_alive(connection: socket.socket) -> None:
    """Notice within ten seconds a client whose machine went away without a word: it would keep all others out."""
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)
    for name, value in (("TCP_KEEPIDLE", 4), ("TCP_KEEPINTVL", 2), ("TCP_KEEPCNT", 3)):
        if hasattr(socket, name):
            connection.setsockopt(socket.IPPROTO_TCP, getattr(socket, name), value)
