"""Modbus RTU's framing: unit, PDU, CRC-16. No start, no length: that follows from the function code.

The specification ends a frame by silence of 3.5 characters, which no PC behind a USB converter can see. So frames are
found by their length and check sum; after a damaged one the hunt goes on byte by byte, so that it costs no other frame.

Source: MODBUS over Serial Line Specification V1.02, 2.5.1 and 6.2.2.
"""

from __future__ import annotations

from collections.abc import Callable

from devices.modbus.frame import MOST_PDU, Frame
from devices.modbus.types import CODES, Code

_SHORTEST, _LONGEST = 4, MOST_PDU + 3
_WRITES_MANY = (Code.WRITE_COILS, Code.WRITE_REGISTERS)
_READS = (Code.READ_COILS, Code.READ_INPUTS, Code.READ_HOLDING, Code.READ_INPUT_REGISTERS)
_ERROR = 0x80
_MORE, _UNKNOWN = 0, -1


def _table() -> tuple[int, ...]:
    found = []
    for byte in range(256):
        value = byte
        for _ in range(8):
            value = value >> 1 ^ (0xA001 if value & 1 else 0)
        found.append(value)
    return tuple(found)


_TABLE = _table()


def crc(data: bytes) -> bytes:
    """Return the check sum, low byte first as it is sent."""
    value = 0xFFFF
    for byte in data:
        value = value >> 8 ^ _TABLE[(value ^ byte) & 0xFF]
    return value.to_bytes(2, "little")


def encode(frame: Frame) -> bytes:
    """Return a frame's bytes."""
    body = bytes([frame.unit]) + frame.pdu
    return body + crc(body)


def request_length(data: bytes) -> int:
    """Return how long the question is that begins so; 0 when more is needed to tell, -1 for an unknown function."""
    if data[1] in _WRITES_MANY:
        return data[6] + 9 if len(data) > 6 else _MORE
    return 8 if data[1] in CODES else _UNKNOWN


def reply_length(data: bytes) -> int:
    """Return how long the answer is that begins so; 0 when more is needed to tell, -1 for an unknown function."""
    if data[1] & _ERROR:
        return 5
    if data[1] in _READS:
        return data[2] + 5 if len(data) > 2 else _MORE
    return 8 if data[1] in CODES else _UNKNOWN


class RtuFrames:
    """Takes frames out of a stream.

    Args:
        length: `request_length` at a device, `reply_length` at a host.
    """

    def __init__(self, length: Callable[[bytes], int]) -> None:
        self._length = length
        self._kept = b""
        self.noise = 0
        """Bytes that belonged to no frame."""

    def feed(self, data: bytes) -> list[Frame]:
        """Take bytes as they came, in pieces of any length; return the whole frames."""
        self._kept += data
        found: list[Frame] = []
        at = 0
        while len(self._kept) - at >= _SHORTEST:
            size = self._size(at)
            if size == _MORE or size > len(self._kept) - at:
                break
            if size == _UNKNOWN:
                at, self.noise = at + 1, self.noise + 1
                continue
            found.append(Frame(self._kept[at], self._kept[at + 1 : at + size - 2]))
            at += size
        self._kept = self._kept[at:]
        return found

    def clear(self) -> None:
        """Forget half a frame: no more of it will come."""
        self.noise += len(self._kept)
        self._kept = b""

    def _size(self, at: int) -> int:
        """Return the length of the frame that begins there, 0 when it is not all there, -1 when none begins there."""
        rest = self._kept[at : at + _LONGEST]
        size = self._length(rest)
        if size == _UNKNOWN:
            # A function of somebody else's: only all that is there can be a frame.
            size = len(self._kept) - at
        if size > _LONGEST:
            return _UNKNOWN
        if size == _MORE or size > len(rest):
            return _MORE
        return size if crc(rest[: size - 2]) == rest[size - 2 : size] else _UNKNOWN
