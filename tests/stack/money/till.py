"""A desk and a provider that talk to one another on virtual time."""

from __future__ import annotations

from contracts.checkout import PaymentOrder
from contracts.clock import MILLISECOND, SECOND
from stack.money.bill import Bill, Owed
from stack.money.desk import Desk
from stack.money.invariants import check
from stack.money.payment import Payment
from stack.money.payments import Payments
from stack.money.sql_store import SqlStore
from stack.money.sqlite_store import SqliteDatabase
from stack.money.store import Store
from twin.provider.provider import Provider

STEP_NS = 250 * MILLISECOND
HOLD, TOTAL = 5_000, 1_234


class Till:
    """One shop.

    Args:
        store: the ledger; None for one in memory.
        quick: whether the provider leaves its usual delay out.
    """

    def __init__(self, store: Store | None = None, *, quick: bool = True) -> None:
        self.store = store or SqlStore(SqliteDatabase(":memory:"))
        self.provider = Provider(7, quick=quick)
        self.now_ns = 0
        self.sent: list[PaymentOrder] = []
        self.deaf = False
        self.restart()

    @property
    def payments(self) -> Payments:
        return self.desk.payments

    def restart(self) -> None:
        """Forget everything that is not in the store."""
        self.desk = Desk(self.store)

    def wait(self, seconds: float) -> None:
        """Let time pass for both; hold the ledger to its invariants at every step."""
        until_ns = self.now_ns + int(seconds * SECOND)
        while self.now_ns < until_ns:
            self.now_ns += STEP_NS
            orders = self.desk.feed(self.now_ns, self.provider.due(self.now_ns)).orders
            self.sent += orders
            for order in () if self.deaf else orders:
                self.provider.take(self.now_ns, order)
        assert check(self.store) == []

    def enter(self, bill: str = "v1", instrument: str = "tok-ana", hold: int = HOLD, account: str = "ana") -> None:
        self.payments.begin(bill, self.now_ns, currency="USD", account=account, instrument=instrument, hold_minor=hold)

    def leave(self, bill: str = "v1", total: int = TOTAL, tax: int = 34, **how: object) -> None:
        self.payments.settle(bill, self.now_ns, Owed(total, min(tax, total) if total >= 0 else tax, 0), **how)

    def visit(self, instrument: str = "tok-ana", total: int = TOTAL, hold: int = HOLD, bill: str = "v1") -> Bill:
        """Enter, leave, and let everything come to rest."""
        self.enter(bill, instrument, hold)
        self.wait(8)
        self.leave(bill, total)
        self.wait(150)
        assert check(self.store, at_rest=True) == []
        return self.bill(bill)

    def bill(self, name: str = "v1") -> Bill:
        return self.payments.books.bill(name)

    def paid(self, bill: str = "v1") -> list[Payment]:
        return self.payments.books.of_bill(bill)

    def provider_has(self, bill: str = "v1") -> int:
        """Return what the provider really has of a bill: taken and not given back, minor units."""
        mine = [self.provider.holdings[payment.id] for payment in self.paid(bill)]
        return sum(holding.taken - holding.given_back for holding in mine)
