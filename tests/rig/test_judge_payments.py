"""The judge tells money that was taken from money that was owed, also where nobody heard of it landing."""

from dataclasses import replace

from contracts.checkout import (
    PRICE_DIFFERENCE,
    BalanceChange,
    PaymentAction,
    PaymentOrder,
    PaymentOutcome,
    PaymentResult,
    Receipt,
    ReceiptLine,
)
from contracts.geometry import Pose
from contracts.layout import Layout, Product
from contracts.record import Record
from contracts.trade import Promotion, PromotionKind, TillInfo
from rig.judge.credits import credit_differences
from rig.judge.holds import hold_differences
from rig.judge.payments import payment_differences
from rig.judge.story import Story

_A, _O = PaymentAction, PaymentOutcome
LAYOUT = Layout("tiny", (0, 0, 4, 4), (0, 0, 4, 4), tills=(TillInfo("till-1", Pose.at(1, 1)),), provider="bank")


def step(action: PaymentAction, outcome: PaymentOutcome, minor: int) -> list[Record]:
    key = f"p/{action}"
    order = PaymentOrder(
        t_ns=0, source="stack", provider="bank", key=key, payment="p", action=action, amount_minor=500, instrument="s"
    )
    result = PaymentResult(
        t_ns=0, source="bank", key=key, payment="p", action=action, outcome=outcome, amount_minor=minor
    )
    return [order, result]


def wrong(*steps: list[Record]) -> list[str]:
    story = Story(LAYOUT)
    for record in (record for each in steps for record in each):
        story.by_kind.setdefault(type(record), []).append(record)
    return list(payment_differences(story))


def test_what_landed_unheard_and_was_given_back_leaves_nothing() -> None:
    late = step(_A.VOID, _O.DECLINED, 500)
    assert wrong(late, step(_A.REFUND, _O.APPROVED, 500)) == []
    assert "0 USD (minor units) are owed, 500 were taken" in wrong(late)[0]


def test_what_was_heard_of_counts_once() -> None:
    heard = step(_A.CAPTURE, _O.APPROVED, 500)
    assert "500 were taken" in wrong(heard, step(_A.VOID, _O.DECLINED, 500))[0]


def test_a_void_that_let_go_took_nothing() -> None:
    assert wrong(step(_A.VOID, _O.APPROVED, 500)) == []


def given(minor: int, times: int = 1, account: str = "ana") -> list[str]:
    layout = replace(
        LAYOUT,
        products=(Product("beans", "4000000000044", "Beans", 500, 4, price_minor=1390),),
        promotions=(Promotion("elsewhere", PromotionKind.MATCH, ("beans",), price_minor=1290),),
    )
    story = Story(layout)
    lines = (ReceiptLine("beans", 2, 1390, 1.0),)
    receipt = Receipt(
        t_ns=0, source="stack", visit="v", account="ana", lines=lines, total_minor=2780, currency="USD", left_ns=0
    )
    change = BalanceChange(
        t_ns=0, source="stack", account=account, amount_minor=minor, balance_minor=minor, currency="USD",
        key="v/beans", reason=PRICE_DIFFERENCE,
    )  # fmt: skip
    story.by_kind = {Receipt: [receipt], BalanceChange: [change] * times}
    return list(credit_differences(story))


def test_a_price_difference_is_given_once_in_its_amount_to_who_paid() -> None:
    assert given(200) == []
    assert "is 200 (minor units), and 100 were given" in given(100)[0]
    assert "given 2 times" in given(200, times=2)[0]
    assert "is 0" in given(200, account="ben")[0]


def test_what_is_held_is_taken_or_let_go() -> None:
    def left(*steps: list[Record]) -> list[str]:
        story = Story(LAYOUT)
        for record in (record for each in steps for record in each):
            story.by_kind.setdefault(type(record), []).append(record)
        return list(hold_differences(story))

    held = step(_A.AUTHORISE, _O.APPROVED, 500)
    assert "neither taken nor let go" in left(held)[0]
    for action in (_A.CAPTURE, _A.VOID):
        assert left(held, step(action, _O.APPROVED, 500)) == []
    assert left(step(_A.AUTHORISE, _O.DECLINED, 0)) == []
