"""The double-entry journal: every transaction's postings come to zero, and so does their sum."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from contracts.errors import RigFault


class Account(StrEnum):
    """The chart of accounts. Debits are positive, credits negative."""

    RECEIVABLE = "receivable"
    """Owed by a customer; one for each bill."""
    CLEARING = "clearing"
    """Owed by the payment provider: taken, and not yet paid out to the store."""
    CASH = "cash"
    """In the tills."""
    SALES = "sales"
    """Goods at full price, without tax."""
    DISCOUNTS = "discounts"
    TAX = "tax"
    """Owed to the tax office."""
    STORED = "stored"
    """Owed to a customer: stored value; one for each account."""
    REFUNDS = "refunds"
    OWED_BACK = "owed_back"
    """Owed to a customer: to be refunded; one for each payment."""
    HELD = "held"
    """Receipts that were not collected, for a reason that stands in their bill; one for each bill."""


@dataclass(frozen=True, slots=True)
class Posting:
    """One side of a transaction.

    Args:
        account: account, with its holder where there is one: "stored/ana".
        minor: minor units; debit > 0, credit < 0.
    """

    account: str
    minor: int


@dataclass(frozen=True, slots=True)
class Transaction:
    """What is posted together or not at all.

    Args:
        id: 1, 2, 3, ... in the order of posting.
        t_ns: bench time.
        what: for people: "sale", "captured", ...
        bill: bill id, "" for none.
        payment: payment id, "" for none.
        currency: of all its postings.
        postings: at least two; they come to zero.
    """

    id: int
    t_ns: int
    what: str
    bill: str
    payment: str
    currency: str
    postings: tuple[Posting, ...]

    def __post_init__(self) -> None:
        rest = sum(posting.minor for posting in self.postings)
        if rest or len(self.postings) < 2:
            raise RigFault(
                "a transaction that does not balance",
                where=f"{self.what} {self.bill}",
                expected="two postings or more that come to 0",
                found=f"{len(self.postings)} that come to {rest}",
            )


def account(kind: Account, holder: str = "") -> str:
    """Return the name of an account: "stored/ana", "sales"."""
    return f"{kind}/{holder}" if holder else kind.value


def totals(transactions: Iterable[Transaction]) -> dict[tuple[str, str], int]:
    """Return what each account comes to: (account, currency) -> minor units."""
    sums: dict[tuple[str, str], int] = {}
    for transaction in transactions:
        for posting in transaction.postings:
            key = (posting.account, transaction.currency)
            sums[key] = sums.get(key, 0) + posting.minor
    return sums
