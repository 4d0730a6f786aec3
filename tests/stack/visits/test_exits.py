"""Nobody is kept in."""

from __future__ import annotations

from dataclasses import replace

from contracts.clock import SECOND
from contracts.layout import GateKind
from stack.visits.exits import AGAIN_NS, ExitKeeper
from tests.stack.small_store import GATES, LAYOUT, person


def opened(keeper: ExitKeeper, x: float, y: float, t_ns: int = 0, born_ns: int = 0) -> list[str]:
    return [gate.id for gate, _ in keeper.approached([person("t1", x, y, t_ns, born_ns)], t_ns)]


def test_an_exit_turnstile_opens_once_for_whoever_comes_near() -> None:
    keeper = ExitKeeper(LAYOUT)
    assert opened(keeper, 2.0, -3.0) == []
    assert opened(keeper, 1.0, -3.0) == ["gate-out"]
    assert opened(keeper, 0.8, -3.0, 1) == []
    assert opened(keeper, 0.8, -3.0, AGAIN_NS) == ["gate-out"]


def test_somebody_who_has_just_come_in_by_a_gate_for_both_directions_is_not_leaving() -> None:
    keeper = ExitKeeper(replace(LAYOUT, gates=(replace(GATES[0], exit=True),)))
    assert opened(keeper, 0.8, 0.0, SECOND) == []
    assert opened(keeper, 0.8, 0.0, 9 * SECOND) == ["gate-in"]


def test_a_beam_needs_no_opening() -> None:
    assert opened(ExitKeeper(replace(LAYOUT, gates=(replace(GATES[1], kind=GateKind.BEAM),))), 0.8, -3.0) == []


def test_somebody_who_waits_behind_what_they_push_is_let_out() -> None:
    keeper, waits = ExitKeeper(LAYOUT), person("t1", 1.8, -3.0)
    assert list(keeper.approached([replace(waits, pushed_at=((4.0, -3.0),))], 0)) == []
    [(gate, _)] = keeper.approached([replace(waits, pushed_at=((0.8, -3.0),))], 0)
    assert gate.id == "gate-out"
