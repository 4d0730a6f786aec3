"""Time as an argument: integer nanoseconds since the start of a run."""

from __future__ import annotations

import time
from typing import Protocol

SECOND = 1_000_000_000
MILLISECOND = 1_000_000


class Clock(Protocol):
    """Where a run stands in time."""

    @property
    def now_ns(self) -> int:
        """Nanoseconds since the start of the run."""

    def wait_until(self, t_ns: int) -> int:
        """Let time pass until t_ns.

        Returns:
            How late the clock is, in nanoseconds; 0 on virtual time.
        """


class VirtualClock:
    """Lockstep time: waiting costs nothing."""

    def __init__(self) -> None:
        self._now_ns = 0

    @property
    def now_ns(self) -> int:
        """Nanoseconds since the start of the run."""
        return self._now_ns

    def wait_until(self, t_ns: int) -> int:
        """Jump to t_ns; never late."""
        if t_ns < self._now_ns:
            raise ValueError(f"time cannot run backwards: now {self._now_ns} ns, asked for {t_ns} ns")
        self._now_ns = t_ns
        return 0


class WallClock:
    """Real time by absolute deadlines; the only place where the machine's clock is read.

    Args:
        free_ns: bench time that passes as fast as it goes, while everything is loaded and drawn for the first time;
            the clock stands still at each tick of it, and real time begins with the first tick after it.

    `epoch_ns` is the Unix time of bench time 0, for what must be told in the world's time.
    """

    def __init__(self, free_ns: int = -1) -> None:
        self._free_ns = free_ns
        self._stands = free_ns >= 0
        self._begin_at(0)

    @property
    def now_ns(self) -> int:
        """Nanoseconds since the start of the run; never runs backwards."""
        return self._free_now_ns if self._stands else time.monotonic_ns() - self._started_ns

    @property
    def real(self) -> bool:
        """Whether real time has begun."""
        return not self._stands

    def wait_until(self, t_ns: int) -> int:
        """Sleep until t_ns after the start; return the overrun."""
        if t_ns <= self._free_ns:
            self._begin_at(t_ns)
            return 0
        if self._stands:
            self._begin_at(self._free_now_ns)
            self._stands = False
        left_ns = t_ns - self.now_ns
        if left_ns > 0:
            time.sleep(left_ns / SECOND)
        return max(0, self.now_ns - t_ns)

    def _begin_at(self, t_ns: int) -> None:
        """Let it be t_ns now."""
        self._free_now_ns = t_ns
        self._started_ns = time.monotonic_ns() - t_ns
        self.epoch_ns = time.time_ns() - t_ns


class Stopwatch:
    """Wall time spent, for reports only; nothing in a run may depend on it."""

    def __init__(self) -> None:
        self._started_ns = time.perf_counter_ns()

    @property
    def seconds(self) -> float:
        """Seconds since it was made."""
        return (time.perf_counter_ns() - self._started_ns) / SECOND


class CpuStopwatch:
    """CPU time spent, for reports only; nothing in a run may depend on it.

    Args:
        thread: of the calling thread alone, else of the whole process.
    """

    def __init__(self, *, thread: bool = False) -> None:
        self._read_ns = time.thread_time_ns if thread else time.process_time_ns
        self._started_ns = self._read_ns()

    @property
    def seconds(self) -> float:
        """CPU seconds since it was made."""
        return (self._read_ns() - self._started_ns) / SECOND
