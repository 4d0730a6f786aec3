"""Several devices on one line, both ends of it: each is heard, and a dead one does not silence the others."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from contracts.clock import MILLISECOND, SECOND, VirtualClock
from contracts.ports import FaultKind, Port
from contracts.record import Record
from contracts.records import Direction, GateAction, GateCommand, GateEvent, GateEventKind, Scan
from devices.bus import Bus
from devices.drivers.kind import Emulated
from devices.drivers.opening import open_device, open_exposed
from devices.drivers.registry import find
from devices.gate.driver import IoGate
from devices.gate.emulated import EmulatedGate
from devices.line_pair import line_pair
from devices.osdp.driver import OsdpReader
from devices.shared import Shared
from tests.rig.bench.test_lines import FIRST
from tests.rig.bench.test_lines import SECOND as SECOND_LANE

READERS = {"reader-1": 1, "reader-2": 2, "reader-3": 3}
LANES = {
    "gate-1": {"relays": FIRST, "inputs": {"in": 0, "out": 1, "ready": 2, "fire": 3}},
    "gate-2": {"relays": SECOND_LANE, "inputs": {"in": 4, "out": 5, "ready": 6, "fire": 7}},
}


class Both:
    """Drivers and emulators of several devices at the two ends of one pseudo-terminal."""

    def __init__(self, drivers: Mapping[str, tuple[str, dict[str, Any]]], line: Path) -> None:
        self.clock = VirtualClock()
        near, far = Shared(), Shared()
        self.emulated: dict[str, Emulated] = {}
        self.ports: dict[str, Port] = {}
        for id_, (name, options) in drivers.items():
            kind = find(name)
            said = kind.options.model_validate(options)
            self.emulated[id_] = open_exposed(kind, id_, f"pty:{line}", self.clock, options=said, shared=far)
            self.ports[id_] = open_device(kind, id_, str(line), self.clock, options=said, shared=near)

    def run(self, seconds: float, without: tuple[str, ...] = ()) -> dict[str, list[Record]]:
        """Let time pass; return what each driver reports."""
        found: dict[str, list[Record]] = {id_: [] for id_ in self.ports}
        until_ns = self.clock.now_ns + round(seconds * SECOND)
        while self.clock.now_ns < until_ns:
            self.clock.wait_until(self.clock.now_ns + 10 * MILLISECOND)
            for emulated in self.emulated.values():
                emulated.work()
            if self.clock.now_ns % (50 * MILLISECOND) == 0:
                for id_, port in self.ports.items():
                    if id_ not in without:
                        found[id_] += port.read(self.clock.now_ns)
        return found


@contextmanager
def opened(drivers: Mapping[str, tuple[str, dict[str, Any]]], folder: Path) -> Iterator[Both]:
    both = Both(drivers, folder / "line")
    yield both
    for port in both.ports.values():
        port.close()  # type: ignore[attr-defined]
    for emulated in both.emulated.values():
        emulated.close()
    assert not (folder / "line").exists()


def codes(found: Mapping[str, list[Record]]) -> dict[str, list[bytes]]:
    return {id_: [scan.code for scan in records if isinstance(scan, Scan)] for id_, records in found.items()}


def test_each_reader_on_one_bus_is_heard_by_its_own_driver(tmp_path: Path) -> None:
    with opened({id_: ("scanner/osdp-code", {"address": n}) for id_, n in READERS.items()}, tmp_path) as both:
        both.run(2)
        for id_ in READERS:
            both.emulated[id_].live(Scan(t_ns=0, source=id_, code=id_.encode()))
        assert codes(both.run(2)) == {id_: [id_.encode()] for id_ in READERS}


def test_a_dead_reader_is_told_of_and_the_others_are_heard(tmp_path: Path) -> None:
    with opened({id_: ("scanner/osdp-code", {"address": n}) for id_, n in READERS.items()}, tmp_path) as both:
        both.run(2)
        assert both.emulated["reader-2"].fault(FaultKind.OFF)
        both.run(10)
        for id_ in READERS:
            both.emulated[id_].live(Scan(t_ns=0, source=id_, code=b"a code"))
        assert codes(both.run(2)) == {"reader-1": [b"a code"], "reader-2": [], "reader-3": [b"a code"]}
        complaints = {}
        for id_, port in both.ports.items():
            assert isinstance(port, OsdpReader)
            complaints[id_] = port.complaint is not None
        assert complaints == {"reader-1": False, "reader-2": True, "reader-3": False}


def test_two_gates_on_one_module_open_one_by_one(tmp_path: Path) -> None:
    drivers = {id_: ("gate/perco-pulse", {"module": "waveshare-io-8ch", **flow}) for id_, flow in LANES.items()}
    with opened(drivers, tmp_path) as both:
        assert both.run(3) == {"gate-1": [], "gate-2": []}
        gate = both.ports["gate-2"]
        assert isinstance(gate, IoGate)
        gate.command(GateCommand(t_ns=0, source="stack", gate="gate-2", action=GateAction.OPEN))
        said = both.run(1)
        assert [each.kind for each in said["gate-2"] if isinstance(each, GateEvent)] == [GateEventKind.OPENED]
        assert said["gate-1"] == []
        lanes = [both.emulated[id_] for id_ in LANES]
        assert all(isinstance(lane, EmulatedGate) for lane in lanes)
        assert [lane.emulator.lets_through(Direction.IN) for lane in lanes] == [False, True]  # type: ignore[attr-defined]
        assert lanes[1].emulator.passed(Direction.IN)  # type: ignore[attr-defined]
        said = both.run(2)
        assert [each.kind for each in said["gate-2"] if isinstance(each, GateEvent)][:1] == [GateEventKind.PASSED_IN]
        assert said["gate-1"] == []


def test_a_device_that_nobody_reads_holds_up_no_other(tmp_path: Path) -> None:
    with opened({id_: ("scanner/osdp-code", {"address": n}) for id_, n in READERS.items()}, tmp_path) as both:
        both.run(2)
        both.emulated["reader-1"].live(Scan(t_ns=0, source="reader-1", code=b"a code"))
        assert codes(both.run(2, without=("reader-2",)))["reader-1"] == [b"a code"]


class Shouting:
    """Asks at once whenever it may, and waits a second for each answer."""

    def __init__(self, says: bytes) -> None:
        self.says, self.asked_ns = says, -SECOND
        self.heard: list[bytes] = []

    def holds(self, now_ns: int) -> bool:
        return now_ns - self.asked_ns < SECOND

    def feed(self, data: bytes, now_ns: int) -> list[bytes]:
        if not data:
            return []
        self.asked_ns = now_ns - SECOND
        return [data]

    def to_send(self, now_ns: int) -> bytes:
        if self.holds(now_ns):
            return b""
        self.asked_ns = now_ns
        return self.says

    def lost(self, now_ns: int) -> list[bytes]:
        return [b"lost"]


def test_questions_are_asked_in_turn_and_each_answer_goes_to_whoever_asked() -> None:
    (ours, theirs), clock = line_pair(), VirtualClock()
    bus: Bus[bytes] = Bus(lambda: ours, SECOND)
    seats = [bus.join(Shouting(name), clock) for name in (b"a", b"b")]
    asked: list[bytes] = []
    answers: dict[int, list[bytes]] = {0: [], 1: []}
    for _ in range(4):
        for n, seat in enumerate(seats):
            answers[n] += seat.hear()
            seat.speak()
            if question := theirs.read():
                asked.append(question)
                theirs.write(question.upper())
    assert asked == [b"a", b"b", b"a", b"b", b"a", b"b", b"a", b"b"]
    assert set(answers[0]) == {b"A"}
    assert set(answers[1]) == {b"B"}


def test_the_line_is_closed_when_the_last_one_leaves_and_a_loss_is_told_to_all() -> None:
    (ours, _), clock = line_pair(), VirtualClock()
    bus: Bus[bytes] = Bus(lambda: ours, SECOND)
    seats = [bus.join(Shouting(b"a"), clock) for _ in range(2)]
    seats[0].hear()
    ours.close()
    assert seats[0].hear() == [b"lost"]
    assert seats[1].hear() == [b"lost"]
    assert bus.gone is not None
    ours.open = True
    clock.wait_until(SECOND)
    seats[1].hear()
    assert bus.gone is None
    seats[0].leave()
    assert ours.open
    seats[1].leave()
    assert not ours.open
