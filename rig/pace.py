"""Whether a run keeps real time: how late its ticks are, and when that is too late."""

from __future__ import annotations

from contracts.clock import MILLISECOND, SECOND
from contracts.errors import RigFault
from rig.loop import Progress

# In real time a tick that comes later than this is trouble of the bench, whatever the product did.
OVERRUN_NS = 250 * MILLISECOND
# A tick later than this is told, for a device may have waited for it.
LATE_NS = 20 * MILLISECOND
# Real time begins with shims opening their devices on the run's time line; ticks that catch up after it say nothing.
BEGINNING_NS = 1500 * MILLISECOND
# By then a run must have caught up for the first time: sixteen devices behind as many shims are open in half of it.
CAUGHT_UP_NS = 8 * SECOND


class Pace:
    """How late the ticks of one run were."""

    def __init__(self) -> None:
        self.ticks = 0
        self.late_ticks = 0
        """Later than `LATE_NS`."""
        self.latest_ns = 0
        self._judged = False

    def note(self, progress: Progress) -> None:
        """Note one tick.

        Raises:
            RigFault: it came so late that nothing on this bench can be trusted.
        """
        if not self._has_begun(progress):
            return
        self.ticks += 1
        self.late_ticks += progress.late_ns > LATE_NS
        self.latest_ns = max(self.latest_ns, progress.late_ns)
        if progress.late_ns > OVERRUN_NS:
            raise RigFault(
                "the bench is not real-time",
                where=f"the tick at {progress.now_ns / SECOND:.2f} s",
                expected=f"no tick later than {OVERRUN_NS // MILLISECOND} ms",
                found=f"{progress.late_ns / MILLISECOND:.0f} ms late",
                hint="fewer or smaller cameras, a faster machine, or run without --realtime",
            )

    def _has_begun(self, progress: Progress) -> bool:
        """Whether the beginning is over: the run has caught up once, or should have."""
        late = progress.late_ns > LATE_NS and progress.now_ns < CAUGHT_UP_NS
        self._judged = self._judged or (progress.now_ns >= BEGINNING_NS and not late)
        return self._judged

    @property
    def figures(self) -> dict[str, float]:
        """What a program reads."""
        return {
            "ticks": self.ticks,
            "late_ticks": self.late_ticks,
            "late_ms": LATE_NS / MILLISECOND,
            "latest_ms": round(self.latest_ns / MILLISECOND, 3),
        }

    def __str__(self) -> str:
        """Say it in a line."""
        return (
            f"latest tick {self.latest_ns / MILLISECOND:.1f} ms late, "
            f"{self.late_ticks} of {self.ticks} more than {LATE_NS // MILLISECOND} ms"
        )
