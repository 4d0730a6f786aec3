"""A planogram that is wrong: what is billed with confidence is right all the same, or nothing is."""

from __future__ import annotations

from dataclasses import replace

import pytest

from contracts.layout import Layout
from stack.attribution.attribute import Attributor
from stack.attribution.ledger import Ledger
from stack.attribution.planogram import Planogram
from stack.attribution.receipt import SURE
from stack.attribution.verdict import Verdict
from tests.stack.small_store import LAYOUT, change

MINE = {"v1": 0.98, "": 0.02}


def told_swapped(one: str, other: str) -> Layout:
    """The small store, of which the stack is told that two products stand in each other's place."""
    other_of = {one: other, other: one}
    facings = (replace(facing, product=other_of.get(facing.product, facing.product)) for facing in LAYOUT.planogram)
    return replace(LAYOUT, planogram=tuple(facings))


def taken(product: str, layout: Layout) -> Verdict:
    """What is concluded when one of a product is taken from where it truly stands."""
    [facing] = [facing for facing in LAYOUT.planogram if facing.product == product]
    moved = change(-LAYOUT.product[product].mass_g, facing.plates[0])
    return Attributor(layout).judge(moved, MINE, Planogram(layout), Ledger(lambda *_: False))


def billed(verdict: Verdict) -> list[tuple[str, int]]:
    """What goes into the cart with enough confidence to be charged: product and count."""
    said = zip(verdict.parts, verdict.probabilities, strict=True)
    return [(part.product, part.count) for part, p in said if p >= SURE]


@pytest.mark.parametrize("pair", [("soap", "water-500"), ("water-500", "water-1500"), ("crisps", "water-1500")])
def test_two_products_in_each_others_place_are_told_by_what_they_weigh(pair: tuple[str, str]) -> None:
    layout = told_swapped(*pair)
    for product in pair:
        assert billed(taken(product, layout)) in ([(product, 1)], [])


@pytest.mark.xfail(strict=True, reason="one weight, or exactly twice: nothing but the planogram tells these apart")
@pytest.mark.parametrize("pair", [("water-500", "cola-500"), ("soap", "crisps")])
def test_two_products_of_like_weight_in_each_others_place_are_not_billed(pair: tuple[str, str]) -> None:
    layout = told_swapped(*pair)
    for product in pair:
        assert billed(taken(product, layout)) in ([(product, 1)], [])
