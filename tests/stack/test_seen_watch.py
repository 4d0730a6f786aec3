"""Boards that do not weigh, watched by cameras: what comes and goes is told once, where and when it did."""

from __future__ import annotations

import pytest

from contracts.geometry import Vec3
from contracts.layout import Layout, shelf_of
from stack.seen.change import SeenChange
from stack.seen.watch import ShelfView
from stack.sightings import Person, Reach
from tests.stack.seenshop import LOWER, RACK, TEA, TICK_NS, UPPER, Item, bare_shop, frame, goods, moved, without

NEAR: Vec3 = (-0.3, 0.1, 1.2)


class Shift:
    """Feeds a view, tick by tick."""

    def __init__(self, layout: Layout) -> None:
        self.layout, self.view, self.t_ns = layout, ShelfView(layout), 0
        self.told: list[SeenChange] = []

    def show(
        self,
        items: list[Item],
        ticks: int,
        hide: tuple[str, ...] = (),
        hand: Vec3 | None = None,
        head: Vec3 | None = None,
    ) -> None:
        """Let the cameras see some goods for a while; somebody may stand before some of them or have a hand there."""
        for _ in range(ticks):
            self.t_ns += TICK_NS
            made = [frame(c, items, self.t_ns, c.id in hide) for c in self.layout.cameras]
            for one in made:
                self.view.keep(one)
            reaches = [Reach(self.t_ns, RACK, hand, 0.1, (("t1", 1.0),))] if hand else []
            people = [Person("t1", self.t_ns, head, (0, 0, 0), 0)] if head else []
            self.told += self.view.update(made, people, reaches, self.t_ns)


@pytest.fixture
def shift() -> Shift:
    return Shift(bare_shop())


def test_nothing_is_told_while_nothing_changes(shift: Shift) -> None:
    shift.show(goods(shift.layout), 40)
    assert shift.told == []


def test_a_take_is_told_once_with_its_place_time_and_size(shift: Shift) -> None:
    items = goods(shift.layout)
    shift.show(items, 20)
    left_ns = shift.t_ns
    shift.show(items, 5, hide=("c1", "c2"))
    back_ns = shift.t_ns
    shift.show(without(items, 7), 40)
    (told,) = shift.told
    assert told.gone
    assert {shelf_of(slot) for slot in told.plates} == {UPPER}
    assert told.width_m == pytest.approx(0.08, abs=0.02)
    assert told.top_m == pytest.approx(0.18, abs=0.02)
    assert (told.low_m + told.high_m) / 2 == pytest.approx(-0.30, abs=0.015)
    assert left_ns - TICK_NS <= told.started_ns <= told.ended_ns <= back_ns + 3 * TICK_NS


def test_a_put_on_another_board_is_two_changes(shift: Shift) -> None:
    items = goods(shift.layout)
    shift.show(items, 20)
    shift.show([*without(items, 7), moved(items[7], -0.04, LOWER)], 40)
    went, came = sorted(shift.told, key=lambda change: change.came)
    assert went.gone
    assert not came.gone
    assert {shelf_of(slot) for slot in came.plates} == {LOWER}
    assert came.width_m == pytest.approx(0.08, abs=0.02)


def test_what_is_brought_back_before_anybody_sees_the_board_again_is_no_change(shift: Shift) -> None:
    items = goods(shift.layout)
    shift.show(items, 20)
    shift.show(items, 8, hide=("c1", "c2"))
    shift.show(items, 40)
    assert shift.told == []


def test_while_a_hand_is_there_nothing_is_told(shift: Shift) -> None:
    items = goods(shift.layout)
    shift.show(items, 20)
    shift.show(without(items, 7), 20, hand=NEAR)
    assert shift.told == []
    shift.show(without(items, 7), 20)
    assert len(shift.told) == 1


def test_a_camera_that_sees_the_place_much_later_has_no_news(shift: Shift) -> None:
    items = goods(shift.layout)
    shift.show(items, 20)
    shift.show(without(items, 7), 60, hide=("c2",))
    assert len(shift.told) == 1
    shift.show(without(items, 7), 30)
    assert len(shift.told) == 1


def test_two_takes_in_turn_from_one_place_are_two_changes(shift: Shift) -> None:
    items = goods(shift.layout)
    shift.show(items, 20)
    shift.show(without(items, 7), 30)
    shift.show(without(items, 6, 7), 30)
    assert [change.gone for change in shift.told] == [True, True]
    assert shift.told[0].low_m != pytest.approx(shift.told[1].low_m, abs=0.1)


def test_colour_tells_too_where_nobody_measures_depth() -> None:
    shift = Shift(bare_shop(depth=False))
    items = goods(shift.layout)
    shift.show(items, 30)
    shift.show(without(items, 7), 30)
    shift.show(items, 30)
    went, back = shift.told
    assert went.came < 0.2
    assert back.came > 0.8
    assert {shelf_of(slot) for slot in went.plates} == {UPPER}
    assert (went.low_m + went.high_m) / 2 == pytest.approx(-0.30, abs=0.04)


def test_colour_does_not_take_a_person_for_goods() -> None:
    shift = Shift(bare_shop(depth=False))
    items = goods(shift.layout)
    shift.show(items, 30)
    shift.show(items, 30, hide=("c1", "c2"), head=(0.0, -0.9, 1.8))
    shift.show(items, 30)
    assert shift.told == []


def test_goods_of_another_product_have_their_own_size(shift: Shift) -> None:
    items = goods(shift.layout)
    shift.show(items, 20)
    shift.show(without(items, 10), 40)
    assert items[10].product != TEA
    assert [round(change.width_m, 1) for change in shift.told] == [0.1]
    assert shift.told[0].top_m == pytest.approx(0.12, abs=0.02)
