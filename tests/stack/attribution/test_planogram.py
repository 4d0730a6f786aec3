"""The live belief of what stands where."""

from __future__ import annotations

from stack.attribution.planogram import ANYWHERE, NEXT_PLATE, ON_PLATE, SAME_GONDOLA, SAME_SHELF, SOLD_OUT, Planogram
from tests.stack.small_store import HIGH, LAYOUT, plate


def test_products_stand_where_the_planogram_has_them() -> None:
    planogram = Planogram(LAYOUT)
    assert planogram.on([plate(2)]) == {"water-500": 8}
    assert planogram.on([plate(4)]) == {}
    assert planogram.plates_of("water-500", [plate(2)]) == {plate(1), plate(2)}


def test_the_farther_a_product_stands_the_less_it_is_expected() -> None:
    planogram = Planogram(LAYOUT)
    assert planogram.priors([plate(3)]) == {
        "water-1500": ON_PLATE,
        "water-500": NEXT_PLATE,
        "cola-500": SAME_SHELF,
        "crisps": SAME_GONDOLA,
        "soap": SAME_GONDOLA,
    }
    assert ANYWHERE < SAME_GONDOLA


def test_something_put_down_elsewhere_is_remembered_there_until_taken() -> None:
    planogram = Planogram(LAYOUT)
    planogram.take("water-500", 1, [plate(1)])
    planogram.put("water-500", 1, [plate(4, HIGH)])
    assert planogram.on([plate(4, HIGH)]) == {"water-500": 1}
    assert not planogram.is_home("water-500", [plate(4, HIGH)])
    assert planogram.priors([plate(4, HIGH)])["water-500"] == ON_PLATE
    planogram.take("water-500", 1, [plate(4, HIGH)])
    assert planogram.on([plate(4, HIGH)]) == {}
    assert planogram.on([plate(1)]) == {"water-500": 7}


def test_a_facing_that_ran_out_is_hardly_expected() -> None:
    planogram = Planogram(LAYOUT)
    planogram.take("soap", 8, [plate(6, HIGH)])
    assert planogram.priors([plate(6, HIGH)])["soap"] == SOLD_OUT
    planogram.put("soap", 1, [plate(6, HIGH)])
    assert planogram.priors([plate(6, HIGH)])["soap"] == ON_PLATE
    assert planogram.is_home("soap", [plate(6, HIGH)])
