"""Fewer pictures, as evenly as they come: a camera that sends 25 a second for a store that was calibrated at 10."""

from __future__ import annotations

from contracts.clock import SECOND

EARLY = 0.22
"""Part of a period that a picture may come early: less than a fourth, that 10 a second make an even 2.5, and more than
a fifth, that 25 make 10."""


class Thinning:
    """Chooses pictures by the time they were taken.

    Args:
        rate_hz: of what is kept at the most.
    """

    def __init__(self, rate_hz: float) -> None:
        self._period_ns = round(SECOND / rate_hz)
        self._due_ns: int | None = None

    def keeps(self, taken_ns: int) -> bool:
        """Whether a picture is kept."""
        if self._due_ns is None:
            self._due_ns = taken_ns
        if taken_ns < self._due_ns - EARLY * self._period_ns:
            return False
        # What comes late does not make the next one due at once.
        self._due_ns = max(self._due_ns + self._period_ns, taken_ns + self._period_ns // 2)
        return True
