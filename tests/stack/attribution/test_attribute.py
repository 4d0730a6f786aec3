"""What a change of load is taken to be: the field's known failures that are decided here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import pytest

from stack.attribution.attribute import Attributor
from stack.attribution.planogram import Planogram
from stack.attribution.verdict import Verdict
from tests.stack.small_store import HIGH, LAYOUT, Change, change, plate

ANA = {"v1": 0.97, "": 0.03}


@dataclass
class Carts:
    carts: dict[str, dict[str, int]] = field(default_factory=dict)
    elsewhere: dict[tuple[str, str], float] = field(default_factory=dict)

    def cart(self, visit: str) -> Mapping[str, int]:
        return self.carts.get(visit, {})

    def may_have(self, visit: str, product: str) -> float:
        return self.elsewhere.get((visit, product), 0.0)


def judge(
    what: Change, shares: Mapping[str, float] = ANA, carts: Carts | None = None, planogram: Planogram | None = None
) -> Verdict:
    return Attributor(LAYOUT).judge(what, shares, planogram or Planogram(LAYOUT), carts or Carts())


def parts(verdict: Verdict) -> set[tuple[str, str, int]]:
    return {part.key for part in verdict.parts}


@pytest.mark.parametrize(("place", "product"), [(1, "water-500"), (5, "cola-500")])
def test_equal_weights_are_told_apart_by_their_facing(place: int, product: str) -> None:
    verdict = judge(change(-520.5, plate(place)))
    assert parts(verdict) == {("v1", product, 1)}
    assert verdict.probabilities[0] > 0.9


@pytest.mark.parametrize("count", [2, 3, 4])
def test_several_at_once_are_counted(count: int) -> None:
    verdict = judge(change(-520.0 * count - 3, plate(1)))
    assert parts(verdict) == {("v1", "water-500", count)}
    assert verdict.probabilities[0] > 0.6


def test_a_pack_over_two_plates_is_one_item() -> None:
    assert parts(judge(change(-521.0, plate(1), plate(2)))) == {("v1", "water-500", 1)}


def test_load_that_spills_to_a_neighbour_does_not_hide_the_pick() -> None:
    spilled = Change((plate(2), plate(3), plate(4)), (-6.0, -1531.0, -11.0))
    assert parts(judge(spilled)) == {("v1", "water-1500", 1)}


@pytest.mark.parametrize("sign", [-1, 1])
def test_goods_that_stand_on_a_second_plate_with_their_edge_are_weighed_whole(sign: int) -> None:
    planogram = Planogram(LAYOUT)
    planogram.put("soap", 1, [plate(1), plate(2)])
    edge = Change((plate(1), plate(2)), (sign * 273.0, sign * 27.0))
    assert parts(judge(edge, carts=Carts({"v1": {"soap": 1}}), planogram=planogram)) == {("v1", "soap", -sign)}


def test_a_bottle_of_one_size_swapped_for_another_on_one_plate() -> None:
    carts = Carts({"v1": {"water-500": 1}})
    verdict = judge(change(-1010.0, plate(3)), carts=carts)
    assert parts(verdict) == {("v1", "water-1500", 1), ("v1", "water-500", -1)}


def test_the_smaller_taken_and_the_larger_put_there() -> None:
    carts = Carts({"v1": {"water-1500": 1}})
    verdict = judge(change(+1010.0, plate(1)), carts=carts)
    assert parts(verdict) == {("v1", "water-500", 1), ("v1", "water-1500", -1)}


def test_two_products_of_two_plates_in_one_change() -> None:
    both = Change((plate(2), plate(3)), (-520.0, -1530.0))
    assert parts(judge(both)) == {("v1", "water-500", 1), ("v1", "water-1500", 1)}


def test_a_put_back_on_the_wrong_shelf_is_what_the_cart_holds() -> None:
    carts = Carts({"v1": {"soap": 1, "water-1500": 1}})
    assert parts(judge(change(+301.0, plate(4)), carts=carts)) == {("v1", "soap", -1)}


def test_what_was_put_there_is_what_is_taken_from_there() -> None:
    planogram = Planogram(LAYOUT)
    planogram.put("cola-500", 1, [plate(4, HIGH)])
    assert parts(judge(change(-520.0, plate(4, HIGH)), planogram=planogram)) == {("v1", "cola-500", 1)}


def test_an_item_from_the_next_facing_that_leans_over_is_still_found() -> None:
    assert parts(judge(change(-1529.0, plate(4)))) == {("v1", "water-1500", 1)}


def test_touch_and_release_is_nothing() -> None:
    verdict = judge(change(-9.0, plate(1)))
    assert verdict.parts == ()
    assert verdict.chosen[0].product == ""


def test_a_weight_that_nothing_has_is_nothing_we_know() -> None:
    assert judge(change(+777.0, plate(1))).parts == ()


def test_goods_pushed_along_are_nobodys() -> None:
    assert judge(Change((plate(2), plate(3)), (-200.0, +199.0))).parts == ()


def test_two_people_at_one_plate_are_told_by_their_hands() -> None:
    verdict = judge(change(-520.0, plate(1)), {"v1": 0.15, "v2": 0.83, "": 0.02})
    assert parts(verdict) == {("v2", "water-500", 1)}
    assert verdict.others[0].visit == "v1"


def test_equal_hands_leave_both_readings_open() -> None:
    verdict = judge(change(-520.0, plate(1)), {"v1": 0.49, "v2": 0.49, "": 0.02})
    assert verdict.probabilities[0] == pytest.approx(0.5, abs=0.05)
    assert verdict.others[0].probability == pytest.approx(0.5, abs=0.05)


def test_two_people_who_each_take_one_at_the_same_moment() -> None:
    verdict = judge(change(-1041.0, plate(1)), {"v1": 0.49, "v2": 0.49, "": 0.02})
    assert parts(verdict) == {("v1", "water-500", 1), ("v2", "water-500", 1)}


def test_two_taken_by_one_while_another_only_passes() -> None:
    verdict = judge(change(-1041.0, plate(1)), {"v1": 0.9, "v2": 0.08, "": 0.02})
    assert parts(verdict) == {("v1", "water-500", 2)}


def test_with_nobody_near_goods_moved_by_themselves() -> None:
    assert parts(judge(change(-1530.0, plate(3)), {"": 1.0})) == {("", "water-1500", 1)}


def test_a_put_back_is_by_whoever_holds_it() -> None:
    carts = Carts({"v2": {"soap": 1}})
    verdict = judge(change(+300.0, plate(6, HIGH)), {"v1": 0.6, "v2": 0.38, "": 0.02}, carts)
    assert parts(verdict) == {("v2", "soap", -1)}


def test_something_handed_over_can_be_put_back() -> None:
    carts = Carts({"v2": {"soap": 1}}, {("v1", "soap"): 0.15})
    verdict = judge(change(+300.0, plate(6, HIGH)), {"v1": 0.97, "v2": 0.0, "": 0.03}, carts)
    assert parts(verdict) == {("v1", "soap", -1)}


def test_probabilities_are_probabilities() -> None:
    verdict = judge(change(-1041.0, plate(1), plate(2)), {"v1": 0.5, "v2": 0.4, "": 0.1})
    assert all(0.0 <= p <= 1.0 for p in verdict.probabilities)
    assert all(0.0 <= other.probability <= 1.0 for other in verdict.others)
    assert list(verdict.others) == sorted(verdict.others, key=lambda other: -other.probability)


def test_two_hands_there_at_once_share_what_was_taken_though_one_seems_likelier() -> None:
    shares = {"v1": 0.73, "v2": 0.26, "": 0.01}
    verdict = Attributor(LAYOUT).judge(change(-1041.0, plate(1)), shares, Planogram(LAYOUT), Carts(), lambda *_: 0.9)
    assert parts(verdict) == {("v1", "water-500", 1), ("v2", "water-500", 1)}
    assert verdict.probabilities[0] > 0.6


def test_three_packs_of_a_heavy_batch_on_two_plates_are_three_packs() -> None:
    heavy = Change((plate(1), plate(2)), (-2 * 526.0, -526.0))
    verdict = judge(heavy)
    assert parts(verdict) == {("v1", "water-500", 3)}
    assert verdict.probabilities[0] > 0.9


def test_an_unknown_thing_is_likelier_put_down_than_taken_away() -> None:
    put, gone = judge(change(+777.0, plate(5))), judge(change(-777.0, plate(5)))
    assert put.parts == ()
    assert gone.nothing < put.nothing
