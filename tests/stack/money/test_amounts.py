"""Amounts in minor units: written, read back, divided, rounded; no float on the way."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from contracts.errors import UsageError
from stack.money.currency import EXPONENT, minor_of, shares, written
from stack.money.rounding import Rounding, divide


@pytest.mark.parametrize(
    ("minor", "currency", "text"),
    [
        (1_234, "USD", "12.34 USD"),
        (5, "EUR", "0.05 EUR"),
        (-150, "USD", "-1.50 USD"),
        (1_500, "KRW", "1500 KRW"),
        (0, "JPY", "0 JPY"),
        (1_500, "BHD", "1.500 BHD"),
    ],
)
def test_amounts_are_written_as_people_write_them(minor: int, currency: str, text: str) -> None:
    assert written(minor, currency) == text
    assert minor_of(text.split(maxsplit=1)[0], currency) == minor


@settings(derandomize=True, deadline=None)
@given(st.integers(-(10**12), 10**12), st.sampled_from(sorted(EXPONENT)))
def test_every_amount_is_read_back(minor: int, currency: str) -> None:
    assert minor_of(written(minor, currency).split()[0], currency) == minor


@pytest.mark.parametrize(("text", "currency"), [("1.234", "USD"), ("1.0", "JPY"), ("1,00", "EUR"), ("", "USD")])
def test_what_is_no_amount_is_refused(text: str, currency: str) -> None:
    with pytest.raises(UsageError, match="not an amount"):
        minor_of(text, currency)


def test_an_unknown_currency_is_refused() -> None:
    with pytest.raises(UsageError, match="ISO 4217"):
        written(1, "usd")


@settings(derandomize=True, deadline=None)
@given(st.integers(0, 10**9), st.lists(st.integers(0, 10**6), min_size=1).filter(any))
def test_shares_lose_nothing_and_nobody_gets_more_than_their_part_rounded_up(total: int, weights: list[int]) -> None:
    parts = shares(total, weights)
    assert sum(parts) == total
    for part, weight in zip(parts, weights, strict=True):
        assert 0 <= part - total * weight // sum(weights) <= 1


@pytest.mark.parametrize(
    ("rule", "results"),
    [(Rounding.HALF_UP, [1, 1, 2, 2, 3]), (Rounding.HALF_EVEN, [1, 0, 2, 2, 2]), (Rounding.DOWN, [0, 0, 1, 2, 2])],
)
def test_halves_go_where_the_rule_says(rule: Rounding, results: list[int]) -> None:
    assert [divide(top, 10, rule) for top in (6, 5, 15, 20, 25)] == results


def test_there_is_no_float_in_the_money() -> None:
    import stack.money

    for file in sorted(Path(stack.money.__path__[0]).glob("*.py")):
        for node in ast.walk(ast.parse(file.read_text())):
            division = isinstance(node, ast.BinOp) and isinstance(node.op, ast.Div)
            fraction = isinstance(node, ast.Constant) and isinstance(node.value, float)
            seconds = file.name == "provider_client.py"  # its time limit
            assert seconds or not (division or fraction), f"{file.name}:{getattr(node, 'lineno', 0)}"
