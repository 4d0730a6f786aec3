"""A till and an emulated terminal, joined in memory, on virtual time."""

from __future__ import annotations

from contracts.checkout import TerminalEvent
from contracts.clock import MILLISECOND, VirtualClock
from contracts.steps import Card
from devices.line_pair import LineEnd, line_pair
from devices.terminal.behaviour import Behaviour
from devices.terminal.driver import ZvtTerminal
from devices.terminal.emulator import ZvtEmulator
from devices.terminal.profile import TCP, Profile
from devices.terminal.server import pump

TICK_NS = 50 * MILLISECOND
ANA = Card(token="card-ana")


class TappedLine:
    """A line that keeps what passes it: ("O", what the till sends), ("I", what it hears)."""

    def __init__(self, line: LineEnd, seen: list[tuple[str, bytes]]) -> None:
        self.line, self.seen = line, seen

    def read(self) -> bytes:
        data = self.line.read()
        if data:
            self.seen.append(("I", data))
        return data

    def write(self, data: bytes) -> None:
        self.seen.append(("O", data))
        self.line.write(data)

    def close(self) -> None:
        self.line.close()


class Bench:
    """Pumps both sides once a tick; `connections` counts how often the till opened the line."""

    def __init__(self, profile: Profile = TCP, behaviour: Behaviour | None = None, seed: int = 0) -> None:
        self.clock = VirtualClock()
        self.emulator = ZvtEmulator(profile, behaviour, seed)
        self.far: LineEnd | None = None
        self.near: LineEnd | None = None
        self.log: list[str] = []
        self.wire: list[tuple[str, bytes]] = []
        self.connections = 0
        self.unplugged = False
        self.driver = ZvtTerminal("terminal-1", self.connect, self.clock, profile, self.log.append)

    def connect(self) -> TappedLine:
        self.connections += 1
        self.near, self.far = line_pair()
        self.emulator.connect()
        return TappedLine(self.near, self.wire)

    def run(self, span_ns: int, card: Card | None = None) -> list[TerminalEvent]:
        """Let time pass; as soon as the terminal wants a card, it gets this one."""
        found: list[TerminalEvent] = []
        until_ns = self.clock.now_ns + span_ns
        while self.clock.now_ns < until_ns:
            self.clock.wait_until(self.clock.now_ns + TICK_NS)
            found += self.driver.read(self.clock.now_ns)
            if card and self.emulator.wants_card:
                self.emulator.present(card)
                card = None
            self._terminal()
        return found

    def _terminal(self) -> None:
        if self.far is None or not self.far.open:
            self.emulator.advance(self.clock.now_ns)
            return
        pump(self.emulator, self.far, self.clock.now_ns)
        if not self.far.open and self.near:
            self.near.close()
