"""Whether a device that counts tenths of a second still does."""

from __future__ import annotations

from contracts.clock import MILLISECOND

STILL_NS = 500 * MILLISECOND
"""A count that stands for so long has stopped: five beats."""


class Heart:
    """Watches one counter."""

    def __init__(self) -> None:
        self._count = -1
        self._changed_ns = 0

    def beats(self, count: int, now_ns: int) -> bool:
        """Take what the counter shows; return whether it has moved lately."""
        if count != self._count:
            self._count, self._changed_ns = count, now_ns
        return now_ns - self._changed_ns <= STILL_NS
