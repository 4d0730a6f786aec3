"""Answers that are not to the order under way do nothing; the right one does its work once."""

from __future__ import annotations

import pytest

from contracts.checkout import PaymentAction, PaymentOutcome, PaymentResult
from stack.money import moves
from stack.money.invariants import check
from stack.money.payment_table import PaymentState
from tests.stack.money.till import HOLD, TOTAL, Till

_A, _O = PaymentAction, PaymentOutcome


def answer(key: str, outcome: PaymentOutcome, minor: int = 0, payment: str = "v1.1") -> PaymentResult:
    return PaymentResult(
        t_ns=0, source="provider", key=key, payment=payment, action=_A.CAPTURE, outcome=outcome, amount_minor=minor
    )


@pytest.fixture
def till() -> Till:
    """A till whose capture is under way and unheard."""
    till = Till()
    till.enter()
    till.wait(1)
    till.deaf = True
    till.leave()
    till.wait(0.25)
    assert till.paid()[0].state is PaymentState.CAPTURING
    return till


@pytest.mark.parametrize(
    ("key", "payment"),
    [
        ("v1.1/authorise-1", "v1.1"),
        ("v1.1/authorise-1/status-1", "v1.1"),
        ("v1.1/capture-3", "v1.1"),
        ("v1.1/capture-2", "v9.1"),
        ("", "v1.1"),
    ],
)
@pytest.mark.parametrize("outcome", PaymentOutcome)
def test_foreign_and_earlier_answers_do_nothing(till: Till, key: str, payment: str, outcome: PaymentOutcome) -> None:
    before = till.paid()[0]
    told = till.desk.feed(till.now_ns, [answer(key, outcome, HOLD, payment)])
    assert (till.paid()[0], told.orders) == (before, ())


@pytest.mark.parametrize("key", ["v1.1/capture-2", "v1.1/capture-2/status-1"])
def test_the_right_answer_counts_once(till: Till, key: str) -> None:
    for _ in range(3):
        till.desk.feed(till.now_ns, [answer(key, _O.APPROVED, TOTAL)])
    assert till.paid()[0].captured_minor == TOTAL
    assert till.payments.books.balance("clearing", "USD") == TOTAL


def test_never_more_is_booked_than_was_asked_for(till: Till) -> None:
    till.desk.feed(till.now_ns, [answer("v1.1/capture-2", _O.APPROVED, 10**6)])
    assert till.paid()[0].captured_minor == TOTAL


def test_approved_with_no_amount_is_not_approved(till: Till) -> None:
    till.desk.feed(till.now_ns, [answer("v1.1/capture-2", _O.APPROVED, 0)])
    assert till.paid()[0].state is PaymentState.VOIDING


def test_a_key_that_was_used_for_another_amount_waits_for_a_person_and_nothing_else_is_charged(till: Till) -> None:
    till.desk.feed(till.now_ns, [answer("v1.1/capture-2", _O.MISMATCH)])
    assert [payment.state for payment in till.paid()] == [PaymentState.REVIEW]
    assert (till.bill().state, till.bill().reason) == ("held", "key used for another amount")
    till.payments.collect("desk-1", "v1", till.now_ns, "tok-other")
    assert (len(till.paid()), till.bill().state) == (1, "held")


def test_a_person_ends_the_review_and_then_it_is_collected(till: Till) -> None:
    till.desk.feed(till.now_ns, [answer("v1.1/capture-2", _O.MISMATCH)])
    till.deaf = False
    moves.retry(till.payments.books, till.paid()[0], till.now_ns)
    till.wait(3)
    till.payments.collect("desk-1", "v1", till.now_ns)
    till.wait(3)
    assert [payment.state for payment in till.paid()] == [PaymentState.VOIDED, PaymentState.CAPTURED]
    assert till.provider_has() == TOTAL


def test_money_that_was_never_ordered_waits_for_a_person() -> None:
    till = Till()
    till.deaf = True
    till.enter()
    till.wait(50)
    void = till.paid()[0].pending
    till.desk.feed(till.now_ns, [answer(void, _O.DECLINED, 300)])
    assert till.paid()[0].state is PaymentState.REVIEW
    assert check(till.store) == []
