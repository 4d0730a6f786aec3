"""Card terminals for the ports' suite, as the small store has none; whatever asks for a card gets one."""

from __future__ import annotations

from contracts.clock import VirtualClock
from contracts.steps import Card
from devices.line_pair import line_pair
from devices.terminal.driver import ZvtTerminal
from devices.terminal.emulator import ZvtEmulator
from devices.terminal.profile import Profile
from devices.terminal.server import pump
from tests.contract.wired import Wired
from twin.terminal import TwinCardTerminal

CARD = Card(token="card-1")


def terminal(clock: VirtualClock, *, on_a_wire: bool) -> dict[str, Wired]:
    """Return a terminal by its id: the twin's, or a driver with an emulator."""
    return {"terminal-1": (_zvt if on_a_wire else _twin)("terminal-1", clock)}


def _twin(device: str, clock: VirtualClock) -> Wired:
    port = TwinCardTerminal(device, seed=3)

    def serve() -> None:
        port.advance(clock.now_ns)
        port.present(CARD)

    return Wired(port, serve)


def _zvt(device: str, clock: VirtualClock) -> Wired:
    profile = Profile(currency="USD")
    ours, theirs = line_pair()
    emulator = ZvtEmulator(profile, seed=3)
    port = ZvtTerminal(device, lambda: ours, clock, profile, faults=emulator.fault)

    def serve() -> None:
        emulator.present(CARD)
        pump(emulator, theirs, clock.now_ns)

    return Wired(port, serve)
