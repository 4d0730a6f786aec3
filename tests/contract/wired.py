"""Devices on wires in place of the twin's own: driver, line and emulator of each. `MAKERS` lists them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from contracts import ports
from contracts.clock import MILLISECOND, VirtualClock
from contracts.record import Record
from devices.line_pair import line_pair
from devices.scale.driver import SerialScale
from devices.scale.emulator import ScaleEmulator
from devices.scanner.codec import Codec
from devices.scanner.device_side import DeviceSide
from devices.scanner.driver import LineScanner
from devices.scanner.emulator import ScannerEmulator
from devices.scanner.ssi import SsiCodec, SsiProfile
from devices.scanner.ssi_device import SsiDevice

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
    """

    port: ports.Port
    serve: Callable[[], None]


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
    return scanner(like.info.id, SsiCodec(SsiProfile()), SsiDevice(SsiProfile()), clock)


def scanner(device: str, codec: Codec, side: DeviceSide, clock: VirtualClock) -> Wired:
    """Return a code scanner that speaks a protocol."""
    ours, theirs = line_pair()
    emulator = ScannerEmulator(device, theirs, side, clock)
    return Wired(LineScanner(device, ours, codec, clock, presenter=emulator), emulator.work)


MAKERS: dict[ports.PortKind, Callable[[ports.Port, VirtualClock], Wired]] = {
    ports.PortKind.SCALE: shelf,
    ports.PortKind.SCANNER: counter,
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
