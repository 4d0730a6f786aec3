"""The turnstile, the beam, and whose account a passage is on."""

from __future__ import annotations

from contracts.clock import SECOND
from contracts.layout import GateInfo
from contracts.ports import FaultKind, Gate
from contracts.records import Direction, GateAction, GateCommand, GateEventKind
from contracts.steps import ShopperPlan
from tests.twin.smallstore import small_store
from twin.biometrics.shown import BioReaders
from twin.doors import Doors
from twin.gate import OPEN_FOR_NS, PASSING_NS, TwinGate

IN, OUT = Direction.IN, Direction.OUT
LAYOUT = small_store().layout


def _order(action: GateAction = GateAction.OPEN, direction: Direction = IN, gate: str = "gate-in") -> GateCommand:
    return GateCommand(t_ns=0, source="stack", gate=gate, action=action, direction=direction)


def _turnstile(*, sensor: bool = False) -> TwinGate:
    return TwinGate(LAYOUT.gate["gate-in"], tailgate_sensor=sensor)


def _said(gate: TwinGate) -> list[GateEventKind]:
    return [event.kind for event in gate.read(10**18)]


def test_a_gate_is_a_gate() -> None:
    assert isinstance(_turnstile(), Gate)


def test_it_opens_lets_one_through_and_locks() -> None:
    gate = _turnstile()
    assert gate.blocks
    assert not gate.lets_through(IN)
    gate.command(_order())
    assert gate.lets_through(IN)
    assert not gate.lets_through(OUT)
    gate.advance(SECOND)
    assert gate.passed(IN)
    assert not gate.lets_through(IN)
    gate.advance(SECOND + PASSING_NS)
    assert gate.blocks
    assert _said(gate) == [GateEventKind.OPENED, GateEventKind.PASSED_IN, GateEventKind.CLOSED]


def test_it_locks_again_when_nobody_comes() -> None:
    gate = _turnstile()
    gate.command(_order())
    gate.advance(OPEN_FOR_NS - 1)
    assert gate.lets_through(IN)
    gate.advance(OPEN_FOR_NS)
    assert gate.blocks
    assert _said(gate) == [GateEventKind.OPENED, GateEventKind.TIMED_OUT, GateEventKind.CLOSED]


def test_two_orders_let_two_through() -> None:
    gate = _turnstile()
    gate.command(_order())
    gate.command(_order())
    assert gate.passed(IN)
    assert gate.lets_through(IN)
    assert gate.passed(IN)
    assert not gate.lets_through(IN)


def test_a_second_body_slips_through_and_only_a_sensor_notices() -> None:
    for sensor, told in ((False, []), (True, [GateEventKind.TAILGATED])):
        gate = _turnstile(sensor=sensor)
        gate.command(_order())
        assert gate.passed(IN)
        assert not gate.passed(IN)
        assert _said(gate) == [GateEventKind.OPENED, GateEventKind.PASSED_IN, *told]


def test_lock_takes_the_leave_back() -> None:
    gate = _turnstile()
    gate.command(_order())
    gate.command(_order(GateAction.LOCK))
    assert gate.blocks
    assert _said(gate) == [GateEventKind.OPENED, GateEventKind.CLOSED]


def test_outwards_it_says_so() -> None:
    gate = _turnstile()
    gate.command(_order(direction=OUT))
    assert gate.passed(OUT)
    assert _said(gate)[-1] is GateEventKind.PASSED_OUT


def test_a_beam_stops_nobody_and_counts_all() -> None:
    gate = TwinGate(LAYOUT.gate["gate-out"])
    assert gate.lets_through(IN)
    assert gate.lets_through(OUT)
    assert not gate.blocks
    assert gate.passed(OUT)
    assert gate.passed(IN)
    assert _said(gate) == [GateEventKind.PASSED_OUT, GateEventKind.PASSED_IN]


def test_a_dead_gate_obeys_nobody_until_it_is_mended() -> None:
    gate = _turnstile()
    assert gate.fault(FaultKind.OFF)
    gate.command(_order())
    assert gate.blocks
    assert _said(gate) == []
    assert gate.fault(None)
    gate.command(_order())
    assert not gate.blocks
    assert not gate.fault(FaultKind.GARBAGE)


def test_the_safe_state_is_open_outwards() -> None:
    gate = _turnstile()
    gate.safe_state()
    assert gate.lets_through(OUT)


def test_events_wait_for_their_time() -> None:
    gate = TwinGate(GateInfo("g", LAYOUT.gate["gate-in"].pose, 0.9))
    gate.advance(SECOND)
    gate.command(_order(gate="g"))
    assert gate.read(SECOND - 1) == []
    assert [event.t_ns for event in gate.read(SECOND)] == [SECOND]


def _doors(*plans: ShopperPlan) -> Doors:
    return Doors(LAYOUT, plans, 1, frozenset(), BioReaders(LAYOUT, plans, 1))


def _plan(name: str, code: bytes = b"", palm: str = "") -> ShopperPlan:
    return ShopperPlan(name=name, steps=(), code=code, palm=palm)


def test_who_shows_a_code_pays() -> None:
    doors = _doors(_plan("ana", b"a"))
    doors.show_code("scanner-in", b"a", "ana")
    doors.command(_order())
    assert doors.passed("ana", "gate-in", IN).paying == "ana"
    assert doors.passed("ana", "gate-out", OUT).paying == "ana"


def test_a_guest_is_on_the_hosts_account() -> None:
    doors = _doors(_plan("ana", palm="p"), _plan("ben"))
    for shopper in ("ana", "ben"):
        doors.show_palm("palm-in", "p")
        doors.command(_order())
        assert doors.passed(shopper, "gate-in", IN).paying == "ana"
        doors.advance(SECOND * 10)


def test_who_slips_in_behind_is_on_nobodys_account() -> None:
    doors = _doors(_plan("ana", b"a"), _plan("ben"))
    doors.show_code("scanner-in", b"a", "ana")
    doors.command(_order())
    assert doors.passed("ana", "gate-in", IN).paying == "ana"
    assert doors.passed("ben", "gate-in", IN).paying == ""
    assert doors.passed("ben", "gate-out", OUT).paying == ""


def test_a_leave_that_lapsed_admits_nobody_later() -> None:
    doors = _doors(_plan("ana", b"a"), _plan("ben", b"b"))
    doors.show_code("scanner-in", b"a", "ana")
    doors.command(_order())
    doors.advance(OPEN_FOR_NS)
    doors.show_code("scanner-in", b"b", "ben")
    doors.command(_order())
    assert doors.passed("ben", "gate-in", IN).paying == "ben"


def test_an_order_for_a_gate_that_is_not_here_does_nothing() -> None:
    _doors().command(_order(gate="gate-9"))
