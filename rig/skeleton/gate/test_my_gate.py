"""A gate without a wire, and driver and emulator at both ends of a pseudo-terminal."""

from pathlib import Path

import pytest

from contracts.clock import MILLISECOND, VirtualClock
from contracts.ports import FaultKind, Gate, PortInfo
from contracts.records import GateAction, GateCommand, GateEvent, GateEventKind
from devices.drivers.opening import open_device, open_exposed
from devices.line_pair import line_pair
from my_gate import KINDS, MyGate

(KIND,) = KINDS
DEVICE = "gate-in"


def test_orders_and_passages_cross_a_wire(tmp_path: Path) -> None:
    clock, port = VirtualClock(), tmp_path / "line"
    device = open_exposed(KIND, DEVICE, f"pty:{port}", clock)
    driver = open_device(KIND, DEVICE, str(port), clock)
    driver.command(GateCommand(t_ns=0, source="stack", gate=DEVICE, action=GateAction.OPEN))
    device.work()
    assert [order.action for order in device.orders()] == [GateAction.OPEN]
    device.live(GateEvent(t_ns=0, source=DEVICE, kind=GateEventKind.PASSED_IN))
    found = []
    for _ in range(10):
        clock.wait_until(clock.now_ns + 50 * MILLISECOND)
        device.work()
        found += driver.read(clock.now_ns)
    assert [event.kind for event in found] == [GateEventKind.OPENED, GateEventKind.PASSED_IN]
    driver.close()
    device.close()


def test_it_has_the_methods_of_its_port_and_can_be_off_and_safe() -> None:
    ours, _ = line_pair()
    port = MyGate(PortInfo(DEVICE, KIND.kind, KIND.name), ours, VirtualClock())
    assert isinstance(port, Gate)
    assert port.info.kind is KIND.kind
    assert port.fault(FaultKind.OFF)
    assert port.fault(None)
    port.safe_state()


def test_garbage_is_no_exception_and_no_record() -> None:
    ours, theirs = line_pair()
    port = MyGate(PortInfo(DEVICE, KIND.kind, KIND.name), ours, VirtualClock())
    for garbage in (b"\xff" * 9000, b"\r\n\r\n", b"NONSENSE 1 2 3\r\n", bytes(range(256)) + b"\n"):
        theirs.write(garbage)
        assert list(port.read(10)) == []


def test_the_rig_knows_it_by_name() -> None:
    from devices.drivers.registry import load

    kinds = load().kinds
    if KIND.name not in kinds:
        pytest.skip("not installed: pip install -e .")
    assert kinds[KIND.name] == KIND
