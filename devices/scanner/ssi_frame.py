"""Zebra SSI packets: `LEN OPCODE SRC STATUS data... CK_HI CK_LO`. Source: Zebra 72E-40451; Symbol SE-923 guide 6-4."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from enum import IntEnum, IntFlag

from contracts.clock import MILLISECOND
from contracts.errors import UsageError
from devices.scanner.codec import Trouble

HEAD = 4
MOST_DATA = 255 - HEAD
CHARACTER_NS = 200 * MILLISECOND
"""The longest gap within a packet: the host's character time-out."""


class Op(IntEnum):
    """Opcodes."""

    MANAGEMENT = 0x80
    REQUEST_REVISION = 0xA3
    REPLY_REVISION = 0xA4
    PARAM_SEND = 0xC6
    CMD_ACK = 0xD0
    CMD_NAK = 0xD1
    FLUSH_QUEUE = 0xD2
    START_SESSION = 0xE4
    STOP_SESSION = 0xE5
    BEEP = 0xE6
    SCAN_ENABLE = 0xE9
    SCAN_DISABLE = 0xEA
    DECODE_DATA = 0xF3
    EVENT = 0xF6


class Side(IntEnum):
    """Who sends."""

    DECODER = 0
    HOST = 4


class Status(IntFlag):
    """Bits of the status byte; all others are 0."""

    NONE = 0
    RETRANSMIT = 1
    CONTINUED = 2
    PERMANENT = 8


class Nak(IntEnum):
    """Why a packet was not taken."""

    RESEND = 1
    BAD_CONTEXT = 2
    DENIED = 6


FROM_DECODER = frozenset(
    {Op.MANAGEMENT, Op.REPLY_REVISION, Op.PARAM_SEND, Op.CMD_ACK, Op.CMD_NAK, Op.DECODE_DATA, Op.EVENT}
)
"""What a decoder sends. Only these begin a packet: in garbage, a stray length would else hold back what follows it."""
_BITS = int(Status.RETRANSMIT | Status.CONTINUED | Status.PERMANENT)


@dataclass(frozen=True, slots=True)
class Frame:
    """One packet.

    Args:
        op: opcode; one that `Op` does not know is kept.
        source: who sends.
        data: at most 251 bytes. Hidden in prints: it may be able to pay.
        status: bits.
    """

    op: int
    source: Side
    data: bytes = field(default=b"", repr=False)
    status: Status = Status.NONE

    def pack(self, status: Status = Status.NONE) -> bytes:
        """Return the bytes, with more status bits if told.

        Raises:
            UsageError: more data than a packet holds.
        """
        if len(self.data) > MOST_DATA:
            raise UsageError("too much for a packet", expected=f"{MOST_DATA} bytes", found=f"{len(self.data)} bytes")
        body = bytes((HEAD + len(self.data), self.op, self.source, self.status | status)) + self.data
        return body + checksum(body)


def checksum(body: bytes | bytearray) -> bytes:
    """Return the two's complement of the sum of all bytes, high byte first."""
    return (-sum(body) & 0xFFFF).to_bytes(2, "big")


class FrameReader:
    """Cuts a stream into packets of one side; finds its way back after garbage.

    Args:
        source: whose packets come in.
        troubles: where to count.
    """

    def __init__(self, source: Side, troubles: Counter[Trouble]) -> None:
        self._source, self._troubles = source, troubles
        self._buffer = bytearray()
        self._heard_ns = 0
        self.damaged = False

    def feed(self, data: bytes, now_ns: int) -> list[Frame]:
        """Take bytes, or b"" as time passes; return the packets that are whole. `damaged` tells of one that is not."""
        self.damaged = False
        found = self._fall_silent(now_ns)
        if data:
            self._heard_ns = now_ns
            self._buffer += data
            found += self._cut()
        return found

    def _fall_silent(self, now_ns: int) -> list[Frame]:
        """After the character time-out nothing more of a packet will come: look behind its first byte for others."""
        found: list[Frame] = []
        if self._buffer and now_ns - self._heard_ns >= CHARACTER_NS:
            self._troubles[Trouble.HALF] += 1
            self.damaged = True
            while self._buffer:
                self._skip()
                found += self._cut()
        return found

    def _cut(self) -> list[Frame]:
        found: list[Frame] = []
        while self._buffer:
            size = self._buffer[0] + 2
            if not self._plausible():
                self._skip()
            elif len(self._buffer) < size:
                break
            elif self._buffer[size - 2 : size] != checksum(self._buffer[: size - 2]):
                self._troubles[Trouble.CHECKSUM] += 1
                self.damaged = True
                self._skip()
            else:
                found.append(self._take(size))
        return found

    def _plausible(self) -> bool:
        """Whether a packet can begin here; what has not come yet may still be right."""
        head = self._buffer[:HEAD]
        return (
            head[0] >= HEAD
            and (len(head) < 2 or self._source is Side.HOST or head[1] in FROM_DECODER)
            and (len(head) < 3 or head[2] == self._source)
            and (len(head) < HEAD or not head[3] & ~_BITS)
        )

    def _take(self, size: int) -> Frame:
        raw = bytes(self._buffer[:size])
        del self._buffer[:size]
        return Frame(raw[1], self._source, raw[HEAD:-2], Status(raw[3]))

    def _skip(self) -> None:
        del self._buffer[0]
        self._troubles[Trouble.SKIPPED] += 1
