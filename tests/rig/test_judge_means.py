"""The judge holds receipts of tills to what was truly shown there."""

from dataclasses import replace

import pytest

from contracts.checkout import PaymentAction, PaymentOrder, PaymentOutcome, PaymentResult, Receipt, ReceiptStatus
from contracts.geometry import Pose
from contracts.layout import Account, Layout
from contracts.trade import TillInfo
from contracts.truth import TruePayment
from rig.judge.payments import payment_differences
from rig.judge.story import Story
from rig.judge.tills import means_differences, till_receipts

TILL = TillInfo("till-1", Pose.at(1, 1), terminal="t1")
LAYOUT = Layout("tiny", (0, 0, 4, 4), (0, 0, 4, 4), tills=(TILL,), provider="bank")
HEAD = {"t_ns": 9, "source": "stack"}
RECEIPT = Receipt(
    **HEAD, visit="v", account="a-ana", lines=(), total_minor=500, currency="USD", left_ns=0, till="till-1",
    agreed_minor=500, instrument="tok-ana",
)  # fmt: skip


def story(receipt: Receipt, means: str, payer: str = "") -> Story:
    told = Story(LAYOUT, account_of={"ana": "a-ana", "ben": "a-ben"})
    told.accounts = {f"a-{name}": Account(f"a-{name}", instrument=f"tok-{name}") for name in ("ana", "ben")}
    paid = TruePayment(t_ns=9, source="truth", shopper="ana", till="till-1", means=means, paid=True, payer=payer)
    told.by_kind = {Receipt: [receipt], TruePayment: [paid]}
    return told


def named(instrument: str, account: str = "a-ana") -> Receipt:
    return replace(RECEIPT, instrument=instrument, account=account)


@pytest.mark.parametrize(
    ("receipt", "means", "payer"),
    [
        (RECEIPT, "palm", ""),
        (named("terminal:t1"), "card", ""),
        (named("terminal:t1", ""), "card", "ben"),
        (named("sha256:00"), "wallet", ""),
        (named("tok-ben", "a-ben"), "palm", "ben"),
    ],
)
def test_a_receipt_that_says_what_paid_is_right(receipt: Receipt, means: str, payer: str) -> None:
    assert list(means_differences(story(receipt, means, payer))) == []


@pytest.mark.parametrize(
    ("receipt", "means", "payer", "said"),
    [
        (RECEIPT, "card", "", "ana paid by card, and the receipt of v says a card on file"),
        (named("terminal:t1"), "palm", "", "says a card at a terminal"),
        (named("terminal:t2"), "card", "", "says a card at a terminal"),
        (RECEIPT, "palm", "ben", "ben paid by palm"),
        (named("tok-ben"), "palm", "ben", "the receipt of v is a-ana's"),
        (named("sha256:00"), "qr", "", "says the code of a wallet"),
    ],
)
def test_a_receipt_that_names_another_is_wrong(receipt: Receipt, means: str, payer: str, said: str) -> None:
    assert said in "; ".join(means_differences(story(receipt, means, payer)))


def test_what_was_taken_is_owed_by_the_instrument_on_the_receipt() -> None:
    order = PaymentOrder(
        **HEAD, provider="bank", key="k", payment="v.1", action=PaymentAction.CAPTURE, amount_minor=500,
        instrument="tok-ben",
    )  # fmt: skip
    result = PaymentResult(
        t_ns=9, source="bank", key="k", payment="v.1", action=PaymentAction.CAPTURE,
        outcome=PaymentOutcome.APPROVED, amount_minor=500,
    )  # fmt: skip
    told = story(named("tok-ben"), "palm")
    told.by_kind |= {PaymentOrder: [order], PaymentResult: [result]}
    assert list(payment_differences(told)) == []
    told.by_kind[Receipt] = [RECEIPT]
    assert len(list(payment_differences(told))) == 2
    told.by_kind[Receipt] = [named("")]
    assert "receipt of v does not say what paid it" in list(payment_differences(told))


def test_a_sale_that_was_broken_off_is_nobodys_receipt() -> None:
    told = story(replace(RECEIPT, status=ReceiptStatus.VOID, total_minor=0, agreed_minor=0), "palm")
    assert till_receipts(told, "ana", told.all(Receipt)) == []
    assert list(payment_differences(told)) == []
