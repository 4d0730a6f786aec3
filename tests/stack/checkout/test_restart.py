"""The stack dies in the middle of a sale, and another process takes up the books: all is finished or broken off."""

from __future__ import annotations

import pytest

from contracts.checkout import (
    BalanceChange,
    PaymentOrder,
    PhoneAction,
    Receipt,
    ReceiptLine,
    ReceiptStatus,
    TerminalEvent,
    TerminalEventKind,
    TerminalOrder,
    TillKey,
)
from contracts.trade import DOOR_OPEN
from stack.money.bill_table import BillState
from stack.money.invariants import check
from tests.stack.checkout.shop import ATLAS, NOVEL, STALL, Desk
from tests.stack.checkout.test_entry import admitted, walked_out


@pytest.fixture
def desk(url: str) -> Desk:
    return Desk(url)


def at_rest(desk: Desk) -> list[str]:
    """Return what is wrong once everything has had its time."""
    desk.run(60)
    wrong = check(desk.store, at_rest=True)
    desk.checkout.close()
    return wrong


def printed(desk: Desk) -> list[tuple[ReceiptStatus, str, int, str]]:
    return [(r.status, r.account, r.total_minor, r.instrument) for r in desk.all(Receipt)]


def test_a_sale_of_which_the_money_is_on_its_way_is_finished_and_printed(desk: Desk) -> None:
    desk.goods(NOVEL, ATLAS)
    desk.key(TillKey.TOTAL)
    desk.deaf = True
    desk.palm("ana")
    desk.restart()
    desk.deaf = False
    desk.run(2)
    assert printed(desk) == [(ReceiptStatus.FINAL, "ana", 4200, "tok-ana~approves")]
    lines = desk.all(Receipt)[0].lines
    assert lines == (ReceiptLine("atlas", 1, 3000, 1.0), ReceiptLine("novel", 1, 1500, 1.0))
    assert (desk.taken("ana"), at_rest(desk)) == (4200, [])


def test_what_was_paid_and_perhaps_never_printed_is_printed_once_more_and_then_no_more(desk: Desk) -> None:
    desk.goods(NOVEL)
    desk.key(TillKey.TOTAL)
    desk.take_quietly_palm("ana")
    first = desk.all(Receipt)[0].visit
    desk.restart()
    desk.run(2)
    assert [receipt.visit for receipt in desk.all(Receipt)] == [first]
    desk.restart()
    desk.run(2)
    assert (desk.all(Receipt), desk.taken("ana"), at_rest(desk)) == ([], 1200, [])


def test_a_clean_end_leaves_nothing_to_be_printed(desk: Desk) -> None:
    desk.goods(NOVEL)
    desk.key(TillKey.TOTAL)
    desk.take_quietly_palm("ana")
    desk.checkout.close()
    desk.restart()
    desk.run(2)
    assert (desk.all(Receipt), at_rest(desk)) == ([], [])


@pytest.mark.parametrize("asked", [False, True])
def test_a_sale_that_nobody_has_paid_is_broken_off_and_printed(desk: Desk, asked: bool) -> None:
    desk.goods(NOVEL)
    if asked:
        desk.key(TillKey.TOTAL)
    desk.restart()
    desk.run()
    assert printed(desk) == [(ReceiptStatus.VOID, "", 0, "")]
    assert "started anew" in desk.screen()
    desk.goods(ATLAS)
    desk.key(TillKey.TOTAL)
    desk.palm("ben")
    assert printed(desk)[1:] == [(ReceiptStatus.FINAL, "ben", 3000, "tok-ben~approves")]
    assert len({receipt.visit for receipt in desk.all(Receipt)}) == 2
    assert at_rest(desk) == []


def test_a_sale_that_was_refused_is_booked_back_and_printed(desk: Desk) -> None:
    desk.goods(NOVEL)
    desk.key(TillKey.TOTAL)
    desk.palm("cat")
    desk.restart()
    desk.run()
    assert printed(desk) == [(ReceiptStatus.VOID, "cat", 0, "")]
    assert [bill.state for bill in desk.store.load().bills.values()] == [BillState.VOID]
    assert at_rest(desk) == []


def test_a_card_that_was_taken_while_the_stack_was_dead_is_heard_of(desk: Desk) -> None:
    desk.goods(NOVEL)
    desk.key(TillKey.CARD)
    desk.restart()
    desk.run()
    (order,) = desk.all(TerminalOrder)  # once more, under its key: the terminal answers as it did
    desk.take(TerminalEvent(t_ns=desk.now_ns, source="t1", kind=TerminalEventKind.APPROVED, key=order.key, token="c"))
    assert printed(desk) == [(ReceiptStatus.FINAL, "", 1500, "terminal:t1")]
    assert at_rest(desk) == []


def test_the_door_of_a_machine_opens_for_what_was_paid(desk: Desk) -> None:
    desk.goods(NOVEL, till="s5")
    desk.key(TillKey.TOTAL, till="machine")
    desk.deaf = True
    desk.palm("ben", "p5")
    desk.restart()
    desk.deaf = False
    desk.run(2)
    assert desk.screen("x5") == DOOR_OPEN
    assert at_rest(desk) == []


def test_what_was_agreed_to_on_a_phone_is_finished(desk: Desk) -> None:
    desk.app(PhoneAction.SCANNED, STALL, 450, "ben")
    desk.deaf = True
    desk.app(PhoneAction.CONFIRMED, name="ben")
    desk.restart()
    desk.deaf = False
    desk.run(2)
    assert [(r.till, r.agreed_minor, r.account) for r in desk.all(Receipt)] == [("stall", 450, "ben")]
    assert (desk.taken("ben"), at_rest(desk)) == (450, [])


def test_stored_value_that_was_bought_is_told(desk: Desk) -> None:
    desk.deaf = True
    desk.app(PhoneAction.TOP_UP, amount_minor=2000)
    desk.restart()
    desk.deaf = False
    desk.run(2)
    assert [(c.account, c.amount_minor, c.balance_minor) for c in desk.all(BalanceChange)] == [("ana", 2000, 2000)]
    assert at_rest(desk) == []


def test_the_receipt_of_a_walk_out_that_nobody_heard_is_printed_once_more_and_then_no_more(desk: Desk) -> None:
    admitted(desk, "ana")
    priced = desk.checkout.price(walked_out("ana"))
    desk.checkout.settle(priced, desk.now_ns)
    desk.run(0.05)  # written down; and its answers are lost
    desk.restart()
    desk.run(3)
    assert printed(desk) == [(ReceiptStatus.FINAL, "ana", 1200, "tok-ana~approves")]
    desk.restart()
    desk.run(3)
    assert (desk.all(Receipt), desk.taken("ana"), at_rest(desk)) == ([], 1200, [])


def test_who_stood_at_the_gate_and_was_not_let_in_owes_nothing(desk: Desk) -> None:
    assert desk.checkout.ask("ana", "gate", desk.now_ns)
    desk.run()
    desk.deaf = True
    assert desk.checkout.ask("ben", "gate", desk.now_ns)
    desk.run(0.05)
    desk.restart()
    desk.deaf = False
    desk.run(5)
    bills = {bill.account: bill for bill in desk.store.load().bills.values()}
    assert {bill.state for bill in bills.values()} == {BillState.PAID}
    assert [o.action.value for o in desk.all(PaymentOrder) if "ana" in o.instrument] == ["void"]
    assert [o.action.value for o in desk.all(PaymentOrder) if "ben" in o.instrument][-1] == "void"
    assert at_rest(desk) == []
