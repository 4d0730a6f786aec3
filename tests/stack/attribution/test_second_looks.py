"""Decisions that are looked at once more when the hand has gone back."""

from __future__ import annotations

import pytest

from contracts.records import Hypothesis
from stack.attribution.ledger import Entry, Ledger
from stack.attribution.second_looks import Decided, SecondLooks, weighed_anew
from stack.attribution.verdict import Part, Verdict
from tests.stack.small_store import change, plate

THEN = {"v1": 0.6, "v2": 0.38, "": 0.02}
OTHERS = (Hypothesis("v2", "soap", 1, 0.37), Hypothesis("", "", 0, 0.03))


def decided(*visits: str) -> Decided:
    parts = tuple(Part(visit, "soap", 1, frozenset({plate(1)}), 1.0) for visit in visits)
    return Decided("e1", change(-300.0, plate(1)), Verdict(parts, (0.6,) * len(parts), 0.03, OTHERS), THEN)


def ledger(*entries: tuple[str, int, str]) -> Ledger:
    books = Ledger(lambda *_: False)
    for visit, count, event in entries:
        books.post(Entry(visit, "soap", count, event, 0.6, 0, OTHERS))
    return books


def test_each_decision_is_looked_at_once() -> None:
    looks = SecondLooks()
    looks.note(decided("v1"))
    end_ns = decided("v1").change.ended_ns
    assert looks.due(end_ns - 1) == []
    assert [found.event for found in looks.due(end_ns)] == ["e1"]
    assert looks.due(end_ns) == []


def test_what_two_people_or_nobody_did_is_left() -> None:
    looks = SecondLooks()
    looks.note(decided("v1", "v2"))
    looks.note(decided())
    assert looks.due(10**12) == []


def test_readings_follow_the_shares() -> None:
    best, *others = weighed_anew(decided("v1"), {"v1": 0.05, "v2": 0.93, "": 0.02})
    assert (best.visit, best.product) == ("v2", "soap")
    assert best.probability > 0.85
    assert best.probability + sum(other.probability for other in others) == pytest.approx(1.0)


def test_shares_that_stayed_change_nothing() -> None:
    assert [h.probability for h in weighed_anew(decided("v1"), THEN)] == pytest.approx([0.6, 0.37, 0.03])


def test_a_take_goes_to_its_other_owner() -> None:
    books = ledger(("v1", 1, "e1"))
    entry = books.reread("e1", Hypothesis("v2", "soap", 1, 0.9), ())
    assert entry is not None
    assert (books.cart("v1"), books.cart("v2")) == ({}, {"soap": 1})


def test_nobody_loses_what_they_have_given_back() -> None:
    books = ledger(("v1", 1, "e1"), ("v1", -1, "e2"))
    assert books.reread("e1", Hypothesis("v2", "soap", 1, 0.9), ()) is None
    assert books.reread("e2", Hypothesis("v2", "soap", -1, 0.9), ()) is None
    assert (books.cart("v1"), books.cart("v2")) == ({}, {})


def test_a_receipt_that_is_out_stays() -> None:
    books = ledger(("v1", 1, "e1"))
    books.close("v1")
    assert books.reread("e1", Hypothesis("v2", "soap", 1, 0.9), ()) is None


def test_the_same_owner_is_news_only_when_more_or_less_sure() -> None:
    books = ledger(("v1", 1, "e1"))
    assert books.reread("e1", Hypothesis("v1", "soap", 1, 0.61), ()) is None
    assert books.reread("e1", Hypothesis("v1", "soap", 1, 0.9), ()) is not None
    assert books.entries[0].probability == 0.9
