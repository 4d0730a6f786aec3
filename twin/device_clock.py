"""What the clock of a device shows."""

from __future__ import annotations

from contracts.seeds import stream
from twin.store_clock import Clock

MILLION = 1_000_000
TRUE = Clock()


class DeviceClock:
    """Stamps moments as a device's own clock tells them.

    Args:
        clock: how it errs.
        seed: the scenario's seed.
        device: the device's id, whose stream it draws from.
    """

    def __init__(self, clock: Clock, seed: int, device: str) -> None:
        self._draw = stream(seed, "clock", device)
        self._offset_ns = clock.offset + round(float(self._draw.standard_normal()) * clock.spread)
        self._drift_ppm, self._jitter_ns = clock.drift_ppm, clock.jitter

    def stamp(self, now_ns: int) -> int:
        """Return what it shows at a moment of bench time, nanoseconds; never less than 0, where bench time begins."""
        shown = now_ns + self._offset_ns
        if self._drift_ppm:
            shown += round(now_ns * self._drift_ppm / MILLION)
        if self._jitter_ns:
            shown += round(float(self._draw.standard_normal()) * self._jitter_ns)
        return max(0, shown)
