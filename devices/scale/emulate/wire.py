"""What happens to an emulated scale's answers between it and the host."""

from __future__ import annotations

from contracts.clock import MILLISECOND
from contracts.seeds import stream
from devices.scale.balance import Trouble

LATE_NS = 1500 * MILLISECOND
_MOST = 1000
"""Answers on their way at the most."""


class Wire:
    """Holds answers back, loses and damages them, as a trouble says.

    Args:
        seed: of the characters that are hit.
    """

    def __init__(self, seed: int) -> None:
        self._draws = stream(seed, "scale", "wire")
        self._coming: list[tuple[int, bytes]] = []
        self._count = 0

    def send(self, answer: bytes, now_ns: int, trouble: Trouble | None) -> None:
        """Take an answer on its way."""
        self._count += 1
        if trouble is Trouble.SILENCE or len(self._coming) >= _MOST:
            return
        if trouble is Trouble.HALF_FRAME and self._count % 2:
            answer = answer[: len(answer) // 2]
        if trouble is Trouble.PARITY:
            # A UART that finds the parity wrong hands over a NUL in the character's place (POSIX termios, INPCK).
            hit = int(self._draws.integers(len(answer)))
            answer = answer[:hit] + b"\0" + answer[hit + 1 :]
        self._coming.append((now_ns + (LATE_NS if trouble is Trouble.LATE else 0), answer))

    def arrived(self, now_ns: int) -> bytes:
        """Return the bytes that have come through."""
        ready = b"".join(answer for due_ns, answer in self._coming if due_ns <= now_ns)
        self._coming = [(due_ns, answer) for due_ns, answer in self._coming if due_ns > now_ns]
        return ready
