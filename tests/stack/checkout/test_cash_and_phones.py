"""Cash onto accounts, prices and merchants' codes on the phone."""

import pytest

from contracts.checkout import BalanceChange, PhoneAction, Receipt, TillKey
from tests.stack.checkout.shop import ATLAS, NOVEL, STALL, Desk


@pytest.fixture
def desk() -> Desk:
    return Desk()


@pytest.mark.parametrize(("minor", "taken"), [(1499, False), (1500, True), (50_000, True), (50_001, False)])
def test_cash_is_taken_within_the_limits(desk: Desk, minor: int, taken: bool) -> None:
    desk.key(TillKey.TOP_UP, minor, sale="c1")
    desk.scan(desk.top_up_of("ben"))
    balances = [(change.account, change.balance_minor) for change in desk.all(BalanceChange)]
    assert balances == ([("ben", minor)] if taken else [])
    assert taken or "15.00 USD to 500.00 USD" in desk.screen()


def test_one_till_transaction_counts_once(desk: Desk) -> None:
    for _ in range(2):
        desk.key(TillKey.TOP_UP, 2000, sale="c1")
        desk.scan(desk.top_up_of("ben"))
    assert [change.balance_minor for change in desk.all(BalanceChange)] == [2000, 2000]


def test_stored_value_pays_before_the_card(desk: Desk) -> None:
    desk.key(TillKey.TOP_UP, 2000, sale="c1")
    desk.scan(desk.top_up_of("ben"))
    desk.goods(ATLAS)
    desk.key(TillKey.TOTAL)
    desk.palm("ben")
    assert desk.taken("ben") == 1000
    (receipt,) = desk.all(Receipt)
    assert (receipt.total_minor, receipt.balance_minor) == (3000, 2000)
    assert [change.amount_minor for change in desk.all(BalanceChange)] == [2000, -2000]


def test_the_app_says_what_goods_cost_a_member(desk: Desk) -> None:
    desk.app(PhoneAction.SCANNED, NOVEL)
    assert "12.00" in desk.phone()
    desk.app(PhoneAction.SCANNED, NOVEL, name="ben")
    assert "15.00" in desk.phone("ben")


def test_a_merchants_printed_code_is_paid_when_the_customer_agrees(desk: Desk) -> None:
    desk.app(PhoneAction.SCANNED, STALL, 750)
    assert desk.phone() == "Pay 7.50 USD to Pear Stall?"
    assert desk.taken("ana") == 0
    desk.app(PhoneAction.CONFIRMED)
    (receipt,) = desk.all(Receipt)
    assert (receipt.till, receipt.agreed_minor, receipt.total_minor, desk.taken("ana")) == ("stall", 750, 750, 750)
    desk.app(PhoneAction.CONFIRMED)
    assert desk.taken("ana") == 750


def test_a_declined_payment_on_the_phone_says_so(desk: Desk) -> None:
    desk.app(PhoneAction.SCANNED, STALL, 750, "cat")
    desk.app(PhoneAction.CONFIRMED, name="cat")
    assert "Not paid" in desk.phone("cat")
    assert desk.all(Receipt) == []
