"""What somebody owes, and what outsiders asked for under a key of their own."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from contracts.errors import UsageError
from stack.money.bill_table import BillState


class BillKind(StrEnum):
    """What the money is for."""

    SALE = "sale"
    """Goods: of a visit, a table, a till."""
    TOP_UP = "top_up"
    """Stored value."""


@dataclass(frozen=True, slots=True)
class Owed:
    """What a receipt comes to, minor units.

    Args:
        total_minor: what is owed, tax included.
        tax_minor: the tax in it.
        discount_minor: what promotions took off before.
    """

    total_minor: int
    tax_minor: int = 0
    discount_minor: int = 0

    def __post_init__(self) -> None:
        if not 0 <= self.tax_minor <= self.total_minor or self.discount_minor < 0:
            raise UsageError("not a receipt", expected="0 <= tax <= total, 0 <= discount", found=str(self))


@dataclass(frozen=True, slots=True)
class Bill:
    """One bill.

    Args:
        id: of the visit, table or till transaction; never used for another.
        kind: goods or stored value.
        account: whose, "" for nobody known.
        instrument: opaque token of what is charged, "" for none.
        currency: ISO 4217.
        hold_minor: held at the entry.
        t_ns: when it was begun.
        state: where it stands in `stack.money.bill_table`.
        total_minor: what is owed; 0 until the receipt is written.
        tax_minor: the tax in it.
        discount_minor: what promotions took off.
        balance_minor: what the stored value paid.
        doubt: why the receipt was held for review, "" when it was not.
        tries: how many sales may be begun to settle it.
        reason: why it is held, or why nothing was charged.
    """

    id: str
    kind: BillKind
    account: str
    instrument: str
    currency: str
    hold_minor: int
    t_ns: int
    state: BillState = BillState.OPEN
    total_minor: int = 0
    tax_minor: int = 0
    discount_minor: int = 0
    balance_minor: int = 0
    doubt: str = ""
    tries: int = 1
    reason: str = ""

    @property
    def owed(self) -> Owed:
        """What its receipt came to."""
        return Owed(self.total_minor, self.tax_minor, self.discount_minor)


@dataclass(frozen=True, slots=True)
class Request:
    """What an outsider asked for: done once for each key.

    Args:
        key: theirs: a till transaction, a button pressed.
        what: "top up", "refund", "credit", "collect".
        subject: account or bill.
        amount_minor: how much, minor units.
        tax_minor: the tax in it.
        currency: ISO 4217.
        detail: what else must be the same the second time: the instrument.
    """

    key: str
    what: str
    subject: str
    amount_minor: int
    tax_minor: int
    currency: str
    detail: str = ""
