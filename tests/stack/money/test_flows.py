"""Whole visits against every way in which a provider can behave; the provider's own books must agree with ours."""

from __future__ import annotations

import pytest

from contracts.checkout import PaymentAction
from contracts.clock import SECOND
from contracts.errors import UsageError
from stack.money import stored_value
from stack.money.bill import Owed
from stack.money.bill_table import BillState
from stack.money.errors import NotPossible
from stack.money.payment_table import PaymentState
from tests.stack.money.till import HOLD, TOTAL, Till
from twin.provider.behaviour import BEHAVIOURS

PAID = {"approves", "answers-twice", "answers-late", "never-answers", "deaf-once", "declines-refund"}


@pytest.mark.parametrize("quick", [True, False])
@pytest.mark.parametrize("behaviour", BEHAVIOURS)
def test_a_visit_is_charged_once_or_held_with_its_reason(behaviour: str, quick: bool) -> None:
    till = Till(quick=quick)
    bill = till.visit(f"tok-ana~{behaviour}")
    assert till.provider_has() == sum(p.left_minor for p in till.paid())
    if behaviour in PAID:
        assert (bill.state, bill.reason, till.provider_has()) == (BillState.PAID, "", TOTAL)
    else:
        assert (bill.state, till.provider_has()) == (BillState.HELD, 0)
        assert bill.reason


def test_the_hold_is_taken_at_the_exit_for_what_the_goods_come_to() -> None:
    till = Till()
    till.visit()
    steps = [(order.action, order.amount_minor) for order in till.sent]
    assert steps == [(PaymentAction.AUTHORISE, HOLD), (PaymentAction.CAPTURE, TOTAL)]


def test_goods_dearer_than_the_hold_are_paid_by_the_hold_and_one_sale() -> None:
    till = Till()
    assert till.visit(total=HOLD + 300).state is BillState.PAID
    assert [payment.captured_minor for payment in till.paid()] == [HOLD, 300]


def test_who_takes_nothing_pays_nothing_and_the_hold_is_let_go() -> None:
    till = Till()
    bill = till.visit(total=0)
    assert (bill.state, bill.reason) == (BillState.PAID, "nothing owed")
    assert [payment.state for payment in till.paid()] == [PaymentState.VOIDED]


def test_without_an_instrument_the_receipt_is_held() -> None:
    till = Till()
    bill = till.visit(instrument="")
    assert (bill.state, bill.reason) == (BillState.HELD, "nothing to charge it to")
    assert till.paid() == []


def test_leaving_before_the_hold_is_answered_is_settled_when_it_is() -> None:
    till = Till(quick=False)
    till.enter()
    till.wait(0.25)
    till.leave()
    till.wait(30)
    assert till.bill().state is BillState.PAID


def test_silence_is_asked_about_every_four_seconds_and_ended_after_45() -> None:
    till = Till()
    till.enter(instrument="tok-ana~stays-unknown")
    till.wait(60)
    asked = [order.t_ns // SECOND for order in till.sent if order.action is PaymentAction.STATUS]
    voided = [order.t_ns // SECOND for order in till.sent if order.action is PaymentAction.VOID]
    assert asked == [4, 8, 12, 16, 20, 24, 28, 32, 36, 40, 44]
    assert voided == [45]
    assert till.paid()[0].state is PaymentState.VOIDED


def test_what_lands_between_the_last_question_and_the_void_is_given_back() -> None:
    till = Till()
    bill = till.visit("tok-ana~lands-late")
    payment = till.paid()[0]
    assert (payment.state, payment.captured_minor, payment.refunded_minor) == (PaymentState.REFUNDED, TOTAL, TOTAL)
    assert (bill.state, bill.reason) == (BillState.HELD, "no answer in 45 s")
    assert [order.action for order in till.sent][-2:] == [PaymentAction.VOID, PaymentAction.REFUND]


def test_an_order_that_never_arrived_is_sent_again_under_its_key() -> None:
    till = Till()
    till.enter()
    till.deaf = True
    till.wait(2)
    till.deaf = False
    till.wait(10)
    sent = [order.key for order in till.sent if order.action is PaymentAction.AUTHORISE]
    assert sent == ["v1.1/authorise-1"] * 2
    assert till.paid()[0].state is PaymentState.AUTHORISED


def test_a_void_is_repeated_until_the_provider_is_back() -> None:
    till = Till()
    till.enter()
    till.wait(1)
    till.deaf = True
    till.leave(total=0)
    till.wait(300)
    voids = {order.key for order in till.sent if order.action is PaymentAction.VOID}
    assert len(voids) == 1
    assert till.paid()[0].state is PaymentState.VOIDING
    till.deaf = False
    till.wait(70)
    assert till.paid()[0].state is PaymentState.VOIDED


def test_a_doubtful_receipt_waits_for_a_person_and_is_then_collected_from_the_hold() -> None:
    till = Till()
    till.enter()
    till.wait(1)
    till.leave(doubt="unsure of fiji-500")
    till.wait(1)
    assert (till.bill().state, till.provider_has()) == (BillState.HELD, 0)
    till.payments.collect("desk-1", "v1", till.now_ns)
    till.payments.collect("desk-1", "v1", till.now_ns)
    till.wait(3)
    assert (till.bill().state, till.provider_has()) == (BillState.PAID, TOTAL)
    assert len(till.paid()) == 1


def test_a_declined_bill_is_collected_from_another_card() -> None:
    till = Till()
    till.visit("tok-ana~declines")
    till.payments.collect("desk-1", "v1", till.now_ns, "tok-other")
    till.wait(3)
    assert (till.bill().state, till.provider_has()) == (BillState.PAID, TOTAL)


def test_amounts_that_cannot_be_are_refused_before_anything_is_done() -> None:
    till = Till()
    for wrong in (lambda: till.enter(hold=-1), lambda: till.leave(total=-5), lambda: Owed(5, 6)):
        with pytest.raises(UsageError):
            wrong()
    with pytest.raises(UsageError, match="ISO 4217"):
        till.payments.begin("v1", 0, currency="dollars")
    with pytest.raises(NotPossible, match="no such bill"):
        till.leave("v9")
    with pytest.raises(NotPossible, match="above 0"):
        stored_value.credit(till.payments.books, "c1", 0, "ana", 0, "USD")
    assert not till.payments.books.drain().to_write
