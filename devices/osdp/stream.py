"""Cuts a stream into packets of one side, and finds its way back after garbage. No I/O."""

from __future__ import annotations

from collections import Counter

from contracts.clock import MILLISECOND
from devices.osdp.packet import HEAD, MARK, Packet, parse, plausible, size_of
from devices.osdp.trouble import Trouble

GAP_NS = 120 * MILLISECOND
"""After so long without a byte nothing more of a packet will come. The standard has 20 ms; whoever is read every 50 ms
cannot tell so little."""


class PacketStream:
    """Bytes in, packets out.

    Args:
        replies: whether packets of devices come in, else those of the access control unit.
        troubles: where to count.
    """

    def __init__(self, *, replies: bool, troubles: Counter[Trouble]) -> None:
        self._replies, self._troubles = replies, troubles
        self._kept = bytearray()
        self._heard_ns = 0

    def feed(self, data: bytes, now_ns: int) -> list[Packet]:
        """Take bytes, or b"" as time passes; return the packets that are whole."""
        if data:
            self._heard_ns = now_ns
            self._kept += data
            return self._cut()
        found: list[Packet] = []
        if self._kept and now_ns - self._heard_ns >= GAP_NS:
            self._troubles[Trouble.HALF] += 1
            while self._kept:
                self._skip(1)
                found += self._cut()
        return found

    def clear(self) -> None:
        """Forget what is begun."""
        self._kept.clear()

    def _cut(self) -> list[Packet]:
        found: list[Packet] = []
        while self._kept:
            if not plausible(self._kept[:HEAD], replies=self._replies):
                self._skip(1)
                continue
            if len(self._kept) < HEAD or len(self._kept) < (size := size_of(self._kept)):
                break
            packet = parse(bytes(self._kept[:size]))
            if packet is None:
                self._troubles[Trouble.CHECK] += 1
                self._skip(1)
            else:
                del self._kept[:size]
                found.append(packet)
        return found

    def _skip(self, size: int) -> None:
        if self._kept[0] != MARK:
            self._troubles[Trouble.SKIPPED] += size
        del self._kept[:size]
