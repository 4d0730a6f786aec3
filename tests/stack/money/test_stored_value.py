"""Stored value: deposits within their limits and once, payments out of it, and refunds of deposits."""

from __future__ import annotations

import pytest

from stack.money import stored_value
from stack.money.bill_table import BillState
from stack.money.errors import KeyReused, NotPossible
from stack.money.invariants import check
from tests.stack.money.till import TOTAL, Till


def deposit(till: Till, key: str, minor: int, account: str = "ana") -> None:
    stored_value.deposit(till.payments.books, key, till.now_ns, account, minor, "USD")


def balance(till: Till) -> int:
    return stored_value.balance_minor(till.payments.books, "ana", "USD")


@pytest.mark.parametrize(("minor", "right"), [(1_499, False), (1_500, True), (50_000, True), (50_001, False)])
def test_a_deposit_is_between_15_and_500_dollars_inclusive(minor: int, right: bool) -> None:
    till = Till()
    if right:
        deposit(till, "t1", minor)
        assert balance(till) == minor
    else:
        with pytest.raises(NotPossible, match=r"15\.00 USD to 500\.00 USD"):
            deposit(till, "t1", minor)
        assert balance(till) == 0


def test_a_till_transaction_counts_once() -> None:
    till = Till()
    deposit(till, "t1", 2_000)
    deposit(till, "t1", 2_000)
    with pytest.raises(KeyReused):
        deposit(till, "t1", 2_500)
    with pytest.raises(KeyReused):
        deposit(till, "t1", 2_000, "ben")
    till.wait(1)
    till.restart()
    deposit(till, "t1", 2_000)
    assert balance(till) == 2_000


def test_stored_value_pays_first_and_a_card_the_rest() -> None:
    till = Till()
    deposit(till, "t1", 1_500)
    till.enter(hold=0)
    till.leave(total=2_000, from_balance=True)
    till.wait(3)
    assert (till.bill().state, balance(till), till.provider_has()) == (BillState.PAID, 0, 500)


def test_stored_value_alone_needs_no_provider() -> None:
    till = Till()
    deposit(till, "t1", 5_000)
    till.enter(hold=0, instrument="")
    till.leave(from_balance=True)
    till.wait(1)
    assert (till.bill().state, balance(till), till.sent) == (BillState.PAID, 5_000 - TOTAL, [])


def test_a_deposit_by_card_is_there_once_the_money_is_taken_and_goes_back_only_while_it_is_there() -> None:
    till = Till()
    till.payments.top_up("t1", 0, account="ana", amount_minor=2_000, currency="USD", instrument="tok-ana")
    assert balance(till) == 0
    till.wait(3)
    assert balance(till) == 2_000
    till.enter(hold=0)
    till.leave(from_balance=True)
    till.wait(1)
    with pytest.raises(NotPossible, match="not enough stored value"):
        till.payments.refund("r1", "t1", till.now_ns, 2_000)
    till.payments.refund("r1", "t1", till.now_ns, 700)
    till.wait(3)
    assert balance(till) == 2_000 - TOTAL - 700
    assert check(till.store, at_rest=True) == []


def test_the_same_deposit_by_card_is_one() -> None:
    till = Till()
    how = {"account": "ana", "currency": "USD", "instrument": "tok-ana"}
    for _ in range(3):
        till.payments.top_up("t1", till.now_ns, amount_minor=2_000, **how)
        till.wait(3)
    with pytest.raises(KeyReused):
        till.payments.top_up("t1", till.now_ns, amount_minor=2_001, **how)
    assert (balance(till), len(till.paid("t1"))) == (2_000, 1)


def test_a_declined_deposit_by_card_puts_nothing_on_the_account() -> None:
    till = Till()
    till.payments.top_up("t1", 0, account="ana", amount_minor=2_000, currency="USD", instrument="tok~declines")
    till.wait(3)
    assert (till.bill("t1").state, balance(till)) == (BillState.HELD, 0)
    assert check(till.store, at_rest=True) == []


def test_cash_goes_back_only_as_far_as_it_is_there() -> None:
    till = Till()
    deposit(till, "t1", 2_000)
    books = till.payments.books
    with pytest.raises(NotPossible):
        stored_value.pay_out(books, "t2", 0, "ana", 2_001, "USD")
    stored_value.pay_out(books, "t2", 0, "ana", 2_000, "USD")
    stored_value.pay_out(books, "t2", 0, "ana", 2_000, "USD")
    stored_value.credit(books, "c1", 0, "ana", 99, "USD")
    till.wait(1)
    assert balance(till) == 99
