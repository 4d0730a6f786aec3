"""Where some devices hang on wires: who is asked, who is told, and what goes on to the stack."""

from __future__ import annotations

from dataclasses import replace

import pytest

from contracts.clock import MILLISECOND
from contracts.errors import DeviceUnavailable
from contracts.records import Direction, GateAction, GateCommand, GateEvent, GateEventKind, Scan
from contracts.run import ClockOffset
from rig.mixed import Exposures, MixedSource
from rig.mixed.prompts import Prompts
from tests.rig.mixed.fakes import FakeEmulated, FakeGate, FakeScanner, FakeShim, FakeTwin, StillClock

SCAN = Scan(t_ns=10 * MILLISECOND, source="scanner-in", code=b"a code", symbology="]Q1")
OPEN = GateCommand(t_ns=0, source="stack", gate="gate-in", action=GateAction.OPEN)
TICK = 50 * MILLISECOND


def passed(at_ns: int) -> GateEvent:
    return GateEvent(t_ns=at_ns, source="gate-in", kind=GateEventKind.PASSED_IN)


class Bench:
    """A scanner and a gate on wires; the gate is the twin's own where it is exposed."""

    def __init__(self, *, exposed: bool = False, real: bool = True, by_hand: tuple[str, ...] = ()) -> None:
        self.twin, self.scanner, self.gate = FakeTwin(), FakeScanner("scanner-in"), FakeGate("gate-in")
        self.shim = FakeShim(self.scanner, self.gate)
        self.emulated = FakeEmulated()
        on_wires = Exposures({"gate-in": self.emulated} if exposed else {})
        self.clock = StillClock(real=real)
        self.told: list[str] = []
        prompts = Prompts(dict.fromkeys(by_hand, ()), self.told.append)
        self.source = MixedSource(self.twin, [self.shim], {}, on_wires, prompts, self.clock)


def test_what_a_shopper_shows_is_shown_to_the_real_scanner_and_only_what_that_reads_goes_on() -> None:
    bench = Bench()
    bench.twin.coming = [SCAN]
    assert SCAN not in bench.source.read(TICK)
    assert bench.scanner.shown == [b"a code"]
    read = replace(SCAN, t_ns=TICK + MILLISECOND)
    bench.scanner.says = [read]
    assert [r.code for r in bench.source.read(2 * TICK) if isinstance(r, Scan)] == [b"a code"]


def test_an_order_goes_to_the_device_on_the_wire_and_not_to_the_twin() -> None:
    bench = Bench()
    bench.source.command(OPEN)
    other = replace(OPEN, gate="gate-out")
    bench.source.command(other)
    assert (bench.gate.ordered, bench.twin.ordered) == ([OPEN], [other])


def test_a_simulated_shopper_goes_through_when_the_real_gate_says_that_somebody_did() -> None:
    bench = Bench()
    bench.gate.says = [passed(TICK)]
    bench.source.read(TICK)
    (order,) = bench.twin.ordered
    assert isinstance(order, GateCommand)
    assert (order.gate, order.action, order.direction) == ("gate-in", GateAction.OPEN, Direction.IN)


def test_an_exposed_gate_lives_what_the_twin_s_gate_does_and_the_twin_obeys_the_wire() -> None:
    bench = Bench(exposed=True)
    bench.emulated.asks = [OPEN]
    bench.twin.coming = [passed(MILLISECOND)]
    bench.gate.says = [passed(2 * MILLISECOND)]
    delivered = [r for r in bench.source.read(TICK) if isinstance(r, GateEvent)]
    assert [event.t_ns for event in delivered] == [2 * MILLISECOND]
    assert [record.t_ns for record in bench.emulated.lived] == [MILLISECOND]
    assert bench.twin.ordered == [OPEN]


def test_before_real_time_begins_nothing_on_a_wire_is_heard_or_ordered() -> None:
    bench = Bench(real=False)
    bench.twin.coming, bench.scanner.says = [SCAN], [SCAN]
    assert bench.source.read(TICK) == []
    bench.source.command(OPEN)
    assert (bench.gate.ordered, bench.twin.ordered, bench.scanner.shown) == ([], [OPEN], [])
    assert bench.shim.synchronised == []


def test_what_comes_late_is_delivered_now_and_not_in_a_tick_that_is_over() -> None:
    bench = Bench()
    bench.source.read(4 * TICK)
    bench.scanner.says = [SCAN]
    (scan,) = [r for r in bench.source.read(5 * TICK) if isinstance(r, Scan)]
    assert scan.t_ns == 4 * TICK


def test_the_clock_of_a_shim_is_set_once_and_measured_every_second() -> None:
    bench = Bench()
    measured = [r for tick in range(45) for r in bench.source.read(tick * TICK) if isinstance(r, ClockOffset)]
    assert [r.t_ns for r in measured] == [0, 20 * TICK, 40 * TICK]
    assert (measured[0].shim, measured[0].round_trip_ns) == ("shim:1", 200_000)
    assert bench.shim.synchronised == [300_000_000]


def test_a_shim_whose_clock_runs_away_is_a_device_that_cannot_be_had() -> None:
    bench = Bench()
    bench.shim.off_ns = 21 * MILLISECOND
    with pytest.raises(DeviceUnavailable, match="runs away"):
        bench.source.read(TICK)


def test_closing_closes_the_twin() -> None:
    bench = Bench()
    bench.source.close()
    assert bench.twin.closed


def test_a_person_is_asked_to_do_what_the_shopper_does_and_nothing_is_shown_by_itself() -> None:
    bench = Bench(by_hand=("scanner-in",))
    bench.twin.coming = [SCAN]
    bench.source.read(TICK)
    assert (bench.told, bench.scanner.shown) == (["NOW: hold the code before scanner-in"], [])
    bench.scanner.says = [SCAN]
    bench.source.read(2 * TICK)
    assert bench.told[1:] == ["done: hold the code before scanner-in"]
