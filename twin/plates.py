"""Weighing plates: from the true load on each plate to what a gondola's controller sends.

    reading = quantised(held(felt load + zero + drift + creep + swing of the rack + noise of the shelf))

The magnitudes are the store's (`twin.store_noise.PlateNoise`, measured on a real store's log); with noise off
nothing is added and nothing is rounded but to the converter's step. Samples are worked out together when a message
is full: nobody can see them earlier.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from contracts.clock import SECOND
from contracts.geometry import Floats
from contracts.layout import Gondola
from contracts.ports import FaultKind, PortInfo, PortKind
from contracts.record import take_due
from contracts.records import Weights
from twin.device_clock import TRUE, DeviceClock
from twin.plate_noise import PlateErrors
from twin.store_clock import Clock
from twin.store_noise import PlateNoise

FAULTS = (None, FaultKind.OFF, FaultKind.STUCK, FaultKind.GARBAGE)


class TwinScale:
    """The weighing controller of one gondola as a port.

    Args:
        gondola: the rack; the columns are its plates.
        noise: how its plates err.
        seed: the scenario's seed.
        noisy: False reads true grams, rounded to the converter's step, and stamps them with the true time.
        clock: how its clock errs.
    """

    def __init__(
        self, gondola: Gondola, noise: PlateNoise, seed: int, *, noisy: bool = True, clock: Clock = TRUE
    ) -> None:
        self.info = PortInfo(gondola.id, PortKind.SCALE)
        self.plates: Sequence[str] = tuple(plate.id for plate in gondola.plates)
        self._column = {plate: column for column, plate in enumerate(self.plates)}
        self._step_g, self._latency_ns = noise.resolution_g, noise.latency
        self._period_ns = round(SECOND / gondola.sample_rate_hz)
        self._block = gondola.block
        self._errors = PlateErrors(gondola, noise, seed, noisy=noisy)
        self._clock = DeviceClock(clock if noisy else TRUE, seed, gondola.id)
        self._started_ns = 0
        self._loads: list[Floats] = []
        self._treads: list[float] = []
        self._samples: list[Floats] = []
        self._waiting: list[Weights] = []
        self._faults: dict[str, FaultKind] = {}
        self._held: dict[str, float] = {}
        self._last = np.zeros(len(self.plates))

    def sample(self, now_ns: int, loads_g: Floats, tread: float = 0.0) -> None:
        """Take one sample.

        Args:
            now_ns: bench time.
            loads_g: (plates,) true load, grams; not changed afterwards.
            tread: how strongly footfalls since the sample before are felt here.
        """
        if not self.plates:
            return
        if not self._samples and not self._loads:
            self._started_ns = self._clock.stamp(now_ns)
        self._loads.append(loads_g)
        self._treads.append(tread)
        if len(self._samples) + len(self._loads) == self._block:
            self._measure()
            self._send(now_ns)

    def _measure(self) -> None:
        """Work out the samples that were taken under the present faults."""
        if not self._loads:
            return
        readings = self._errors.readings(np.array(self._loads), np.array(self._treads))
        rounded = np.round(readings / self._step_g) * self._step_g
        self._last = rounded[-1]
        self._samples += [self._with_faults(row) for row in rounded] if self._faults else list(rounded)
        self._loads, self._treads = [], []

    def _send(self, now_ns: int) -> None:
        """Send the block."""
        self._waiting.append(
            Weights(
                t_ns=now_ns + self._latency_ns + self._errors.late_ns(),
                source=self.info.id,
                started_ns=self._started_ns,
                period_ns=self._period_ns,
                grams=np.array(self._samples, np.float32),
            )
        )
        self._samples = []

    def _with_faults(self, reading: Floats) -> Floats:
        """Return the reading as faulty plates show it."""
        shown = reading.copy()
        for plate, kind in sorted(self._faults.items()):
            shown[self._column[plate]] = self._faulty(plate, kind)
        return shown

    def _faulty(self, plate: str, kind: FaultKind) -> float:
        if kind is FaultKind.OFF:
            return float("nan")
        if kind is FaultKind.STUCK:
            return self._held[plate]
        return self._errors.garbage()

    def read(self, until_ns: int) -> Sequence[Weights]:
        """Return what it reported after the last call and up to until_ns, oldest first."""
        return take_due(self._waiting, until_ns)

    def fault(self, kind: FaultKind | None) -> bool:
        """Begin a fault on all plates, or end it with None; return whether the device can have it."""
        return all(self.fault_plate(plate, kind) for plate in self.plates)

    def fault_plate(self, plate: str, kind: FaultKind | None) -> bool:
        """Begin or end a fault of one plate: OFF sends NaN, STUCK the last value, GARBAGE any value."""
        if kind not in FAULTS:
            return False
        self._measure()
        if kind is None:
            self._faults.pop(plate, None)
        else:
            self._faults[plate] = kind
            self._held[plate] = float(self._last[self._column[plate]])
        return True

    def safe_state(self) -> None:
        """A scale hurts nobody."""
