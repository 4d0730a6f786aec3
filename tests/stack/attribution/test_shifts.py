"""Goods that only moved along a board."""

from __future__ import annotations

from stack.attribution.shifts import Decided, Shifts
from stack.attribution.verdict import Verdict
from tests.stack.small_store import HIGH, LAYOUT, Change, change, plate

NOTHING = Verdict((), (), 1.0, ())


def event(name: str, what: Change, *, settled: bool = False, leans_on: str = "") -> Decided:
    return Decided(name, what, NOTHING, settled, {leans_on} - {""})


def found(*events: Decided) -> list[str]:
    shifts = Shifts(LAYOUT)
    group: tuple[Decided, ...] = ()
    for decided in events:
        group = shifts.find(decided)
    return sorted(decided.event for decided in group)


def test_what_left_one_plate_and_came_to_the_next_only_moved() -> None:
    assert found(event("e1", change(-520.0, plate(2))), event("e2", change(518.0, plate(3)))) == ["e1", "e2"]


def test_it_may_come_to_rest_on_two() -> None:
    events = [event("e1", change(-520.0, plate(1))), event("e2", change(318.0, plate(2)))]
    assert found(*events, event("e3", change(203.0, plate(3)))) == ["e1", "e2", "e3"]


def test_what_does_not_add_up_did_not_move() -> None:
    assert found(event("e1", change(-520.0, plate(2))), event("e2", change(480.0, plate(3)))) == []


def test_another_shelf_another_time_or_the_far_end_is_another_matter() -> None:
    take = event("e1", change(-520.0, plate(2)))
    assert found(take, event("e2", change(520.0, plate(3, HIGH)))) == []
    assert found(take, event("e2", change(520.0, plate(3), at_s=5.0))) == []
    assert found(take, event("e2", change(520.0, plate(6)))) == []


def test_the_closest_sum_is_believed() -> None:
    events = [event("e1", change(-525.0, plate(1))), event("e2", change(-520.0, plate(3)))]
    assert found(*events, event("e3", change(520.0, plate(2)))) == ["e2", "e3"]


def test_a_put_back_out_of_a_cart_is_no_rolling_bottle() -> None:
    take, put = event("e1", change(-520.0, plate(2))), event("e2", change(520.0, plate(3)), settled=True)
    assert found(take, put) == []


def test_a_put_back_that_only_the_same_shift_put_into_a_cart_stands_with_it() -> None:
    take = event("e1", change(-520.0, plate(2)))
    assert found(take, event("e2", change(520.0, plate(3)), settled=True, leans_on="e1")) == ["e1", "e2"]
    assert found(take, event("e2", change(520.0, plate(3)), settled=True, leans_on="e0")) == []


def test_an_event_is_used_once() -> None:
    shifts = Shifts(LAYOUT)
    for decided in (event("e1", change(-520.0, plate(2))), event("e2", change(520.0, plate(3)))):
        shifts.find(decided)
    assert shifts.find(event("e3", change(520.0, plate(1)))) == ()
