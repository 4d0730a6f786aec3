"""What lies between APDUs and the line: nothing over TCP, frames with a check sum over a serial line. No I/O.

Both ways have the same face: give `send` an APDU, give `feed` what came, and put on the line what `take` returns.
Source: ZVT 13.x as read by Portalum.Zvt (MIT); that DLE is doubled within a frame is general knowledge.
"""

from __future__ import annotations

from typing import Protocol

from contracts.clock import MILLISECOND
from devices.terminal.apdu import Apdu, ApduStream

GAP_NS = 500 * MILLISECOND
"""A message that stops in its middle for so long will not go on. Our choice; the bytes of a message come at once."""


class Framing(Protocol):
    """APDUs to bytes and back."""

    def send(self, apdu: Apdu, now_ns: int) -> None:
        """Put an APDU on its way."""

    def feed(self, data: bytes, now_ns: int) -> list[Apdu]:
        """Take what came (b"": only time has passed), and return the APDUs it completes."""

    def take(self) -> bytes:
        """Return what has to go out now."""


class TcpFraming:
    """APDUs, one behind the other."""

    def __init__(self) -> None:
        self._stream = ApduStream()
        self._out = bytearray()
        self._heard_ns = 0

    @property
    def skipped(self) -> int:
        """Bytes that made no sense."""
        return self._stream.skipped

    def send(self, apdu: Apdu, now_ns: int) -> None:  # noqa: ARG002  # TCP itself sees to it that it arrives
        """Put an APDU on its way."""
        self._out += apdu.encode()

    def feed(self, data: bytes, now_ns: int) -> list[Apdu]:
        """Take what came, and return the APDUs it completes."""
        if self._stream.waiting and now_ns - self._heard_ns > GAP_NS:
            self._stream.reset()
        if not data:
            return []
        self._heard_ns = now_ns
        return self._stream.feed(data)

    def take(self) -> bytes:
        """Return what has to go out now."""
        out = bytes(self._out)
        self._out.clear()
        return out
