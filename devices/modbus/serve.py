"""Puts an emulated Modbus device on a line, or on a TCP port. Only `TcpPort.wait` waits, and it says how long."""

from __future__ import annotations

import select
import socket
from collections.abc import Callable

from contracts.clock import SECOND, Clock
from contracts.errors import DeviceUnavailable, PortInUse
from devices.line import Line
from devices.modbus.device import Device
from devices.modbus.sockets import SocketLine

MOST_HOSTS = 8
"""Connections at one time. Source: ADAM-6000 manual, "up to 8 TCP connections"; common knowledge, not read again."""


def pump(device: Device, line: Line, clock: Clock) -> None:
    """Let a device hear and speak on a line.

    Raises:
        DeviceUnavailable: the other side is gone.
    """
    now_ns = clock.now_ns
    device.feed(line.read(), now_ns)
    if data := device.to_send(now_ns):
        line.write(data)


class TcpPort:
    """Listens for hosts; call `work` often.

    Args:
        make: makes the device's end of a connection, one for each.
        clock: bench time.
        host: where to listen.
        port: 0 for any free one.

    Raises:
        PortInUse: somebody else listens there.
    """

    def __init__(self, make: Callable[[], Device], clock: Clock, host: str = "127.0.0.1", port: int = 0) -> None:
        self._make, self._clock = make, clock
        self._hosts: list[tuple[SocketLine, Device]] = []
        try:
            self._listener = socket.create_server((host, port))
        except OSError as error:
            raise PortInUse(
                "the port is taken", where=f"{host}:{port}", found=str(error), hint="give another, or 0 for any"
            ) from error
        self._listener.setblocking(False)
        self.port: int = self._listener.getsockname()[1]

    def work(self) -> None:
        """Take whoever comes, hear and answer all."""
        self._accept()
        for line, device in list(self._hosts):
            try:
                pump(device, line, self._clock)
            except DeviceUnavailable:
                line.close()
                self._hosts.remove((line, device))

    def wait(self, limit_ns: int) -> None:
        """Wait until somebody says something, limit_ns at the most."""
        all_of_them = [self._listener.fileno(), *(line.fileno() for line, _ in self._hosts)]
        select.select(all_of_them, [], [], limit_ns / SECOND)

    def hang_up(self) -> None:
        """Drop all connections, as a module does that starts anew."""
        for line, _ in self._hosts:
            line.close()
        self._hosts.clear()

    def close(self) -> None:
        """Stop listening; may be called twice."""
        self.hang_up()
        self._listener.close()

    def _accept(self) -> None:
        try:
            found, _ = self._listener.accept()
        except OSError:
            return
        if len(self._hosts) >= MOST_HOSTS:
            found.close()
            return
        self._hosts.append((SocketLine(found, "a host"), self._make()))
