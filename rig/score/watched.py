"""How much work a run and its stack do: CPU seconds, read while it runs, since no recording holds them."""

from __future__ import annotations

from collections.abc import Sequence

from contracts.clock import SECOND, Clock, CpuStopwatch
from contracts.ports import Stack
from contracts.records import AnswerRecord, SensorRecord
from rig.loop import Progress
from rig.score.case import Cost


class WatchedStack:
    """A stack and the CPU time that its answers took.

    The twin draws the next pictures in other threads while the stack works, so only the calling thread counts: that
    is all of the reference stack; threads that a stack starts itself are not seen.

    Args:
        inner: the stack under test.
    """

    def __init__(self, inner: Stack) -> None:
        self._inner = inner
        self.cpu_s = 0.0

    def feed(self, records: Sequence[SensorRecord], now_ns: int) -> Sequence[AnswerRecord]:
        """Feed the stack and count what it costs."""
        watch = CpuStopwatch(thread=True)
        try:
            return self._inner.feed(records, now_ns)
        finally:
            self.cpu_s += watch.seconds

    def close(self) -> None:
        """Close the stack."""
        self._inner.close()


class Meter:
    """What one run costs, from its first tick to its last.

    Args:
        remote: whether the stack works in another process, where nobody here can count.
    """

    def __init__(self, *, remote: bool) -> None:
        self._remote = remote
        self._stack: WatchedStack | None = None
        self._watch = CpuStopwatch()
        self._cpu_s = 0.0
        self._now_ns = 0

    def around(self, stack: Stack) -> Stack:
        """Return the stack, watched."""
        self._stack = WatchedStack(stack)
        return self._stack

    def on_start(self, _: Clock) -> None:
        """Begin to count: the store is built."""
        self._watch = CpuStopwatch()

    def on_progress(self, progress: Progress) -> None:
        """Count up to this tick."""
        self._cpu_s, self._now_ns = self._watch.seconds, progress.now_ns

    def cost(self, wall_s: float) -> Cost:
        """Return what the run cost."""
        stack_s = None if self._remote or self._stack is None else self._stack.cpu_s
        return Cost(cpu_s=self._cpu_s, stack_cpu_s=stack_s, simulated_s=self._now_ns / SECOND, wall_s=wall_s)
