"""One suite a port: on the twin's own devices, on drivers with emulators, on either behind a shim, and recorded."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from contracts import ports
from contracts.checkout import TerminalEvent
from contracts.clock import VirtualClock
from contracts.errors import DeviceUnavailable, PortInUse, UsageError
from contracts.record import Record
from contracts.records import (
    Direction,
    GateAction,
    GateCommand,
    GateEvent,
    GateEventKind,
    PalmScan,
    Scan,
    ScreenCommand,
)
from devices.shim import remote
from devices.shim.client import Bench
from devices.shim.host import serve
from tests.contract.replayed import replayed
from tests.contract.rigs import Rig
from tests.contract.terminals import terminal
from tests.contract.wired import wired
from tests.contracts.test_wire import plain
from tests.twin.smallstore import small_store
from twin.source import TwinSource

SECOND = 1_000_000_000


@pytest.fixture(params=["twin", "twin behind a shim", "wires", "wires behind a shim", "replay", "replay of wires"])
def rig(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Rig]:
    twin, clock = TwinSource(small_store(), (), seed=3), VirtualClock()
    on_wires = "wires" in request.param
    wires = wired(twin.ports, clock) if on_wires else {}
    wires |= terminal(clock, on_a_wire=on_wires)
    devices = {**twin.ports, **{id_: device.port for id_, device in wires.items()}}
    if request.param.startswith("replay"):
        others = {name: value for name, value in arguments_of(request).items() if name != "rig"}
        yield replayed(Rig(twin, devices, wires, clock), request.function, others, tmp_path / "ports.mcap")
    elif not request.param.endswith("shim"):
        yield Rig(twin, devices, wires, clock)
    else:
        with serve(devices) as shim, Bench(shim.address) as bench:
            yield Rig(twin, dict(bench.ports), wires, clock)
    twin.close()


def arguments_of(request: pytest.FixtureRequest) -> dict[str, Any]:
    """Return what a test is parametrised with."""
    return dict(request.node.callspec.params)


def of_kind(rig: Rig, kind: ports.PortKind) -> str:
    return next(id_ for id_, port in sorted(rig.devices.items()) if port.info.kind is kind)


def test_every_port_says_who_it_is_and_has_its_kinds_methods(rig: Rig) -> None:
    protocols = {
        ports.PortKind.CAMERA: ports.Camera,
        ports.PortKind.SCALE: ports.Scale,
        ports.PortKind.GATE: ports.Gate,
        ports.PortKind.SCANNER: ports.Scanner,
        ports.PortKind.PALM_READER: ports.PalmReader,
        ports.PortKind.CARD_TERMINAL: ports.CardTerminal,
        ports.PortKind.SCREEN: ports.Screen,
    }
    assert rig.devices
    for id_, port in rig.devices.items():
        assert port.info.id == id_
        assert isinstance(port, protocols[port.info.kind])


def test_a_fault_is_had_or_refused_and_a_safe_state_is_always_reached(rig: Rig) -> None:
    for port in rig.devices.values():
        for fault in ports.FaultKind:
            assert port.fault(fault) in (True, False)
            assert port.fault(None) is True
        port.safe_state()


def test_a_scale_sends_blocks_of_all_its_plates(rig: Rig) -> None:
    scale = of_kind(rig, ports.PortKind.SCALE)
    port = rig.devices[scale]
    assert isinstance(port, ports.Scale)
    records = rig.advance(scale, SECOND)
    assert len(port.plates) == 8
    assert [r.t_ns for r in records] == sorted(r.t_ns for r in records)
    assert len(records) in (4, 5)
    assert all(r.source == scale and r.grams.shape == (12, len(port.plates)) for r in records)  # type: ignore[attr-defined]
    assert rig.advance(scale, SECOND) == []


def told(records: list[Record]) -> list[GateEventKind]:
    return [r.kind for r in records if isinstance(r, GateEvent)]


def tell(rig: Rig, action: GateAction, direction: Direction = Direction.IN) -> None:
    port = rig.devices["gate-in"]
    assert isinstance(port, ports.Gate)
    port.command(GateCommand(t_ns=0, source="stack", gate="gate-in", action=action, direction=direction, visit="v1"))


def test_a_gate_opens_when_told_and_tells_of_it(rig: Rig) -> None:
    assert rig.advance("gate-in", SECOND) == []
    tell(rig, GateAction.OPEN)
    assert told(rig.advance("gate-in", 2 * SECOND)) == [GateEventKind.OPENED]
    assert told(rig.advance("gate-in", 9 * SECOND)) == [GateEventKind.TIMED_OUT, GateEventKind.CLOSED]


@pytest.mark.parametrize("direction", Direction)
def test_a_gate_lets_one_through_and_locks_behind(rig: Rig, direction: Direction) -> None:
    rig.advance("gate-in", SECOND)
    assert not rig.cross("gate-in", direction)
    rig.advance("gate-in", 3 * SECOND)
    tell(rig, GateAction.OPEN, direction)
    rig.advance("gate-in", 4 * SECOND)
    assert rig.cross("gate-in", direction)
    passed = GateEventKind.PASSED_IN if direction is Direction.IN else GateEventKind.PASSED_OUT
    assert told(rig.advance("gate-in", 7 * SECOND)) == [passed, GateEventKind.CLOSED]
    assert not rig.cross("gate-in", direction)


def test_a_gate_that_is_locked_again_lets_nobody_through(rig: Rig) -> None:
    rig.advance("gate-in", SECOND)
    tell(rig, GateAction.OPEN)
    rig.advance("gate-in", 2 * SECOND)
    tell(rig, GateAction.LOCK)
    assert told(rig.advance("gate-in", 3 * SECOND)) == [GateEventKind.CLOSED]
    assert not rig.cross("gate-in", Direction.IN)


def test_a_gate_that_is_off_obeys_nobody_and_says_nothing(rig: Rig) -> None:
    rig.advance("gate-in", SECOND)
    assert rig.devices["gate-in"].fault(ports.FaultKind.OFF)
    tell(rig, GateAction.OPEN)
    assert rig.advance("gate-in", 3 * SECOND) == []
    assert not rig.cross("gate-in", Direction.IN)


def test_a_gate_in_its_safe_state_lets_people_out(rig: Rig) -> None:
    rig.advance("gate-in", SECOND)
    rig.devices["gate-in"].safe_state()
    assert told(rig.advance("gate-in", 2 * SECOND)) == [GateEventKind.OPENED]
    assert rig.cross("gate-in", Direction.OUT)
    assert told(rig.advance("gate-in", 3 * SECOND))[:1] == [GateEventKind.PASSED_OUT]


def test_a_scanner_reads_the_very_bytes_it_is_shown(rig: Rig) -> None:
    scanner = of_kind(rig, ports.PortKind.SCANNER)
    port = rig.devices[scanner]
    assert isinstance(port, ports.Scanner)
    rig.advance(scanner, SECOND)
    port.present(b"\x00code\xff")
    scans = rig.advance(scanner, 2 * SECOND)
    assert [(r.code, r.source) for r in scans if isinstance(r, Scan)] == [(rig.code(b"\x00code\xff"), scanner)]
    assert SECOND < scans[0].t_ns <= 2 * SECOND


def test_a_scanner_that_is_off_reads_nothing(rig: Rig) -> None:
    scanner = of_kind(rig, ports.PortKind.SCANNER)
    port = rig.devices[scanner]
    assert isinstance(port, ports.Scanner)
    assert port.fault(ports.FaultKind.OFF)
    port.present(b"code")
    assert rig.advance(scanner, SECOND) == []


def test_a_palm_reader_tells_an_opaque_handle(rig: Rig) -> None:
    reader = of_kind(rig, ports.PortKind.PALM_READER)
    port = rig.devices[reader]
    assert isinstance(port, ports.PalmReader)
    port.present("palm-1")
    assert [r.handle for r in rig.advance(reader, 2 * SECOND) if isinstance(r, PalmScan)] == ["palm-1"]


def test_a_screen_takes_text(rig: Rig) -> None:
    screen = of_kind(rig, ports.PortKind.SCREEN)
    port = rig.devices[screen]
    assert isinstance(port, ports.Screen)
    port.show(ScreenCommand(t_ns=0, source="stack", screen=screen, text="welcome"))
    assert rig.advance(screen, SECOND) == []


def test_a_camera_tells_its_calibration(rig: Rig) -> None:
    cameras = [port for port in rig.devices.values() if isinstance(port, ports.Camera)]
    assert [plain(port.calibration) for port in cameras] == [plain(camera) for camera in rig.twin.layout.cameras]


def test_a_terminal_answers_each_key_once(rig: Rig) -> None:
    terminals = [id_ for id_, port in rig.devices.items() if port.info.kind is ports.PortKind.CARD_TERMINAL]
    assert terminals
    for id_ in terminals:
        port = rig.devices[id_]
        assert isinstance(port, ports.CardTerminal)
        port.request("k1", 199, "USD")
        port.request("k1", 199, "USD")
        assert [r.key for r in rig.advance(id_, 6 * SECOND) if isinstance(r, TerminalEvent)] == ["k1"]


def test_a_shim_refuses_what_it_does_not_have() -> None:
    twin = TwinSource(small_store(), (), seed=3)
    with serve({"gate-in": twin.ports["gate-in"]}) as shim, Bench(shim.address) as bench:
        wrong = remote.RemoteScanner(bench, ports.PortInfo("gate-in", ports.PortKind.SCANNER))
        with pytest.raises(UsageError, match="'gate-in' is a gate, not a scanner"):
            wrong.present(b"x")
        absent = remote.RemoteGate(bench, ports.PortInfo("gate-9", ports.PortKind.GATE))
        with pytest.raises(UsageError, match="one of gate-in"):
            absent.safe_state()
        with pytest.raises(PortInUse, match="the port is taken"):
            serve({}, port=shim.port)
        address = shim.address
    with pytest.raises(DeviceUnavailable, match="no device shim listens there"):
        Bench(address)
    with pytest.raises(UsageError, match="loopback only"):
        serve({}, host="0.0.0.0")
    twin.close()
