"""A microcontroller that prints the counts of HX711 converters. Source: as `devices.scale.hx711_line`."""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence

from contracts.clock import SECOND
from devices.scale.balance import Balance, Trouble
from devices.scale.hx711_line import HIGHEST, LOWEST, SETTLING, check

_MOST_ROWS = 160
"""Sent at once at the most: two seconds of the fast rate; older ones are lost, as in a microcontroller's buffer."""


class Hx711Board:
    """Sends by itself.

    Args:
        balances: one a cell.
        counts_per_gram: of all cells.
        rate_hz: 10 or 80, as its pin says.
        offset: counts of a cell without load; no two cells have the same, and nothing tells it.
    """

    def __init__(self, balances: Sequence[Balance], counts_per_gram: float, rate_hz: int, offset: int = 40_000) -> None:
        self._balances, self._scale, self._offset = tuple(balances), counts_per_gram, offset
        self._period_ns = SECOND // rate_hz
        self._number = 0
        self._next_ns = -1
        # The chip's filter: a step is fully there only after four samples.
        self._felt: deque[list[int]] = deque(maxlen=SETTLING)
        self._sent: list[int] = []

    def hear(self, data: bytes, now_ns: int) -> list[bytes]:  # noqa: ARG002
        """It does not listen."""
        return []

    def tick(self, now_ns: int) -> list[bytes]:
        """Let time pass; return a line for each sample since the last call."""
        if self._next_ns < 0:
            self._next_ns = now_ns
        missed = (now_ns - self._next_ns) // self._period_ns - _MOST_ROWS
        if missed > 0:
            self._number, self._next_ns = self._number + missed, self._next_ns + missed * self._period_ns
        found: list[bytes] = []
        while self._next_ns <= now_ns:
            found.append(self._row(self._next_ns))
            self._number, self._next_ns = self._number + 1, self._next_ns + self._period_ns
        return found

    def _row(self, at_ns: int) -> bytes:
        self._felt.append([self._count(cell, at_ns) for cell in range(len(self._balances))])
        counts = [sum(column) // len(column) for column in zip(*self._felt, strict=True)]
        troubles = [balance.trouble for balance in self._balances]
        if self._sent:
            counts = [
                old if trouble is Trouble.FROZEN else new
                for old, new, trouble in zip(self._sent, counts, troubles, strict=True)
            ]
        self._sent = [_clipped(count, trouble) for count, trouble in zip(counts, troubles, strict=True)]
        text = b" ".join(b"%d" % value for value in (self._number, *self._sent))
        return text + b"*" + check(text) + b"\r\n"

    def _count(self, cell: int, at_ns: int) -> int:
        balance = self._balances[cell]
        swing = 50.0 * (-1) ** self._number if balance.trouble is Trouble.MOTION else 0.0
        return round((balance.felt(at_ns) + swing) * self._scale) + self._offset * (cell + 1)


def _clipped(count: int, trouble: Trouble | None) -> int:
    if trouble is Trouble.OVER:
        return HIGHEST
    return LOWEST if trouble is Trouble.UNDER else max(LOWEST, min(HIGHEST, count))
