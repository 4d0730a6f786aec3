"""Bench time at a shim: the machine's own steady clock, and what must be added so that it agrees with the run's."""

from __future__ import annotations

from contracts.clock import Clock, WallClock


class ShimClock:
    """The clock of one hosted device, which the holder of its lease sets.

    Args:
        own: a clock that nobody sets.

    `ahead_ns` is what is added to its own time.
    """

    def __init__(self, own: Clock | None = None) -> None:
        self._own: Clock = own or WallClock()
        self.ahead_ns = 0

    @property
    def now_ns(self) -> int:
        """Bench time; before anybody has set it, time since the shim was started."""
        return self._own.now_ns + self.ahead_ns

    def wait_until(self, t_ns: int) -> int:
        """Let time pass until t_ns of bench time; return how late it is."""
        return self._own.wait_until(t_ns - self.ahead_ns)

    def shift(self, by_ns: int) -> None:
        """Add to bench time."""
        self.ahead_ns += by_ns
