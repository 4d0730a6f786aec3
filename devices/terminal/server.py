"""Puts an emulated terminal on a line, or on a TCP port. Nothing here waits: call `pump` as time passes."""

from __future__ import annotations

import socket

from contracts.errors import DeviceUnavailable, PortInUse
from devices.line import MOST_BYTES, Line
from devices.terminal.emulator import ZvtEmulator


def pump(emulator: ZvtEmulator, line: Line, now_ns: int) -> None:
    """Let an emulator hear and speak on a line; it closes the line when it hangs up.

    Raises:
        DeviceUnavailable: the other side is gone.
    """
    emulator.feed(line.read(), now_ns)
    out = emulator.advance(now_ns)
    if out:
        line.write(out)
    if emulator.hangs_up:
        line.close()


class TcpServer:
    """Listens for one till at a time; a new one takes the place of the one before.

    Args:
        emulator: the terminal.
        host: where to listen.
        port: 0 for any free one; terminals listen on 20007.

    Raises:
        PortInUse: somebody else listens there.
    """

    def __init__(self, emulator: ZvtEmulator, host: str = "127.0.0.1", port: int = 0) -> None:
        self._emulator = emulator
        self._line: _SocketLine | None = None
        try:
            self._listener = socket.create_server((host, port))
        except OSError as error:
            raise PortInUse("the port is taken", where=f"{host}:{port}", found=str(error)) from error
        self._listener.setblocking(False)
        self.port: int = self._listener.getsockname()[1]

    def pump(self, now_ns: int) -> None:
        """Take whoever comes, and let the terminal hear and speak."""
        try:
            found, _ = self._listener.accept()
        except BlockingIOError:
            pass
        else:
            self._hang_up()
            self._emulator.connect()
            self._line = _SocketLine(found)
        if self._line is None:
            self._emulator.advance(now_ns)
            return
        try:
            pump(self._emulator, self._line, now_ns)
        except DeviceUnavailable:
            self._hang_up()
        if self._emulator.hangs_up:
            self._line = None

    def close(self) -> None:
        """Stop listening; may be called twice."""
        self._hang_up()
        self._listener.close()

    def _hang_up(self) -> None:
        if self._line is not None:
            self._line.close()
            self._line = None


class _SocketLine:
    """A connection as a line."""

    def __init__(self, connection: socket.socket) -> None:
        self._connection = connection
        connection.setblocking(False)

    def read(self) -> bytes:
        try:
            data = self._connection.recv(MOST_BYTES)
        except BlockingIOError:
            return b""
        except OSError as error:
            raise DeviceUnavailable("the till is gone", found=str(error)) from error
        if not data:
            raise DeviceUnavailable("the till hung up")
        return data

    def write(self, data: bytes) -> None:
        try:
            self._connection.sendall(data)
        except OSError as error:
            raise DeviceUnavailable("the till is gone", found=str(error)) from error

    def close(self) -> None:
        self._connection.close()
