"""A small shop, and Hypothesis strategies for baskets and promotions in it."""

from __future__ import annotations

from hypothesis import strategies as st

from stack.money.basket import Goods, Item
from stack.money.promotions import Bundle, ForThePriceOf, MemberPrice, Percentage, Promotion, Threshold
from stack.money.rounding import Rounding
from stack.money.tax import RoundedBy, Tax

SHOP = {
    "water": Goods(100, "food"),
    "juice": Goods(249, "food"),
    "sandwich": Goods(499, "food"),
    "soap": Goods(333),
    "magazine": Goods(1_295, "print"),
    "leaflet": Goods(0, "print"),
}
RATES = {"food": 0, "standard": 88_750, "print": 70_000}

names = st.sampled_from(sorted(SHOP))
items = st.builds(Item, names, st.integers(1, 9), st.none() | st.integers(0, 5_000))
baskets = st.lists(items, max_size=8).map(tuple)
members = st.booleans()
some = st.lists(names, unique=True, max_size=4).map(tuple)
promotions = st.one_of(
    st.builds(MemberPrice, id=st.just("member price"), product=names, unit_minor=st.integers(0, 1_500)),
    st.builds(Percentage, id=st.just("per cent"), products=some, basis_points=st.integers(0, 10_000), members=members),
    st.builds(
        ForThePriceOf,
        id=st.just("n for m"),
        products=some,
        take=st.integers(3, 5),
        pay=st.integers(1, 2),
        members=members,
    ),
    st.builds(
        Bundle,
        id=st.just("bundle"),
        parts=st.dictionaries(names, st.integers(1, 3), min_size=1, max_size=3).map(lambda d: tuple(sorted(d.items()))),
        price_minor=st.integers(0, 1_500),
        members=members,
    ),
    st.builds(
        Threshold,
        id=st.just("threshold"),
        from_minor=st.integers(1, 9_000),
        off_minor=st.integers(0, 9_000),
        members=members,
    ),
)


def _named(drawn: list[Promotion | Threshold]) -> list[Promotion | Threshold]:
    from dataclasses import replace

    return [replace(promotion, id=f"{promotion.id} {number}") for number, promotion in enumerate(drawn)]


offers = st.lists(promotions, max_size=5).map(_named)
taxes = st.builds(
    Tax, st.just(RATES), st.booleans(), st.sampled_from(sorted(RoundedBy)), st.sampled_from(sorted(Rounding))
)
