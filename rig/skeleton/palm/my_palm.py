"""A palm reader of your own: driver and emulator in one file.

The protocol is made up: "PALM", a quality from 0 to 1, and the handle of whoever it knows; no handle for a stranger.
Put your device's in its place.
"""

from __future__ import annotations

from collections.abc import Sequence

from contracts.errors import UsageError
from contracts.ports import Port, PortInfo, PortKind
from contracts.record import Record
from contracts.records import PalmScan
from devices.drivers.kind import DriverKind, Emulated, Wanted
from devices.drivers.lined import LinedDevice, LinedPort
from devices.drivers.lines import far, near

NAME = "palm/my-palm"
SETTINGS = "baud=9600&format=8N1"
"""Of its serial line, unless the bench file says others."""


class MyPalmReader(LinedPort):
    """The driver."""

    def present(self, handle: str) -> None:  # noqa: ARG002  # a person does
        """Hold a palm over it.

        Raises:
            UsageError: nothing at this bench can.
        """
        raise UsageError("nothing holds palms over this reader", where=self.info.id, expected="a person")

    def read(self, until_ns: int) -> Sequence[PalmScan]:  # noqa: ARG002  # whatever came by now
        """Return what it reported after the last call, oldest first."""
        return [scan for text in self.heard() if (scan := self._scan(text)) is not None]

    def _scan(self, text: str) -> PalmScan | None:
        word, *rest = text.split()
        try:
            quality = float(rest[0])
        except (ValueError, IndexError):
            return None
        if word != "PALM" or not 0 <= quality <= 1:
            return None
        return PalmScan(t_ns=self.clock.now_ns, source=self.info.id, handle=" ".join(rest[1:]), quality=quality)


class MyDevice(LinedDevice):
    """The reader itself, for the emulator: it knows the palms that the twin's reader knows."""

    def live(self, record: Record) -> None:
        """Tell of a palm that the twin's own reader told of."""
        if isinstance(record, PalmScan):
            self.say(f"PALM {record.quality:.2f} {record.handle}")


def _make(wanted: Wanted) -> Port:
    return MyPalmReader(PortInfo(wanted.id, PortKind.PALM_READER, NAME), near(wanted.line, SETTINGS), wanted.clock)


def _emulate(wanted: Wanted) -> Emulated:
    return MyDevice(far(wanted.line), wanted.clock)


KINDS = (DriverKind(NAME, PortKind.PALM_READER, "a palm reader of my own", _make, emulate=_emulate),)
