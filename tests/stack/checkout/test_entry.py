"""Holds at the gate, and the receipts of those who walked out."""

from dataclasses import replace

from contracts.checkout import PaymentAction, PaymentOrder, Receipt, ReceiptLine, ReceiptStatus
from tests.stack.checkout.shop import Desk


def walked_out(account: str, visit: str = "v1", status: ReceiptStatus = ReceiptStatus.FINAL) -> Receipt:
    return Receipt(
        t_ns=0,
        source="stack",
        visit=visit,
        account=account,
        lines=(ReceiptLine("novel", 1, 1500, 0.99),),
        total_minor=1500,
        currency="USD",
        left_ns=0,
        status=status,
        reason="unsure" if status is ReceiptStatus.REVIEW else "",
    )


def admitted(desk: Desk, name: str) -> None:
    assert desk.checkout.ask(name, "gate-in", desk.now_ns)
    desk.run()
    (held,) = desk.checkout.decided(desk.now_ns)
    assert (held.account, held.gate, held.refusal) == (name, "gate-in", "")
    desk.checkout.admitted("v1", name, "gate-in")


def leave(desk: Desk, receipt: Receipt) -> Receipt:
    priced = desk.checkout.price(receipt)
    desk.checkout.settle(priced, desk.now_ns)
    desk.run()
    return priced


def test_a_hold_becomes_a_capture_of_the_members_price() -> None:
    desk = Desk()
    admitted(desk, "ana")
    assert leave(desk, walked_out("ana")).total_minor == 1200
    assert [(o.action, o.amount_minor) for o in desk.all(PaymentOrder)] == [
        (PaymentAction.AUTHORISE, 2000),
        (PaymentAction.CAPTURE, 1200),
    ]
    assert desk.taken("ana") == 1200


def test_a_declined_hold_is_told_and_lets_nobody_in() -> None:
    desk = Desk()
    desk.checkout.ask("cat", "gate-in", 0)
    desk.run()
    (held,) = desk.checkout.decided(desk.now_ns)
    assert "not accepted" in held.refusal


def test_who_does_not_come_in_after_all_has_nothing_held() -> None:
    desk = Desk()
    admitted(desk, "ben")
    desk.checkout.lapsed("v1", desk.now_ns)
    desk.run()
    assert [o.action for o in desk.all(PaymentOrder)] == [PaymentAction.AUTHORISE, PaymentAction.VOID]


def test_a_receipt_under_review_takes_nothing() -> None:
    desk = Desk()
    admitted(desk, "ben")
    leave(desk, walked_out("ben", status=ReceiptStatus.REVIEW))
    assert desk.taken("ben") == 0


def test_more_than_was_held_is_taken_in_two_payments() -> None:
    desk = Desk()
    admitted(desk, "ben")
    leave(desk, replace(walked_out("ben"), lines=(ReceiptLine("atlas", 1, 3000, 0.99),)))
    assert desk.taken("ben") == 3000
