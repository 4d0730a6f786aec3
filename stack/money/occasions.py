"""What is posted on which occasion: each function is one line of the accountant's manual."""

from __future__ import annotations

from stack.money.bill import Bill, BillKind
from stack.money.journal import Account, Posting, account
from stack.money.payment import Payment

Postings = tuple[Posting, ...]


def _move(minor: int, *, debit: str, credit: str) -> Postings:
    return (Posting(debit, minor), Posting(credit, -minor))


def receivable(bill: Bill) -> str:
    """Return the account of what a customer owes for a bill."""
    return account(Account.RECEIVABLE, bill.id)


def stored(holder: str) -> str:
    """Return the account of somebody's stored value."""
    return account(Account.STORED, holder)


def sold(bill: Bill) -> Postings:
    """Goods changed hands and a receipt was written: the customer owes it."""
    full = bill.total_minor - bill.tax_minor + bill.discount_minor
    parts = (
        Posting(receivable(bill), bill.total_minor),
        Posting(account(Account.DISCOUNTS), bill.discount_minor),
        Posting(account(Account.SALES), -full),
        Posting(account(Account.TAX), -bill.tax_minor),
    )
    return tuple(part for part in parts if part.minor)


def captured(bill: Bill, payment: Payment) -> Postings:
    """The provider took the money: it owes it to the store, and the customer has paid or has stored value."""
    credit = receivable(bill) if bill.kind is BillKind.SALE else stored(bill.account)
    return _move(payment.captured_minor, debit=account(Account.CLEARING), credit=credit)


def paid_from_balance(bill: Bill) -> Postings:
    """Stored value paid."""
    return _move(bill.balance_minor, debit=stored(bill.account), credit=receivable(bill))


def held(bill: Bill, minor: int) -> Postings:
    """The rest of a bill is not collected, or not yet; the other way round when it is tried again."""
    return _move(minor, debit=account(Account.HELD, bill.id), credit=receivable(bill))


def given_up(bill: Bill) -> Postings:
    """A held bill of which nothing was taken is booked back, and what stored value paid is there again."""
    back = tuple(Posting(each.account, -each.minor) for each in sold(bill) if each.account != receivable(bill))
    balance = (Posting(stored(bill.account), -bill.balance_minor),) if bill.balance_minor else ()
    due = bill.total_minor - bill.balance_minor
    rest = (Posting(account(Account.HELD, bill.id), -due),) if due else ()
    return (*back, *balance, *rest)


def landed(payment: Payment) -> Postings:
    """Money came in after its payment had been given up: it is the customer's."""
    back = account(Account.OWED_BACK, payment.id)
    return _move(payment.captured_minor, debit=account(Account.CLEARING), credit=back)


def to_refund(bill: Bill, payment: Payment, minor: int, tax_minor: int) -> Postings:
    """A refund was granted: of goods with their tax, or of stored value."""
    back = account(Account.OWED_BACK, payment.id)
    if bill.kind is BillKind.TOP_UP:
        return _move(minor, debit=stored(bill.account), credit=back)
    parts = (
        Posting(account(Account.REFUNDS), minor - tax_minor),
        Posting(account(Account.TAX), tax_minor),
        Posting(back, -minor),
    )
    return tuple(part for part in parts if part.minor)


def refunded(payment: Payment, minor: int) -> Postings:
    """The provider gave it back."""
    back = account(Account.OWED_BACK, payment.id)
    return _move(minor, debit=back, credit=account(Account.CLEARING))


def topped_up(holder: str, minor: int) -> Postings:
    """Cash went into a till and onto an account; the other way round when it is refunded."""
    return _move(minor, debit=account(Account.CASH), credit=stored(holder))


def credited(holder: str, minor: int) -> Postings:
    """Stored value was given: the difference to a lower price."""
    return _move(minor, debit=account(Account.REFUNDS), credit=stored(holder))
