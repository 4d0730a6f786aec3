"""Giving back: in parts, never above what was taken, each key once."""

from __future__ import annotations

import pytest

from stack.money import moves
from stack.money.errors import KeyReused, NotPossible
from stack.money.invariants import check
from stack.money.payment_table import PaymentState
from tests.stack.money.till import TOTAL, Till


def test_refunds_in_parts_never_exceed_what_was_taken() -> None:
    till = Till()
    till.visit()
    till.payments.refund("r1", "v1", till.now_ns, 1_000, 28)
    till.wait(3)
    assert (till.paid()[0].state, till.provider_has()) == (PaymentState.PARTLY_REFUNDED, TOTAL - 1_000)
    with pytest.raises(NotPossible, match=r"2\.34 USD"):
        till.payments.refund("r2", "v1", till.now_ns, 235)
    till.payments.refund("r2", "v1", till.now_ns, 234, 6)
    till.wait(3)
    assert (till.paid()[0].state, till.provider_has()) == (PaymentState.REFUNDED, 0)
    assert check(till.store, at_rest=True) == []


def test_the_same_refund_twice_is_one_and_another_under_its_key_is_an_error() -> None:
    till = Till()
    till.visit()
    for _ in range(2):
        till.payments.refund("r1", "v1", till.now_ns, 100)
        till.wait(3)
    with pytest.raises(KeyReused):
        till.payments.refund("r1", "v1", till.now_ns, 101)
    assert till.provider_has() == TOTAL - 100


def test_while_one_refund_is_under_way_the_next_must_wait() -> None:
    till = Till()
    till.visit()
    till.payments.refund("r1", "v1", till.now_ns, 100)
    with pytest.raises(NotPossible, match="wait while another"):
        till.payments.refund("r2", "v1", till.now_ns, 100)


def test_a_refused_refund_is_reviewed_and_tried_again() -> None:
    till = Till()
    till.visit("tok-ana~declines-refund")
    till.payments.refund("r1", "v1", till.now_ns, 100)
    till.wait(3)
    payment = till.paid()[0]
    assert (payment.state, payment.reason) == (PaymentState.REVIEW, "account closed")
    moves.retry(till.payments.books, payment, till.now_ns)
    till.wait(3)
    assert till.paid()[0].pending == "v1.1/refund-4"
    assert check(till.store, at_rest=True) == []


def test_tax_goes_back_with_the_goods() -> None:
    till = Till()
    till.visit()
    till.payments.refund("r1", "v1", till.now_ns, TOTAL, 34)
    till.wait(3)
    assert till.payments.books.balance("tax", "USD") == 0
    assert till.payments.books.balance("refunds", "USD") == TOTAL - 34
