"""Prices: worked examples, and what holds for every basket."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from contracts.errors import UsageError
from stack.money.basket import Basket, Item
from stack.money.price import price
from stack.money.promotions import Bundle, ForThePriceOf, MemberPrice, Percentage, Promotion, Threshold
from stack.money.tax import RoundedBy, Tax
from tests.stack.money.goods import RATES, SHOP, baskets, members, offers, taxes

NO_TAX = Tax(dict.fromkeys(RATES, 0))
Offers = Sequence[Promotion | Threshold]


def total(items: dict[str, int], *promotions: Promotion | Threshold, member: bool = False) -> int:
    basket = tuple(Item(product, count) for product, count in items.items())
    return price(basket, SHOP, member, promotions, NO_TAX).total_minor


def test_three_for_two_gives_the_cheapest_of_three() -> None:
    offer = ForThePriceOf(id="3 for 2", products=("water", "juice"), take=3, pay=2)
    assert total({"water": 1, "juice": 2}, offer) == 2 * 249
    assert total({"water": 2, "juice": 4}, offer) == 4 * 249 + 2 * 100 - 249 - 100
    assert total({"juice": 2}, offer) == 2 * 249


def test_per_cent_rounds_half_a_unit_up_for_the_customer() -> None:
    assert total({"juice": 1}, Percentage(id="10 %", basis_points=1_000)) == 249 - 25
    assert total({"juice": 1, "soap": 1}, Percentage(id="half", products=("soap",), basis_points=5_000)) == 249 + 166


def test_a_bundle_counts_as_often_as_it_is_complete() -> None:
    lunch = Bundle(id="lunch", parts=(("sandwich", 1), ("water", 2)), price_minor=600)
    assert total({"sandwich": 2, "water": 5}, lunch) == 2 * 600 + 100
    assert total({"sandwich": 1, "water": 1}, lunch) == 599


def test_the_best_threshold_counts_and_only_one() -> None:
    offers = (Threshold(id="a", from_minor=1_000, off_minor=100), Threshold(id="b", from_minor=2_000, off_minor=500))
    assert [total({"magazine": n}, *offers) for n in (1, 2)] == [1_195, 2_090]


def test_members_get_their_price_without_asking_and_others_do_not() -> None:
    offer = MemberPrice(id="member", product="water", unit_minor=80)
    assert [total({"water": 2}, offer, member=member) for member in (False, True)] == [200, 160]


def test_a_member_whose_price_misses_a_threshold_pays_as_everybody() -> None:
    offers = (
        MemberPrice(id="member", product="water", unit_minor=99),
        Threshold(id="10", from_minor=1_000, off_minor=200),
    )
    assert [total({"water": 10}, *offers, member=member) for member in (False, True)] == [800, 800]


def test_tax_on_top_by_line_and_by_total_and_in_the_price() -> None:
    basket = (Item("soap", 1), Item("soap", 1, 334))
    by_total = price(basket, SHOP, False, (), Tax({"standard": 88_750}))
    by_line = price(basket, SHOP, False, (), Tax({"standard": 88_750}, rounded_by=RoundedBy.LINE))
    inside = price(basket, SHOP, False, (), Tax({"standard": 190_000}, inclusive=True))
    assert (by_total.tax_minor, by_total.total_minor) == (59, 667 + 59)
    assert (by_line.tax_minor, by_line.total_minor) == (30 + 30, 667 + 60)
    assert (inside.tax_minor, inside.total_minor) == (106, 667)


def test_what_the_catalogue_does_not_have_is_named_with_its_neighbour() -> None:
    with pytest.raises(UsageError, match="did you mean water"):
        total({"watter": 1})
    with pytest.raises(UsageError, match="tax rate"):
        price((Item("soap", 1),), SHOP, False, (), Tax({"food": 0}))


@settings(max_examples=150, deadline=None, derandomize=True)
@given(baskets, members, offers, taxes)
def test_it_adds_up_and_is_never_negative(basket: Basket, member: bool, promotions: Offers, tax: Tax) -> None:
    priced = price(basket, SHOP, member, promotions, tax)
    assert all(line.discount_minor >= 0 and line.minor >= 0 for line in priced.lines)
    assert sum(line.discount_minor for line in priced.lines) == priced.discount_minor
    assert all(discount.minor > 0 for discount in priced.discounts)
    goods = sum(line.minor for line in priced.lines)
    assert priced.total_minor == goods + (0 if tax.inclusive else priced.tax_minor)
    assert 0 <= priced.tax_minor <= max(priced.total_minor, 0)
    assert sum(line.base_minor for line in priced.tax) == goods


@settings(max_examples=150, deadline=None, derandomize=True)
@given(st.data(), baskets, members, offers, taxes)
def test_the_order_changes_nothing(
    data: st.DataObject, basket: Basket, member: bool, promotions: Offers, tax: Tax
) -> None:
    other = data.draw(st.permutations(basket)), data.draw(st.permutations(promotions))
    assert price(tuple(other[0]), SHOP, member, other[1], tax) == price(basket, SHOP, member, promotions, tax)


@settings(max_examples=150, deadline=None, derandomize=True)
@given(baskets, offers, taxes)
def test_a_member_never_pays_more(basket: Basket, promotions: Offers, tax: Tax) -> None:
    as_member, as_other = (price(basket, SHOP, member, promotions, tax).total_minor for member in (True, False))
    assert as_member <= as_other
