"""A card terminal of your own: driver and emulator in one file.

The protocol is made up: "PAY", a key, minor units and a currency are told to it; "DONE", the key, how it ended and a
token are told by it. Put your device's in its place.
"""

from __future__ import annotations

from collections.abc import Sequence

from contracts.checkout import TerminalEvent, TerminalEventKind
from contracts.clock import Clock
from contracts.ports import Port, PortInfo, PortKind
from contracts.record import Record
from contracts.steps import Card
from devices.drivers.kind import DriverKind, Emulated, Wanted
from devices.drivers.lined import LinedDevice, LinedPort
from devices.drivers.lines import far, near
from devices.line import Line

NAME = "terminal/my-terminal"
SETTINGS = "baud=9600&format=8N1"
"""Of its serial line, unless the bench file says others."""


class MyTerminal(LinedPort):
    """The driver."""

    def __init__(self, info: PortInfo, line: Line, clock: Clock) -> None:
        super().__init__(info, line, clock)
        self._asked: set[str] = set()

    def request(self, key: str, amount_minor: int, currency: str) -> None:
        """Ask for a payment; the answer comes as a record with the same key. A key is asked for once."""
        if key not in self._asked:
            self._asked.add(key)
            self.tell(f"PAY {key} {amount_minor} {currency}")

    def read(self, until_ns: int) -> Sequence[TerminalEvent]:  # noqa: ARG002  # whatever came by now
        """Return what it reported after the last call, oldest first."""
        return [event for text in self.heard() if (event := self._event(text)) is not None]

    def _event(self, text: str) -> TerminalEvent | None:
        word, key, kind, token, *_ = [*text.split(), "", "", "", ""]
        if word != "DONE" or key not in self._asked or kind not in list(TerminalEventKind):
            return None
        end = TerminalEventKind(kind)
        return TerminalEvent(t_ns=self.clock.now_ns, source=self.info.id, kind=end, key=key, token=token)


class MyDevice(LinedDevice):
    """The terminal itself, for the emulator: whoever holds a card is asked, as the twin's people do."""

    def __init__(self, line: Line, clock: Clock) -> None:
        super().__init__(line, clock)
        self._keys: list[str] = []

    def obey(self, text: str) -> None:
        """Take note of what is to be paid."""
        word, *rest = text.split()
        if word == "PAY" and rest:
            self._keys.append(rest[0])

    def live(self, record: Record) -> None:
        """End the payment as the twin's own terminal ended it."""
        if isinstance(record, TerminalEvent):
            self._end(record.kind, record.token)

    def hold(self, card: Card) -> None:
        """Have a card held against it."""
        self._end(TerminalEventKind.APPROVED, card.token)

    def _end(self, kind: TerminalEventKind, token: str) -> None:
        if self._keys:
            self.say(f"DONE {self._keys.pop(0)} {kind.value} {token}")


def _make(wanted: Wanted) -> Port:
    return MyTerminal(PortInfo(wanted.id, PortKind.CARD_TERMINAL, NAME), near(wanted.line, SETTINGS), wanted.clock)


def _emulate(wanted: Wanted) -> Emulated:
    return MyDevice(far(wanted.line), wanted.clock)


KINDS = (DriverKind(NAME, PortKind.CARD_TERMINAL, "a card terminal of my own", _make, emulate=_emulate),)
