"""The shell around the payment service: what it decides is on the disk before any of it leaves.

A process that dies at any moment loses nothing: what was written is taken up again by the next one, whose first
answer repeats every order that is not done, under the same keys.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from contracts.checkout import PaymentOrder, PaymentResult
from stack.money.bill import Bill
from stack.money.books import Changes
from stack.money.payment import Payment
from stack.money.payments import Payments
from stack.money.store import Store
from stack.money.watch import resume


@dataclass(frozen=True, slots=True)
class Told:
    """What came of a call; all of it has been written.

    Args:
        orders: for the provider.
        bills: those that changed: receipts, screens and messages are made of them.
        payments: those that changed.
    """

    orders: tuple[PaymentOrder, ...]
    bills: tuple[Bill, ...]
    payments: tuple[Payment, ...]


class Desk:
    """Payments with a store behind them.

    Args:
        store: the ledger; nobody else writes it.
        provider: device id of the payment provider.
    """

    def __init__(self, store: Store, provider: str = "provider") -> None:
        self._store, self._provider = store, provider
        self._resumed, self._whole = False, True
        self.payments = Payments(store.load())

    def feed(self, now_ns: int, results: Sequence[PaymentResult] = ()) -> Told:
        """Take in answers, let time pass, write what changed since the last call, and say what goes out.

        Requests made of `payments` since the last call are written and sent with it. When writing fails the desk is
        of no further use: make a new one from the store.

        Args:
            now_ns: bench time.
            results: of the provider.
        """
        books = self.payments.books
        if not self._resumed:
            resume(books, now_ns)
            self._resumed = True
        self.payments.feed(now_ns, results)
        changes = books.drain()
        if changes.to_write:
            self._whole = False
            self._store.commit(changes)
            self._whole = True
        orders = {order.key: order.record(now_ns, self._provider) for order in changes.out}
        return Told(tuple(orders.values()), tuple(changes.bills.values()), tuple(changes.payments.values()))

    def write(self) -> None:
        """Write what was noted beside the books since the last call of `feed`."""
        notes = self.payments.books.notes.drain()
        if notes:
            self._whole = False
            self._store.commit(Changes(notes=notes))
            self._whole = True

    def close(self) -> None:
        """Write what is noted beside the books and let go of the ledger; may be called twice."""
        if self._resumed and self._whole:
            self._whole = False
            self._store.commit(Changes(notes=self.payments.books.notes.drain()))
        self._store.close()
