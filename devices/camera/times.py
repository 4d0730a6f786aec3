"""When a picture was taken, in bench time. No I/O.

A camera that sends RTCP sender reports tells the time of day of each picture, by its own clock. If that clock agrees
with this machine's, it is believed. Else only the distances between pictures are: the picture that came soonest after
it was taken is taken for one that came at once.
"""

from __future__ import annotations

from contracts.clock import SECOND

TRUST_NS = 2 * SECOND
"""A picture that is older than this when it comes, or comes before it was taken, tells of a clock that is wrong."""
EARLY_NS = SECOND // 20
"""How far ahead of this machine's a clock that is kept by NTP may be."""
DRIFT = 10_000
"""A clock that is right to one part in this many keeps up: quartz is ten times as good."""
JUMP_NS = 10 * SECOND


class CaptureTimes:
    """One connection's pictures, in order."""

    def __init__(self) -> None:
        self._least_ns: int | None = None
        self._media_ns = 0
        self._last_ns: int | None = None
        self.told = False
        """Whether the last picture's time was the camera's own."""

    def of(self, arrived_ns: int, media_ns: int | None, told_ns: int | None) -> int:
        """Return when a picture was taken, never after it came, never before the one ahead of it.

        Args:
            arrived_ns: bench time of its arrival.
            media_ns: on the stream's own clock; None without.
            told_ns: bench time that the camera tells; None while it does not.
        """
        self.told = told_ns is not None and -EARLY_NS <= arrived_ns - told_ns <= TRUST_NS
        taken_ns = arrived_ns
        if self.told and told_ns is not None:
            taken_ns = told_ns
        elif media_ns is not None:
            taken_ns = media_ns + self._least(arrived_ns - media_ns, media_ns)
        taken_ns = min(taken_ns, arrived_ns)
        if self._last_ns is not None:
            taken_ns = max(taken_ns, self._last_ns + 1)
        self._last_ns = taken_ns
        return taken_ns

    def _least(self, lag_ns: int, media_ns: int) -> int:
        """Return the least lag so far, which may grow as slowly as clocks drift apart."""
        passed_ns, self._media_ns = media_ns - self._media_ns, media_ns
        if self._least_ns is None or not 0 <= passed_ns < JUMP_NS or lag_ns - self._least_ns > JUMP_NS:
            self._least_ns = lag_ns
            passed_ns = 0
        self._least_ns = min(self._least_ns + passed_ns // DRIFT, lag_ns)
        return self._least_ns
