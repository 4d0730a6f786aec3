"""A payment over a serial port: pySerial on one side, the emulator on a pseudo-terminal on the other."""

from contracts.checkout import TerminalEvent, TerminalEventKind
from contracts.clock import MILLISECOND, VirtualClock, WallClock
from devices.fd_line import pseudo_terminal
from devices.line import SerialLine
from devices.terminal.behaviour import Behaviour
from devices.terminal.driver import ZvtTerminal
from devices.terminal.emulator import ZvtEmulator
from devices.terminal.profile import SERIAL
from devices.terminal.server import pump
from tests.devices.terminal.bench import ANA, TICK_NS


def test_a_card_pays_over_a_serial_port_that_loses_half_a_frame_now_and_then() -> None:
    theirs, name = pseudo_terminal()
    emulator = ZvtEmulator(SERIAL, Behaviour(half_every=6))
    clock, wall = VirtualClock(), WallClock()
    driver = ZvtTerminal("terminal-1", lambda: SerialLine(f"{name}?baud=115200&format=8N2"), clock, SERIAL)
    driver.request("k1", 1000, "EUR")
    found: list[TerminalEvent] = []
    for _ in range(2000):
        if found:
            break
        clock.wait_until(clock.now_ns + TICK_NS)
        wall.wait_until(wall.now_ns + MILLISECOND)
        found += driver.read(clock.now_ns)
        emulator.present(ANA)
        pump(emulator, theirs, clock.now_ns)
    driver.close()
    theirs.close()
    assert [(event.key, event.kind) for event in found] == [("k1", TerminalEventKind.APPROVED)]
    assert emulator.journal.taken_minor == 1000
