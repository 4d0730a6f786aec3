"""Modbus TCP's framing: transaction, protocol 0, length, unit, PDU. No check sum.

Source: MODBUS Messaging on TCP/IP Implementation Guide V1.0b, 3.1.3.
"""

from __future__ import annotations

import struct

from devices.modbus.frame import MOST_PDU, Frame

_HEAD = struct.Struct(">HHHB")


class TcpFrames:
    """Takes frames out of a stream; after bytes that are no header it hunts for the next one."""

    def __init__(self) -> None:
        self._kept = bytearray()
        self.noise = 0
        """Bytes that belonged to no frame."""

    def feed(self, data: bytes) -> list[Frame]:
        """Take bytes as they came, in pieces of any length; return the whole frames."""
        self._kept += data
        found: list[Frame] = []
        at = 0
        while len(self._kept) - at >= _HEAD.size:
            transaction, protocol, length, unit = _HEAD.unpack_from(self._kept, at)
            if protocol or not 2 <= length <= MOST_PDU + 1:
                at, self.noise = at + 1, self.noise + 1
                continue
            end = at + _HEAD.size - 1 + length
            if end > len(self._kept):
                break
            found.append(Frame(unit, bytes(self._kept[at + _HEAD.size : end]), transaction))
            at = end
        del self._kept[:at]
        return found

    def clear(self) -> None:
        """Forget half a frame: no more of it will come."""
        self.noise += len(self._kept)
        self._kept.clear()


def encode(frame: Frame) -> bytes:
    """Return a frame's bytes."""
    return _HEAD.pack(frame.transaction, 0, len(frame.pdu) + 1, frame.unit) + frame.pdu
