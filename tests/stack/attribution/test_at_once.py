"""Two changes of load at one moment."""

from __future__ import annotations

import pytest

from contracts.records import Hypothesis
from stack.attribution.at_once import AtOnce
from stack.attribution.verdict import Part, Verdict
from tests.stack.small_store import HIGH, Change, change, plate

SHARES = {"v1": 0.6, "v2": 0.39, "": 0.01}


def decided(what: Change, *odds: tuple[str, float]) -> AtOnce:
    (visit, p), *rest = odds
    part = Part(visit, "soap", 1, frozenset(what.plates), 1.0)
    rivals = tuple(Hypothesis(rival, "soap", 1, q) for rival, q in rest)
    at_once = AtOnce()
    at_once.note(what, Verdict((part,), (p,), 0.0, rivals))
    return at_once


def test_who_took_the_one_hardly_took_the_other() -> None:
    found = decided(change(-300.0, plate(4), at_s=10), ("v2", 0.61), ("v1", 0.38)).weigh(
        change(-520.0, plate(1), at_s=10.1), SHARES
    )
    assert found["v1"] > 0.65
    assert sum(found.values()) == pytest.approx(1.0)


def test_who_is_alone_took_both_with_two_hands() -> None:
    found = decided(change(-300.0, plate(4), at_s=10), ("v1", 0.97)).weigh(
        change(-520.0, plate(1), at_s=10.1), {"v1": 0.97, "v2": 0.01, "": 0.02}
    )
    assert found["v1"] > 0.85


@pytest.mark.parametrize(
    "other",
    [change(-300.0, plate(4), at_s=9), change(-300.0, plate(1), at_s=10), change(-300.0, plate(1), plate(2), at_s=10)],
)
def test_one_after_the_other_or_on_one_plate_says_nothing(other: Change) -> None:
    found = decided(other, ("v2", 1.0)).weigh(change(-520.0, plate(1), at_s=10.1), SHARES)
    assert found == pytest.approx(SHARES)


def test_another_shelf_of_the_rack_counts_too() -> None:
    found = decided(change(-300.0, plate(1, HIGH), at_s=10), ("v2", 1.0)).weigh(
        change(-520.0, plate(1), at_s=10.1), SHARES
    )
    assert found["v1"] > 0.8
