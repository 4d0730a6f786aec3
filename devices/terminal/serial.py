"""ZVT's frames over a serial line: 10 02 APDU 10 03 CRC (low byte first), answered by ACK (06) or NAK (15). No I/O.

A frame that is refused, or not acknowledged in time, is sent again; what comes twice for that reason is let through, as
the session takes a message that it knows already without harm.
"""

from __future__ import annotations

from collections import deque

from contracts.clock import SECOND
from devices.terminal.apdu import MOST_DATA, Apdu, ApduStream
from devices.terminal.crc import kermit
from devices.terminal.framing import GAP_NS

DLE, STX, ETX, ACK, NAK = 0x10, 0x02, 0x03, 0x06, 0x15
ACK_NS = 5 * SECOND
"""Until a frame without an answer is sent again."""
ATTEMPTS = 3
"""How often a frame is sent at the most. Our choice."""
_MOST = 2 * (MOST_DATA + 5) + 6


def frame(apdu: Apdu) -> bytes:
    """Return an APDU as it goes over a serial line."""
    plain = apdu.encode()
    crc = kermit(plain + bytes([ETX]))
    doubled = plain.replace(bytes([DLE]), bytes([DLE, DLE]))
    return bytes([DLE, STX]) + doubled + bytes([DLE, ETX]) + crc.to_bytes(2, "little")


class SerialFraming:
    """One end of a serial line.

    `refused` counts frames that came damaged; `lost` those that went out ATTEMPTS times in vain.
    """

    def __init__(self) -> None:
        self._kept = bytearray()
        self._out = bytearray()
        self._queue: deque[bytes] = deque()
        self._attempts = 0
        self._sent_ns = self._heard_ns = 0
        self.refused = self.lost = 0

    def send(self, apdu: Apdu, now_ns: int) -> None:
        """Put an APDU on its way; it goes when the one before it is acknowledged."""
        self._queue.append(frame(apdu))
        if len(self._queue) == 1:
            self._transmit(now_ns)

    def feed(self, data: bytes, now_ns: int) -> list[Apdu]:
        """Take what came, and return the APDUs it completes."""
        self._watch(now_ns)
        if data:
            self._heard_ns = now_ns
        self._kept += data
        found: list[Apdu] = []
        while self._kept and self._step(found, now_ns):
            pass
        if len(self._kept) > _MOST:
            self._refuse(len(self._kept))
        return found

    def take(self) -> bytes:
        """Return what has to go out now."""
        out = bytes(self._out)
        self._out.clear()
        return out

    def _watch(self, now_ns: int) -> None:
        """Give up half a frame, and send again what nobody acknowledged."""
        if self._kept and now_ns - self._heard_ns > GAP_NS:
            self._refuse(len(self._kept))
        if self._queue and now_ns - self._sent_ns >= ACK_NS:
            self._again(now_ns)

    def _step(self, found: list[Apdu], now_ns: int) -> bool:
        """Take one thing off the front; return False while more must come."""
        first = self._kept[0]
        if first != DLE:
            del self._kept[0]
            self._answered(first, now_ns)
            return True
        if len(self._kept) < 2:
            return False
        if self._kept[1] != STX:
            del self._kept[0]
            return True
        return self._frame(found)

    def _frame(self, found: list[Apdu]) -> bool:
        end = _end(self._kept)
        if end is None or len(self._kept) < end + 2:
            return False
        plain = bytes(self._kept[2 : end - 2]).replace(bytes([DLE, DLE]), bytes([DLE]))
        right = kermit(plain + bytes([ETX])) == int.from_bytes(self._kept[end : end + 2], "little")
        inside = ApduStream()
        apdus = inside.feed(plain) if right else []
        if len(apdus) != 1 or inside.waiting or inside.skipped:
            self._refuse(end + 2)
            return True
        del self._kept[: end + 2]
        self._out.append(ACK)
        found += apdus
        return True

    def _refuse(self, size: int) -> None:
        del self._kept[:size]
        self._out.append(NAK)
        self.refused += 1

    def _answered(self, byte: int, now_ns: int) -> None:
        if not self._queue:
            return
        if byte == ACK:
            self._done(now_ns)
        elif byte == NAK:
            self._again(now_ns)

    def _again(self, now_ns: int) -> None:
        if self._attempts >= ATTEMPTS:
            self.lost += 1
            self._done(now_ns)
        else:
            self._transmit(now_ns)

    def _done(self, now_ns: int) -> None:
        self._queue.popleft()
        self._attempts = 0
        if self._queue:
            self._transmit(now_ns)

    def _transmit(self, now_ns: int) -> None:
        self._out += self._queue[0]
        self._attempts += 1
        self._sent_ns = now_ns


def _end(kept: bytearray) -> int | None:
    """Return where DLE ETX ends; None while it is not there. A doubled DLE is data."""
    at = 2
    while (at := kept.find(DLE, at)) != -1 and at + 1 < len(kept):
        if kept[at + 1] == ETX:
            return at + 2
        at += 2
    return None
