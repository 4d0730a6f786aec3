"""What happens to an emulated device's answers between it and the host."""

from __future__ import annotations

from enum import StrEnum

from contracts.clock import MILLISECOND, SECOND
from contracts.seeds import stream

LATE_NS = 500 * MILLISECOND
DUPLICATE_NS = 150 * MILLISECOND
BYTE_NS = 2 * MILLISECOND
"""A byte, when the line is slow: about 5000 baud."""
MOST = 1000
"""Pieces on their way at most."""


class Harm(StrEnum):
    """What an emulated device can be made to do to its answers."""

    SILENCE = "it does not answer"
    HALF = "an answer stops in the middle"
    BITS = "bits of an answer are hit; in RTU its check sum tells"
    TWICE = "an answer comes a second time, later"
    STRANGE = "it answers another question"
    LATE = "it answers too late"
    SLOW = "byte by byte"
    SOME = "every other answer is missing"


class Wire:
    """Holds answers back, loses and damages them.

    Args:
        seed: of the bits that are hit.
    """

    def __init__(self, seed: int = 0) -> None:
        self._draws = stream(seed, "modbus", "wire")
        self._coming: list[tuple[int, bytes]] = []
        self._count = 0
        self._free_ns = 0
        self.harm: Harm | None = None

    def send(self, answer: bytes, now_ns: int) -> None:
        """Take an answer on its way."""
        self._count += 1
        if self.harm is Harm.SILENCE or (self.harm is Harm.SOME and self._count % 2) or len(self._coming) >= MOST:
            return
        if self.harm is Harm.HALF:
            answer = answer[: len(answer) // 2]
        if self.harm is Harm.BITS:
            hit = int(self._draws.integers(len(answer)))
            answer = answer[:hit] + bytes([answer[hit] ^ 1 << int(self._draws.integers(8))]) + answer[hit + 1 :]
        if self.harm is Harm.SLOW:
            self._drip(answer, now_ns)
        else:
            self._coming.append((now_ns + (LATE_NS if self.harm is Harm.LATE else 0), answer))
        if self.harm is Harm.TWICE:
            self._coming.append((now_ns + DUPLICATE_NS, answer))

    def arrived(self, now_ns: int) -> bytes:
        """Return the bytes that have come through, b"" for none."""
        ready = b"".join(answer for due_ns, answer in self._coming if due_ns <= now_ns)
        self._coming = [(due_ns, answer) for due_ns, answer in self._coming if due_ns > now_ns]
        return ready

    def _drip(self, answer: bytes, now_ns: int) -> None:
        start_ns = max(now_ns, self._free_ns)
        self._coming += [(start_ns + place * BYTE_NS, bytes([byte])) for place, byte in enumerate(answer)]
        self._free_ns = min(start_ns + len(answer) * BYTE_NS, now_ns + SECOND)
