"""Devices on wires in place of the twin's own: driver, line and emulator of each. `MAKERS` lists them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from contracts import ports
from contracts.clock import MILLISECOND, VirtualClock
from contracts.record import Record
from contracts.records import Direction
from devices.gate import modules, turnstiles
from devices.gate.driver import IoGate
from devices.gate.emulator import GateEmulator
from devices.line_pair import line_pair
from devices.modbus.client import Client
from devices.modbus.framing import Framing
from devices.modbus.serve import pump
from devices.scale.driver import SerialScale
from devices.scale.emulator import ScaleEmulator
from devices.scanner import profiles as scanners

SAMPLES_A_SECOND, BLOCK = 60, 12
"""Of a gondola's controller, as the twin's own sends."""
TICK_NS = 50 * MILLISECOND
"""As a run does."""


@dataclass(frozen=True, slots=True)
class Wired:
    """A device on a wire.

    Args:
        port: its driver.
        serve: lets its emulator hear and speak.
        cross: lets a body cross, where it is a gate; returns whether the gate had been opened for it.
    """

    port: ports.Port
    serve: Callable[[], None]
    cross: Callable[[Direction], bool] | None = None


def shelf(like: ports.Port, clock: VirtualClock) -> Wired:
    """Return a home-made shelf: one cell a plate, HX711 converters and a microcontroller."""
    assert isinstance(like, ports.Scale)
    ours, theirs = line_pair()
    device = ScaleEmulator("hx711-80", theirs, clock, plates=len(like.plates))
    driver = SerialScale(
        like.info.id,
        like.plates,
        "hx711-80",
        ours,
        clock,
        period_ns=1_000_000_000 // SAMPLES_A_SECOND,
        block=BLOCK,
        faults=device.fault,
    )
    return Wired(driver, device.serve)


def counter(like: ports.Port, clock: VirtualClock) -> Wired:
    """Return a code scanner; of the protocols the one with most to go wrong (test_scanners has them all)."""
    return scanner("zebra-ssi", like.info.id, clock)


def scanner(profile: str, device: str, clock: VirtualClock) -> Wired:
    """Return a code scanner of a kind."""
    ours, theirs = line_pair()
    emulator = scanners.emulator(profile, device, theirs, clock)
    return Wired(scanners.driver(profile, device, ours, clock, emulator), emulator.work)


def gate(like: ports.Port, clock: VirtualClock) -> Wired:
    """Return a tripod behind an I/O module (tests/devices/gate has all of both)."""
    ours, theirs = line_pair()
    module, turnstile = modules.find("adam-6060"), turnstiles.find("perco-pulse")
    emulator = GateEmulator(module, turnstile, clock)
    end = emulator.device(Framing.TCP)
    client = Client(like.info.id, lambda: ours, Framing.TCP, clock)
    port = IoGate(like.info.id, module, turnstile, client, clock, faults=emulator.fault)

    def serve() -> None:
        pump(end, theirs, clock)
        emulator.advance()

    return Wired(port, serve, emulator.passed)


def palm_reader(like: ports.Port, clock: VirtualClock) -> Wired:
    """Return a palm reader that speaks OSDP in the secure channel (test_osdp has its other ways)."""
    from tests.contract.osdp import reader

    return reader("osdp-palm", like.info.id, clock)


MAKERS: dict[ports.PortKind, Callable[[ports.Port, VirtualClock], Wired]] = {
    ports.PortKind.SCALE: shelf,
    ports.PortKind.SCANNER: counter,
    ports.PortKind.GATE: gate,
    ports.PortKind.PALM_READER: palm_reader,
}


def wired(twin: Mapping[str, ports.Port], clock: VirtualClock) -> dict[str, Wired]:
    """Return a wired device for each of the twin's that can be had on a wire."""
    return {id_: MAKERS[port.info.kind](port, clock) for id_, port in sorted(twin.items()) if port.info.kind in MAKERS}


def pass_time(device: Wired, seen: ports.Port, clock: VirtualClock, until_ns: int) -> list[Record]:
    """Let time pass on a wire; return what is seen of the device, at its driver or through a shim."""
    found: list[Record] = []
    while clock.now_ns < until_ns:
        clock.wait_until(min(until_ns, clock.now_ns + TICK_NS))
        device.serve()
        found += seen.read(clock.now_ns)
    return found
