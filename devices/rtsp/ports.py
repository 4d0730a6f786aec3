"""The two UDP ports from which a client gets its packets: an even one, and the next for reports."""

from __future__ import annotations

import socket

_TRIES = 50
_BUFFER = 1 << 20  # bytes; a key frame leaves in one burst


class Ports:
    """A pair of bound sockets.

    Args:
        host: the server's own address.
        peer: the client's address.

    Raises:
        OSError: no pair is free.
    """

    def __init__(self, host: str, peer: str) -> None:
        self._family = socket.AF_INET6 if ":" in host else socket.AF_INET
        self._peer = peer
        self.rtp, self.rtcp = self._pair(host)

    @property
    def numbers(self) -> tuple[int, int]:
        """Port numbers, media and reports."""
        return self.rtp.getsockname()[1], self.rtcp.getsockname()[1]

    def send(self, to: int, packet: bytes, *, report: bool = False) -> None:
        """Send a packet to a port of the client; one that the machine cannot take now is lost, as UDP is."""
        try:
            (self.rtcp if report else self.rtp).sendto(packet, (self._peer, to))
        except OSError:  # full, or the client's port has closed: it will be missed by its silence
            return

    def close(self) -> None:
        """Let go of both."""
        self.rtp.close()
        self.rtcp.close()

    def _pair(self, host: str) -> tuple[socket.socket, socket.socket]:
        trouble: OSError | None = None
        for _ in range(_TRIES):
            first = self._bound(host, 0)
            number = first.getsockname()[1]
            try:
                if number % 2 == 0:
                    return first, self._bound(host, number + 1)
            except OSError as error:
                trouble = error
            first.close()
        raise trouble or OSError("no even port is free")

    def _bound(self, host: str, port: int) -> socket.socket:
        made = socket.socket(self._family, socket.SOCK_DGRAM)
        try:
            made.setblocking(False)
            made.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, _BUFFER)
            made.bind((host, port))
        except OSError:
            made.close()
            raise
        return made
