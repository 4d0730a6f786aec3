"""Stored value: cash onto an account at a till, payment out of it, credits into it. It never goes below zero."""

from __future__ import annotations

from dataclasses import replace

from stack.money import occasions
from stack.money.bill import Bill, Request
from stack.money.books import Books
from stack.money.currency import minor_of, written
from stack.money.errors import NotPossible

LEAST, MOST = "15.00", "500.00"
"""Of one deposit in USD, inclusive. Source: Amazon Cash's terms. A store of another currency sets its own."""
LIMITS = {"USD": (minor_of(LEAST, "USD"), minor_of(MOST, "USD"))}


def limits(currency: str) -> tuple[int, int]:
    """Return the least and the most of one deposit, minor units."""
    return LIMITS.get(currency, (1, 10**9))


def check(amount_minor: int, currency: str) -> None:
    """Hold a deposit to the limits.

    Raises:
        NotPossible: it is outside, or not an amount.
    """
    least, most = limits(currency)
    if not least <= amount_minor <= most:
        raise NotPossible(
            "a deposit outside the limits",
            expected=f"{written(least, currency)} to {written(most, currency)}",
            found=written(amount_minor, currency),
        )


def balance_minor(books: Books, account: str, currency: str) -> int:
    """Return somebody's stored value, minor units."""
    return -books.balance(occasions.stored(account), currency)


def check_balance(books: Books, account: str, amount_minor: int, currency: str) -> None:
    """Raise NotPossible when there is less stored value than an amount."""
    there = balance_minor(books, account, currency)
    if amount_minor > there:
        raise NotPossible(
            "not enough stored value",
            where=account,
            expected=f"at most {written(there, currency)}",
            found=written(amount_minor, currency),
        )


def deposit(books: Books, key: str, now_ns: int, account: str, amount_minor: int, currency: str) -> None:
    """Put cash from a till on an account, at once and without a fee.

    Args:
        books: where.
        key: the till transaction: the same one counts once.
        now_ns: bench time.
        account: whose.
        amount_minor: within the limits.
        currency: ISO 4217.
    """
    check(amount_minor, currency)
    if books.once(Request(key, "deposit", account, amount_minor, 0, currency)):
        books.post_for(now_ns, "deposit", occasions.topped_up(account, amount_minor), currency)


def pay_out(books: Books, key: str, now_ns: int, account: str, amount_minor: int, currency: str) -> None:
    """Refund cash that was deposited: the one way to take a deposit back."""
    if amount_minor <= 0:
        raise NotPossible("not a refund", where=account, expected="an amount above 0", found=str(amount_minor))
    if key not in books.requests:
        check_balance(books, account, amount_minor, currency)
    if books.once(Request(key, "pay out", account, amount_minor, 0, currency)):
        books.post_for(now_ns, "paid out", occasions.topped_up(account, -amount_minor), currency)


def credit(books: Books, key: str, now_ns: int, account: str, amount_minor: int, currency: str) -> None:
    """Give stored value: the difference to a lower price."""
    if amount_minor <= 0:
        raise NotPossible("not a credit", where=account, expected="an amount above 0", found=str(amount_minor))
    if books.once(Request(key, "credit", account, amount_minor, 0, currency)):
        books.post_for(now_ns, "credit", occasions.credited(account, amount_minor), currency)


def pay(books: Books, bill: Bill, now_ns: int) -> Bill:
    """Pay a bill from its account's stored value, as far as it goes; return the bill."""
    minor = min(bill.total_minor, balance_minor(books, bill.account, bill.currency))
    if not minor or not bill.account:
        return bill
    paid = replace(bill, balance_minor=minor)
    books.post(now_ns, "paid from balance", occasions.paid_from_balance(paid), paid)
    return paid
