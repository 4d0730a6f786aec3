"""The two framings under one hood."""

from __future__ import annotations

from enum import StrEnum
from typing import Protocol

from devices.modbus import rtu, tcp
from devices.modbus.frame import Frame


class Framing(StrEnum):
    """How frames travel; RTU also over TCP."""

    TCP = "tcp"
    RTU = "rtu"


class Frames(Protocol):
    """Takes frames out of bytes. Any bytes may come; none raises, and what is kept of them is bounded."""

    noise: int

    def feed(self, data: bytes) -> list[Frame]:
        """Take bytes as they came, in pieces of any length; return the whole frames."""

    def clear(self) -> None:
        """Forget half a frame: no more of it will come."""


def of_host(framing: Framing) -> Frames:
    """Return what takes answers out of a stream."""
    return tcp.TcpFrames() if framing is Framing.TCP else rtu.RtuFrames(rtu.reply_length)


def of_device(framing: Framing) -> Frames:
    """Return what takes questions out of a stream."""
    return tcp.TcpFrames() if framing is Framing.TCP else rtu.RtuFrames(rtu.request_length)


def encode(framing: Framing, frame: Frame) -> bytes:
    """Return a frame's bytes."""
    return tcp.encode(frame) if framing is Framing.TCP else rtu.encode(frame)
