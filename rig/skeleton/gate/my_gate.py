"""A gate of your own: driver and emulator in one file.

The protocol is made up: "OPEN IN", "OPEN OUT" and "LOCK" are told to it; "opened", "passed_in" and the like are told
by it, a line each. Put your device's in its place.
"""

from __future__ import annotations

from collections.abc import Sequence

from contracts.clock import Clock
from contracts.ports import Port, PortInfo, PortKind
from contracts.record import Record
from contracts.records import AnswerRecord, Direction, GateAction, GateCommand, GateEvent, GateEventKind
from devices.drivers.kind import DriverKind, Emulated, Wanted
from devices.drivers.lined import LinedDevice, LinedPort
from devices.drivers.lines import far, near
from devices.line import Line

NAME = "gate/my-gate"
SETTINGS = "baud=9600&format=8N1"
"""Of its serial line, unless the bench file says others."""


class MyGate(LinedPort):
    """The driver."""

    def command(self, command: GateCommand) -> None:
        """Take an order; it acts from now on."""
        opens = command.action is GateAction.OPEN
        self.tell(f"OPEN {command.direction.value.upper()}" if opens else "LOCK")

    def read(self, until_ns: int) -> Sequence[GateEvent]:  # noqa: ARG002  # whatever came by now
        """Return what it reported after the last call, oldest first."""
        known = [text for text in self.heard() if text in list(GateEventKind)]
        return [GateEvent(t_ns=self.clock.now_ns, source=self.info.id, kind=GateEventKind(text)) for text in known]

    def safe_state(self) -> None:
        """Let people out."""
        self.tell("OPEN OUT")


class MyDevice(LinedDevice):
    """The gate itself, for the emulator: the wire opens it, the twin's bodies pass."""

    def __init__(self, device: str, line: Line, clock: Clock) -> None:
        super().__init__(line, clock)
        self._device = device
        self._orders: list[AnswerRecord] = []

    def obey(self, text: str) -> None:
        """Do what a line says."""
        word, _, side = text.partition(" ")
        if word not in ("OPEN", "LOCK") or (word == "OPEN" and side not in ("IN", "OUT")):
            return
        action = GateAction.OPEN if word == "OPEN" else GateAction.LOCK
        direction = Direction.OUT if side == "OUT" else Direction.IN
        now_ns, gate = self.clock.now_ns, self._device
        self._orders.append(GateCommand(t_ns=now_ns, source=gate, gate=gate, action=action, direction=direction))
        self.say("opened" if action is GateAction.OPEN else "closed")

    def live(self, record: Record) -> None:
        """Tell who passed the twin's own gate."""
        if isinstance(record, GateEvent) and record.kind.value.startswith("passed"):
            self.say(record.kind.value)

    def orders(self) -> Sequence[AnswerRecord]:
        """Return what the wire has told it since the last call."""
        orders, self._orders = self._orders, []
        return orders


def _make(wanted: Wanted) -> Port:
    return MyGate(PortInfo(wanted.id, PortKind.GATE, NAME), near(wanted.line, SETTINGS), wanted.clock)


def _emulate(wanted: Wanted) -> Emulated:
    return MyDevice(wanted.id, far(wanted.line), wanted.clock)


KINDS = (DriverKind(NAME, PortKind.GATE, "a gate of my own", _make, emulate=_emulate),)
