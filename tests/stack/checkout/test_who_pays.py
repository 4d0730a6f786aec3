"""Identity and instrument are two things: whose purchase it is, and what pays for it."""

import pytest

from contracts.checkout import BalanceChange, Receipt, TerminalEvent, TerminalEventKind, TillKey
from stack.money.bill_table import BillState
from tests.stack.checkout.shop import ATLAS, NOVEL, Desk


@pytest.fixture
def desk() -> Desk:
    return Desk()


def tap(desk: Desk, kind: TerminalEventKind = TerminalEventKind.APPROVED) -> None:
    desk.key(TillKey.CARD)
    desk.take(TerminalEvent(t_ns=desk.now_ns, source="t1", kind=kind, key=desk.terminal_key, token="c"))


def states(desk: Desk) -> list[tuple[str, BillState]]:
    bills = desk.store.load().bills.values()
    return [(bill.account, bill.state) for bill in bills]


def test_who_was_known_by_the_palm_keeps_the_members_price_when_a_card_pays(desk: Desk) -> None:
    desk.goods(NOVEL)
    desk.key(TillKey.TOTAL)
    desk.palm("dan")
    assert "Not paid" in desk.screen()
    tap(desk)
    (receipt,) = desk.all(Receipt)
    assert (receipt.account, receipt.total_minor, receipt.instrument) == ("dan", 1200, "terminal:t1")
    assert desk.taken("dan") == 0


def test_another_shoppers_palm_makes_it_theirs_at_their_price(desk: Desk) -> None:
    desk.goods(NOVEL)
    desk.key(TillKey.TOTAL)
    desk.palm("dan")
    desk.palm("ben")
    (receipt,) = desk.all(Receipt)
    assert (receipt.account, receipt.total_minor, receipt.instrument) == ("ben", 1500, "tok-ben~approves")
    assert (desk.taken("dan"), desk.taken("ben")) == (0, 1500)
    desk.run()
    assert states(desk) == [("dan", BillState.VOID), ("ben", BillState.PAID)]


def test_a_palm_after_a_refused_card_brings_the_members_price(desk: Desk) -> None:
    desk.goods(NOVEL)
    tap(desk, TerminalEventKind.DECLINED)
    desk.palm("ana")
    (receipt,) = desk.all(Receipt)
    assert (receipt.account, receipt.total_minor, receipt.instrument) == ("ana", 1200, "tok-ana~approves")


def test_what_stored_value_had_paid_is_there_again_when_somebody_else_pays(desk: Desk) -> None:
    desk.give("dan", 1500)
    desk.goods(ATLAS)
    desk.key(TillKey.TOTAL)
    desk.palm("dan")
    assert desk.checkout.balance("dan") == 0
    desk.palm("ben")
    assert (desk.checkout.balance("dan"), desk.taken("ben")) == (1500, 3000)
    assert desk.all(BalanceChange) == []


def test_stored_value_and_a_card_share_a_receipt(desk: Desk) -> None:
    desk.give("dan", 1500)
    desk.goods(ATLAS)
    desk.key(TillKey.TOTAL)
    desk.palm("dan")
    tap(desk)
    (receipt,) = desk.all(Receipt)
    assert (receipt.account, receipt.total_minor, receipt.balance_minor) == ("dan", 3000, 1500)
    assert receipt.instrument == "terminal:t1"
    (change,) = desk.all(BalanceChange)
    assert (change.account, change.amount_minor, change.key) == ("dan", -1500, receipt.visit)


def test_a_palm_that_is_shown_while_money_is_on_its_way_changes_nothing(desk: Desk) -> None:
    desk.goods(NOVEL)
    desk.key(TillKey.CARD)
    desk.palm("ben")
    desk.take(
        TerminalEvent(t_ns=desk.now_ns, source="t1", kind=TerminalEventKind.APPROVED, key=desk.terminal_key, token="c")
    )
    (receipt,) = desk.all(Receipt)
    assert (receipt.account, receipt.instrument, desk.taken("ben")) == ("", "terminal:t1", 0)


def test_a_refused_sale_that_is_cancelled_is_booked_back(desk: Desk) -> None:
    desk.goods(NOVEL)
    desk.key(TillKey.TOTAL)
    desk.palm("cat")
    desk.key(TillKey.CANCEL)
    desk.run()
    assert states(desk) == [("cat", BillState.VOID)]
    assert set(desk.store.load().balances.values()) == {0}
