"""A screen of your own: driver and emulator in one file.

The protocol is made up: "SHOW", then the text. Put your device's in its place.
"""

from __future__ import annotations

from collections.abc import Sequence

from contracts.clock import Clock
from contracts.ports import Port, PortInfo, PortKind
from contracts.record import Record
from contracts.records import ScreenCommand
from devices.drivers.kind import DriverKind, Emulated, Wanted
from devices.drivers.lined import LinedDevice, LinedPort
from devices.drivers.lines import far, near
from devices.line import Line

NAME = "screen/my-screen"
SETTINGS = "baud=9600&format=8N1"
"""Of its serial line, unless the bench file says others."""


class MyScreen(LinedPort):
    """The driver."""

    def show(self, command: ScreenCommand) -> None:
        """Show it until the next; a code for phones to scan is left out here."""
        self.tell("SHOW " + " ".join(command.text.split()))

    def read(self, until_ns: int) -> Sequence[Record]:  # noqa: ARG002  # a screen says nothing
        """Return nothing, and take what came off the line."""
        self.heard()
        return ()

    def safe_state(self) -> None:
        """Go dark."""
        self.tell("SHOW")


class MyDevice(LinedDevice):
    """The screen itself, for the emulator."""

    def __init__(self, line: Line, clock: Clock) -> None:
        super().__init__(line, clock)
        self.text = ""

    def obey(self, text: str) -> None:
        """Show what a line says."""
        word, _, said = text.partition(" ")
        if word == "SHOW":
            self.text = said


def _make(wanted: Wanted) -> Port:
    return MyScreen(PortInfo(wanted.id, PortKind.SCREEN, NAME), near(wanted.line, SETTINGS), wanted.clock)


def _emulate(wanted: Wanted) -> Emulated:
    return MyDevice(far(wanted.line), wanted.clock)


KINDS = (DriverKind(NAME, PortKind.SCREEN, "a screen of my own", _make, emulate=_emulate),)
