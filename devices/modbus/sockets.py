"""TCP connections as lines. Nothing here waits, but for `wait`, which says how long."""

from __future__ import annotations

import select
import socket
from typing import Protocol, runtime_checkable

from contracts.clock import SECOND
from contracts.errors import DeviceUnavailable
from devices.line import MOST_BYTES

CONNECT_S = 1.0
"""The longest that opening a connection may take: on one network it takes milliseconds."""


@runtime_checkable
class Waits(Protocol):
    """A line that can tell when bytes have come, so that nobody has to look again and again."""

    def wait(self, limit_ns: int) -> bool:
        """Wait until bytes are there, limit_ns at the most; return whether they are."""


class SocketLine:
    """A connection.

    Args:
        connection: connected.
        name: for messages.
    """

    def __init__(self, connection: socket.socket, name: str) -> None:
        self._connection, self.name = connection, name
        connection.setblocking(False)
        # A question is one small packet that must go out at once.
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def fileno(self) -> int:
        """Return its descriptor, for `select`."""
        return self._connection.fileno()

    def wait(self, limit_ns: int) -> bool:
        """Wait until bytes are there, limit_ns at the most; return whether they are."""
        return self.fileno() >= 0 and bool(select.select([self._connection], [], [], limit_ns / SECOND)[0])

    def read(self) -> bytes:
        """Return what has come since the last call, b"" when nothing has."""
        try:
            data = self._connection.recv(MOST_BYTES)
        except BlockingIOError:
            return b""
        except OSError as error:
            raise gone(self.name, str(error)) from error
        if not data:
            raise gone(self.name, "the other side hung up")
        return data

    def write(self, data: bytes) -> None:
        """Send bytes."""
        try:
            self._connection.sendall(data)
        except OSError as error:
            raise gone(self.name, str(error)) from error

    def close(self) -> None:
        """Let go of it; may be called twice."""
        self._connection.close()


def connect(host: str, port: int) -> SocketLine:
    """Open a connection.

    Raises:
        DeviceUnavailable: nobody answers there.
    """
    name = f"{host}:{port}"
    try:
        return SocketLine(socket.create_connection((host, port), CONNECT_S), name)
    except OSError as error:
        raise gone(name, str(error)) from error


def gone(name: str, found: str) -> DeviceUnavailable:
    """Return the error for a connection that is not there, with what to try."""
    refused = "refused" in found.lower()
    return DeviceUnavailable(
        "the connection is not there",
        where=name,
        expected="a device that takes a connection and keeps it",
        found=found,
        hint="the machine is there, the port is not: check the port (502 as a rule) and that Modbus is switched on"
        if refused
        else "check power, cable and address; some modules take one host at a time",
    )
