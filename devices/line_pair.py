"""Two lines joined in memory: what one end writes, the other reads. For emulators and tests in one process."""

from __future__ import annotations

from contracts.errors import DeviceUnavailable
from devices.line import MOST_BYTES


class LineEnd:
    """One end of a pair; made by `line_pair`."""

    def __init__(self) -> None:
        self._inbox = bytearray()
        self._peer: LineEnd | None = None
        self.open = True

    def join(self, peer: LineEnd) -> None:
        """Join this end to another, both ways."""
        self._peer, peer._peer = peer, self

    def read(self) -> bytes:
        """Return what has come since the last call, b"" when nothing has."""
        self._check()
        data = bytes(self._inbox[:MOST_BYTES])
        del self._inbox[:MOST_BYTES]
        return data

    def write(self, data: bytes) -> None:
        """Send bytes; they are lost when the other end is closed, as on a cable that hangs loose."""
        self._check()
        if self._peer is not None and self._peer.open:
            self._peer._inbox += data

    def close(self) -> None:
        """Let go of it; may be called twice."""
        self.open = False

    def _check(self) -> None:
        if not self.open:
            raise DeviceUnavailable("the line is closed", where="a line in memory", expected="an open line")


def line_pair() -> tuple[LineEnd, LineEnd]:
    """Return two ends that are joined."""
    near, far = LineEnd(), LineEnd()
    near.join(far)
    return near, far
