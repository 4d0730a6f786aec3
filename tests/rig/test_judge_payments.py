"""The judge tells money that was taken from money that was owed, also where nobody heard of it landing."""

from contracts.checkout import PaymentAction, PaymentOrder, PaymentOutcome, PaymentResult
from contracts.geometry import Pose
from contracts.layout import Layout
from contracts.record import Record
from contracts.trade import TillInfo
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
