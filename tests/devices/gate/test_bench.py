"""Gates as bench files name them: opened, emulated, probed, and driven by the twin's own gate."""

from pathlib import Path

import pytest

from contracts.clock import MILLISECOND, SECOND, WallClock
from contracts.errors import DeviceUnavailable, UsageError
from contracts.ports import FaultKind, Gate
from contracts.records import Direction, GateAction, GateCommand, GateEvent, GateEventKind
from devices.drivers.opening import open_device, open_exposed
from devices.drivers.registry import find
from devices.gate.driver import IoGate
from devices.gate.emulated import EmulatedGate
from devices.gate.kinds import KINDS, GateOptions
from devices.modbus.address import Address, of_line
from devices.modbus.harm import Harm
from tests.devices.gate.bench import IN, OPENED, PASSED_IN

OPEN = GateCommand(t_ns=0, source="stack", gate="gate-in", action=GateAction.OPEN, direction=IN)


def pair(line: str, name: str = "gate/perco-pulse", **options: object) -> tuple[WallClock, EmulatedGate, IoGate]:
    clock, settings = WallClock(), GateOptions.model_validate(options)
    exposed = open_exposed(find(name), "gate-in", line, clock, options=settings)
    assert isinstance(exposed, EmulatedGate)
    near = line.removeprefix("pty:")
    if line.startswith("listen"):
        near = f"socket://127.0.0.1:{exposed._end._line.port}"  # type: ignore[attr-defined]
    gate = open_device(find(name), "gate-in", near, clock, options=settings)
    assert isinstance(gate, IoGate)
    assert isinstance(gate, Gate)
    return clock, exposed, gate


def until(clock: WallClock, exposed: EmulatedGate, gate: IoGate, kind: GateEventKind | None) -> bool:
    """Let both work until the gate reports something, or has begun; as long as a busy machine needs."""
    began_ns = clock.now_ns
    while clock.now_ns - began_ns < 30 * SECOND:
        exposed.work()
        events = [event.kind for event in gate.read(clock.now_ns)]
        if kind in events or (kind is None and gate.state == "locked"):
            return True
        clock.wait_until(clock.now_ns + MILLISECOND)
    return False


@pytest.mark.parametrize("module", ["adam-6060", "waveshare-io-8ch"])
@pytest.mark.parametrize("line", ["pty", "listen"])
def test_the_twins_own_gate_is_opened_over_a_wire_and_its_bodies_pass(line: str, module: str, tmp_path: Path) -> None:
    where = f"pty:{tmp_path}/gate" if line == "pty" else "listen://127.0.0.1:0"
    clock, exposed, gate = pair(where, module=module)
    assert until(clock, exposed, gate, None)
    assert exposed.orders() == []
    gate.command(OPEN)
    assert until(clock, exposed, gate, OPENED)
    began_ns, orders = clock.now_ns, list(exposed.orders())
    while not orders and clock.now_ns - began_ns < 30 * SECOND:
        exposed.work()
        orders = list(exposed.orders())
    (order,) = orders
    assert isinstance(order, GateCommand)
    assert (order.gate, order.action, order.direction) == ("gate-in", GateAction.OPEN, Direction.IN)
    exposed.live(GateEvent(t_ns=0, source="gate-in", kind=PASSED_IN))
    assert until(clock, exposed, gate, PASSED_IN)
    gate.close()
    exposed.close()


@pytest.mark.parametrize("kind", [kind.name for kind in KINDS])
def test_every_kind_says_what_it_is(kind: str) -> None:
    assert "Modbus" in find(kind).about


class Beside(WallClock):
    """Time in which an emulator works whenever a driver waits."""

    exposed: EmulatedGate | None = None

    def wait_until(self, t_ns: int) -> int:
        if self.exposed is not None:
            self.exposed.work()
        return super().wait_until(t_ns)


def probed(tmp_path: Path, harm: Harm | None = None, module: str = "adam-6060") -> IoGate:
    clock = Beside()
    exposed = open_exposed(find("gate/perco-pulse"), "gate-in", f"pty:{tmp_path}/gate", clock)
    assert isinstance(exposed, EmulatedGate)
    exposed.emulator.begin(harm)
    settings = GateOptions(module=module)
    gate = open_device(find("gate/perco-pulse"), "gate-in", f"{tmp_path}/gate", clock, options=settings)
    assert isinstance(gate, IoGate)
    clock.exposed = exposed
    return gate


def test_a_probe_tells_the_module_and_how_long_it_takes(tmp_path: Path) -> None:
    gate = probed(tmp_path)
    told = gate.probe()
    assert told.identity == "Advantech ADAM-6060"
    assert 0 < told.round_trip_ns < 30 * SECOND


@pytest.mark.parametrize(
    ("harm", "module", "hint"),
    [(Harm.SILENCE, "adam-6060", "check power"), (None, "waveshare-io-8ch", "try another module: adam-6060")],
)
def test_a_probe_tells_what_to_try(tmp_path: Path, harm: Harm | None, module: str, hint: str) -> None:
    gate = probed(tmp_path, harm, module)
    with pytest.raises(DeviceUnavailable, match=hint):
        gate.probe()


def test_an_emulated_gate_can_have_every_fault(tmp_path: Path) -> None:
    clock, exposed, gate = pair(f"pty:{tmp_path}/gate")
    for kind in (*FaultKind, None):
        assert exposed.fault(kind)
    assert until(clock, exposed, gate, None)
    exposed.close()


def test_a_module_that_is_not_known_is_refused() -> None:
    with pytest.raises(ValueError, match="moxa-e1214"):
        GateOptions.model_validate({"module": "moxa"})


@pytest.mark.parametrize(
    ("url", "address"),
    [
        ("/dev/ttyUSB0?unit=3", Address("rtu", "/dev/ttyUSB0", 3, "baud=9600&format=8N1")),
        ("/dev/ttyUSB0?baud=19200", Address("rtu", "/dev/ttyUSB0", 1, "baud=19200")),
        ("socket://192.0.2.7:502", Address("tcp", "192.0.2.7:502")),
        ("rfc2217://192.0.2.7:4001", Address("rtu+rfc2217", "192.0.2.7:4001", 1, "baud=9600&format=8N1")),
        ("rtu+tcp://192.0.2.7:4001", Address("rtu+tcp", "192.0.2.7:4001")),
    ],
)
def test_a_plain_line_is_an_address_too(url: str, address: Address) -> None:
    assert of_line(url, "baud=9600&format=8N1") == address
    with pytest.raises(UsageError):
        of_line("")
