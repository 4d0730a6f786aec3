"""A rack of scales of your own: driver and emulator in one file.

The protocol is made up: "W", then grams a plate, five times a second. Put your device's in its place.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from contracts.clock import MILLISECOND, Clock
from contracts.ports import Port, PortInfo, PortKind
from contracts.record import Record
from contracts.records import Weights
from devices.drivers.kind import DriverKind, Emulated, Wanted
from devices.drivers.lined import LinedDevice, LinedPort
from devices.drivers.lines import far, near
from devices.line import Line

PERIOD_NS = 200 * MILLISECOND

NAME = "scale/my-scale"
SETTINGS = "baud=9600&format=8N1"
"""Of its serial line, unless the bench file says others."""


class MyScale(LinedPort):
    """The driver."""

    def __init__(self, info: PortInfo, line: Line, clock: Clock, plates: Sequence[str]) -> None:
        super().__init__(info, line, clock)
        self.plates = tuple(plates)

    def read(self, until_ns: int) -> Sequence[Weights]:  # noqa: ARG002  # whatever came by now
        """Return what it reported after the last call, oldest first."""
        rows = [row for text in self.heard() if (row := _row(text, len(self.plates)))]
        return [self._record(row) for row in rows]

    def _record(self, row: tuple[float, ...]) -> Weights:
        now_ns = self.clock.now_ns
        grams = np.array([row], np.float32)
        return Weights(t_ns=now_ns, source=self.info.id, started_ns=now_ns, period_ns=PERIOD_NS, grams=grams)


class MyDevice(LinedDevice):
    """The rack itself, for the emulator: it bears what the twin's plates bear."""

    def __init__(self, line: Line, clock: Clock, plates: int) -> None:
        super().__init__(line, clock)
        self._grams = [0.0] * plates
        self._next_ns = 0

    def work(self) -> None:
        """Say what it bears, when that is due."""
        super().work()
        if self.clock.now_ns >= self._next_ns:
            self._next_ns = self.clock.now_ns + PERIOD_NS
            self.say("W " + " ".join(f"{grams:.1f}" for grams in self._grams))

    def live(self, record: Record) -> None:
        """Bear what the twin's plates bear."""
        if isinstance(record, Weights):
            self._grams = [float(grams) for grams in record.grams[-1]]


def _row(text: str, plates: int) -> tuple[float, ...]:
    """Return the grams of a line, none of one that is broken."""
    word, *values = text.split()
    try:
        row = tuple(map(float, values))
    except ValueError:
        return ()
    return row if word == "W" and len(row) == plates else ()


def _make(wanted: Wanted) -> Port:
    return MyScale(PortInfo(wanted.id, PortKind.SCALE, NAME), near(wanted.line, SETTINGS), wanted.clock, wanted.plates)


def _emulate(wanted: Wanted) -> Emulated:
    return MyDevice(far(wanted.line), wanted.clock, len(wanted.plates))


KINDS = (DriverKind(NAME, PortKind.SCALE, "a rack of my own", _make, emulate=_emulate),)
