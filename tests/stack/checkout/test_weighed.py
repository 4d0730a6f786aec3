"""Weighed goods at a till: each piece costs what its label says, and no label is believed further than that."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contracts.checkout import Receipt, TillKey
from contracts.codes import gs1, gtin
from contracts.codes.gs1 import SEPARATOR
from stack.checkout.labels import priced
from stack.money.invariants import check
from tests.stack.checkout.shop import ATLAS, NOVEL, Desk

PIECE = "01" + gtin.with_check_digit("9" + NOVEL[:12])


def label(price: str, kg: str = "") -> str:
    return PIECE + (f"3103{kg}" if kg else "") + price


def test_two_pieces_cost_what_their_labels_say() -> None:
    desk = Desk()
    desk.scan(label("3922321", "001234"), symbology="]e0")
    assert desk.screen() == "Novel 1.234 kg 3.21 USD"
    desk.scan(label("3922105"), symbology="]C1")
    desk.goods(ATLAS)
    desk.key(TillKey.TOTAL)
    desk.palm("ben")
    desk.run(60)
    [receipt] = desk.all(Receipt)
    assert sorted((line.product, line.count, line.unit_minor) for line in receipt.lines) == [
        ("atlas", 1, 3000),
        ("novel", 1, 105),
        ("novel", 1, 321),
    ]
    assert (receipt.total_minor, desk.taken("ben"), check(desk.store, at_rest=True)) == (3426, 3426, [])


def test_a_members_price_of_a_whole_one_makes_no_piece_dearer() -> None:
    desk = Desk()
    desk.scan(label("3922321"), symbology="]C1")
    desk.key(TillKey.TOTAL)
    desk.palm("ana")
    desk.run(60)
    assert [receipt.total_minor for receipt in desk.all(Receipt)] == [321]


@pytest.mark.parametrize(
    "said",
    [
        label("", "000195"),
        label("39238405"),
        label("3922000"),
        label("39332840" + "321"),
        label("39332392" + "321"),
        "01" + gtin.with_check_digit("1" + NOVEL[:12]) + "3922321",
    ],
    ids=["weight alone", "tenths of a cent", "for nothing", "own currency", "another's", "a box"],
)
def test_what_says_no_price_of_one_piece_is_refused(said: str) -> None:
    desk = Desk()
    desk.scan(said, symbology="]C1")
    assert "Not sold here" in desk.screen()
    desk.key(TillKey.TOTAL)
    desk.palm("ben")
    assert desk.all(Receipt) == []


def test_an_article_that_the_store_does_not_have_is_refused() -> None:
    desk = Desk()
    desk.scan("01" + gtin.with_check_digit("9400638133393") + "3922321", symbology="]C1")
    assert "Not sold here" in desk.screen()


@given(minor=st.integers(1, 10**9), decimals=st.integers(0, 9))
def test_a_price_is_never_rounded(minor: int, decimals: int) -> None:
    read = priced(gs1.parse(f"{PIECE}392{decimals}{minor}{SEPARATOR}"), "USD")
    exact = minor * 100 % 10**decimals == 0
    assert (read.minor if read else None) == (minor * 100 // 10**decimals if exact else None)
    assert read is None or read.article.gtin13 == NOVEL
