"""All that the money knows, in memory, and what has changed since it was last written down."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from stack.money.bill import Bill, Request
from stack.money.errors import KeyReused, NotPossible
from stack.money.journal import Posting, Transaction, totals
from stack.money.notes import Note, NoteChanges, Notes
from stack.money.orders import Order
from stack.money.payment import Payment


@dataclass(slots=True)
class Changes:
    """What must be written in one piece, and then sent.

    Args:
        bills: changed, by id.
        payments: changed, by id.
        requests: new.
        transactions: new.
        orders: new in the outbox, by key.
        done: keys of orders that need not be sent again.
        notes: what is kept beside the books, and what is forgotten.
        out: what goes out once all this is written: new orders, questions, and orders that are repeated.
    """

    bills: dict[str, Bill] = field(default_factory=dict)
    payments: dict[str, Payment] = field(default_factory=dict)
    requests: list[Request] = field(default_factory=list)
    transactions: list[Transaction] = field(default_factory=list)
    orders: dict[str, Order] = field(default_factory=dict)
    done: set[str] = field(default_factory=set)
    notes: NoteChanges = field(default_factory=NoteChanges)
    out: list[Order] = field(default_factory=list)

    @property
    def to_write(self) -> bool:
        """Whether there is anything that must not be lost."""
        money = self.bills or self.payments or self.requests or self.transactions or self.orders or self.done
        return bool(money or self.notes)


class Books:
    """Bills, payments, requests, balances and the outbox.

    Args:
        bills: all.
        payments: all.
        requests: all.
        orders: those that are not done.
        balances: (account, currency) -> minor units.
        transactions: how many have been posted.
        notes: what is kept beside them.
    """

    def __init__(
        self,
        bills: Iterable[Bill] = (),
        payments: Iterable[Payment] = (),
        requests: Iterable[Request] = (),
        orders: Iterable[Order] = (),
        balances: dict[tuple[str, str], int] | None = None,
        transactions: int = 0,
        notes: Iterable[Note] = (),
    ) -> None:
        self.bills = {bill.id: bill for bill in bills}
        self.payments: dict[str, Payment] = {}
        self.requests = {request.key: request for request in requests}
        self.orders = {order.key: order for order in orders}
        self.balances = dict(balances or {})
        self.under_way: set[str] = set()
        self.notes = Notes(notes)
        self._of_bill: dict[str, list[str]] = {}
        self._posted = transactions
        self._changes = Changes()
        for payment in payments:
            self._index(payment)

    def drain(self) -> Changes:
        """Return what has changed since the last call."""
        changes, self._changes = self._changes, Changes()
        changes.notes = self.notes.drain()
        changes.out = [order for order in changes.out if order.key not in changes.done]
        return changes

    def bill(self, name: str) -> Bill:
        """Return a bill.

        Raises:
            NotPossible: there is none of that name.
        """
        if name not in self.bills:
            raise NotPossible("no such bill", expected="a bill that was begun", found=repr(name))
        return self.bills[name]

    def of_bill(self, bill: str) -> list[Payment]:
        """Return the payments of a bill, oldest first."""
        return [self.payments[name] for name in self._of_bill.get(bill, ())]

    def balance(self, account: str, currency: str) -> int:
        """Return what an account comes to, minor units; debit > 0."""
        return self.balances.get((account, currency), 0)

    def put_bill(self, bill: Bill) -> Bill:
        """Enter a bill or its new state."""
        self.bills[bill.id] = self._changes.bills[bill.id] = bill
        return bill

    def put_payment(self, payment: Payment) -> Payment:
        """Enter a payment or its new state."""
        self._index(payment)
        self._changes.payments[payment.id] = payment
        return payment

    def once(self, request: Request) -> bool:
        """Note a request; return whether it is new.

        Raises:
            KeyReused: its key was used for something else.
        """
        before = self.requests.setdefault(request.key, request)
        if before != request:
            raise KeyReused(
                "the key was used before, for something else",
                where=f"{request.what} {request.subject}",
                expected=f"{before.what} {before.subject}, {before.amount_minor} {before.currency}",
                found=f"{request.what} {request.subject}, {request.amount_minor} {request.currency}",
                hint="repeat the first request, or use a new key",
            )
        if before is not request:
            return False
        self._changes.requests.append(request)
        return True

    def post(self, now_ns: int, what: str, postings: tuple[Posting, ...], bill: Bill, payment: str = "") -> None:
        """Post a transaction of a bill."""
        self.post_for(now_ns, what, postings, bill.currency, bill=bill.id, payment=payment)

    def post_for(
        self, now_ns: int, what: str, postings: tuple[Posting, ...], currency: str, *, bill: str = "", payment: str = ""
    ) -> None:
        """Post a transaction."""
        self._posted += 1
        transaction = Transaction(self._posted, now_ns, what, bill, payment, currency, postings)
        self._changes.transactions.append(transaction)
        for key, minor in totals([transaction]).items():
            self.balances[key] = self.balances.get(key, 0) + minor

    def send(self, order: Order) -> None:
        """Put a new order into the outbox."""
        self.orders[order.key] = self._changes.orders[order.key] = order
        self._changes.out.append(order)

    def say(self, order: Order) -> None:
        """Send a question, or an order once more: nothing is lost if it is."""
        self._changes.out.append(order)

    def finish(self, key: str) -> None:
        """Take an order out of the outbox."""
        if self.orders.pop(key, None):
            self._changes.done.add(key)

    def _index(self, payment: Payment) -> None:
        if payment.id not in self.payments:
            self._of_bill.setdefault(payment.bill, []).append(payment.id)
        self.payments[payment.id] = payment
        (self.under_way.discard if payment.at_rest else self.under_way.add)(payment.id)
