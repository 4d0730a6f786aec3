"""A driver and an emulator, joined in memory, on time that a test moves."""

from collections.abc import Sequence

import numpy as np

from contracts.clock import MILLISECOND, SECOND, VirtualClock
from contracts.records import Weights
from devices.line_pair import line_pair
from devices.scale.driver import SerialScale
from devices.scale.emulator import ScaleEmulator

TICK_NS = 10 * MILLISECOND


class Bench:
    """Both ends of one line."""

    def __init__(self, profile: str, plates: int = 1, **more: int) -> None:
        ours, theirs = line_pair()
        self.clock = VirtualClock()
        self.device = ScaleEmulator(profile, theirs, self.clock, plates=plates, seed=1)
        names = [f"scale-1/plate-{number}" for number in range(plates)]
        self.scale = SerialScale(
            "scale-1", names, profile, ours, self.clock, faults=self.device.fault, period_ns=0, **more
        )

    def run(self, seconds: float) -> list[Weights]:
        """Let time pass; return what the driver delivers."""
        found: list[Weights] = []
        until_ns = self.clock.now_ns + round(seconds * SECOND)
        while self.clock.now_ns < until_ns:
            self.clock.wait_until(min(until_ns, self.clock.now_ns + TICK_NS))
            self.device.serve()
            found += self.scale.read(self.clock.now_ns)
        return found

    def grams(self, seconds: float) -> list[float]:
        """Let time pass; return the first plate's samples."""
        return column(self.run(seconds))


def column(records: Sequence[Weights], plate: int = 0) -> list[float]:
    """Return all samples of one plate."""
    return [float(value) for record in records for value in np.asarray(record.grams)[:, plate]]
