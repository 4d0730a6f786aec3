"""Books and what conservation corrects in them."""

from __future__ import annotations

from contracts.records import Hypothesis
from stack.attribution.ledger import HANDED, IN_HAND, Entry, Ledger


def take(visit: str, event: str, others: tuple[Hypothesis, ...] = ()) -> Entry:
    return Entry(visit, "soap", 1, event, 0.8, 0, others)


def put(visit: str, event: str) -> Entry:
    return Entry(visit, "soap", -1, event, 0.9, 10)


def apart(_one: str, _other: str, _since_ns: int) -> bool:
    return False


def together(_one: str, _other: str, _since_ns: int) -> bool:
    return True


def test_a_cart_is_the_sum_of_its_entries() -> None:
    ledger = Ledger(apart)
    ledger.post(take("v1", "e1"))
    ledger.post(take("v1", "e2"))
    assert ledger.post(put("v1", "e3")) == []
    assert ledger.cart("v1") == {"soap": 1}


def test_a_put_back_by_another_shows_that_the_take_was_read_wrongly() -> None:
    ledger = Ledger(apart)
    ledger.post(take("v1", "e1", (Hypothesis("v2", "soap", 1, 0.2),)))
    [correction] = ledger.post(put("v2", "e2"))
    assert [(entry.visit, entry.event) for entry in correction.revised] == [("v2", "e1")]
    assert (ledger.cart("v1"), ledger.cart("v2")) == ({}, {})


def test_a_put_back_by_somebody_who_stood_beside_the_taker_was_handed_over() -> None:
    ledger = Ledger(together)
    ledger.post(take("v1", "e1"))
    assert ledger.may_have("v2", "soap") == HANDED
    [correction] = ledger.post(put("v2", "e2"))
    assert [(entry.visit, entry.count, entry.event) for entry in correction.posted] == [("v1", -1, ""), ("v2", 1, "")]
    assert (ledger.cart("v1"), ledger.cart("v2")) == ({}, {})


def test_without_a_meeting_nothing_is_inferred() -> None:
    ledger = Ledger(apart)
    ledger.post(take("v1", "e1"))
    assert ledger.post(put("v2", "e2")) == []
    assert (ledger.cart("v1"), ledger.cart("v2")) == ({"soap": 1}, {"soap": -1})


def test_a_receipt_that_is_out_is_not_corrected() -> None:
    ledger = Ledger(together)
    ledger.post(take("v1", "e1"))
    ledger.close("v1")
    assert ledger.post(put("v2", "e2")) == []
    assert ledger.cart("v1") == {"soap": 1}


def test_what_was_taken_last_and_not_given_back_is_in_the_hand() -> None:
    ledger = Ledger(apart)
    for n, (product, count) in enumerate([("soap", 1), ("crisps", 1), ("cola-500", 1), ("cola-500", -1)]):
        ledger.post(Entry("v1", product, count, f"e{n}", 0.9, n))
    assert ledger.in_hand("v1", 0) == {"soap": 1.0}
    assert ledger.in_hand("v1", 2)["cola-500"] == IN_HAND
    assert ledger.in_hand("v1", 3)["crisps"] == IN_HAND
    assert sum(ledger.in_hand("v1", 3).values()) == 1.0
    assert ledger.in_hand("v2", 3) == {}


def test_a_cart_needs_the_takes_that_it_could_not_do_without() -> None:
    ledger = Ledger(apart)
    ledger.post(take("v1", "e1"))
    assert ledger.needs("v1", "soap", 1) == {"e1"}
    ledger.post(take("v1", "e2"))
    assert ledger.needs("v1", "soap", 1) == set()
    assert ledger.needs("v1", "soap", 2) == {"e1", "e2"}
