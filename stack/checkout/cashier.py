"""The one place where money moves: bills of visits and sales to the ledger, orders out, results in."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Protocol

from contracts.checkout import PaymentOrder, PaymentResult, TerminalEvent, TerminalOrder
from stack.checkout.named import Names
from stack.checkout.slips import Slips
from stack.checkout.terminals import Terminals
from stack.money.bill import Bill, Owed
from stack.money.bill_table import BillState
from stack.money.desk import Desk, Told
from stack.money.notes import Notes
from stack.money.payment import Payment
from stack.money.stored_value import balance_minor, credit, deposit

GIVEN_UP = "given up before it was paid"


class Listener(Protocol):
    """Who must hear what became of bills."""

    def paid(self, bill: Bill, now_ns: int) -> None:
        """A bill has changed."""

    def paid_before(self, bill: Bill, now_ns: int) -> None:
        """A bill of an earlier process has changed."""

    def moved(self, payment: Payment, now_ns: int) -> None:
        """A payment has changed."""


class Cashier:
    """Bills, money and stored value.

    Args:
        desk: the payment service with its ledger.
        currency: ISO 4217.
    """

    def __init__(self, desk: Desk, currency: str) -> None:
        self._desk, self.currency = desk, currency
        self._terminals = Terminals()
        self._before = [bill.id for bill in desk.payments.books.bills.values() if bill.state is BillState.OPEN]
        self._names = Names(desk.payments.books)
        self.slips = Slips(desk.payments.books.notes)
        self._results: list[PaymentResult] = []

    def hold(self, bill: str, account: str, instrument: str, hold_minor: int, now_ns: int) -> None:
        """Begin a bill, by its whole name, and hold an amount for it."""
        self._begin(bill, now_ns, account, instrument, hold_minor)

    def bill(
        self,
        bill: str,
        owed: Owed,
        now_ns: int,
        *,
        account: str = "",
        instrument: str = "",
        doubt: str = "",
        from_balance: bool = True,
    ) -> None:
        """Settle a bill, begun before or now; try once more when it was refused, at another instrument if one is given.

        Args:
            bill: its whole name.
            owed: what it comes to.
            now_ns: bench time.
            account: whose.
            instrument: what is charged for the rest.
            doubt: why a person must look at it first.
            from_balance: whether the account's stored value pays first.
        """
        payments = self._desk.payments
        if bill not in payments.books.bills:
            self._begin(bill, now_ns, account, instrument, 0)
        payments.settle(bill, now_ns, owed, from_balance=from_balance and bool(account), doubt=doubt)

    def retry(self, key: str, bill: str, instrument: str, now_ns: int) -> None:
        """Collect a refused bill at another instrument."""
        self._desk.payments.collect(self._names.full(key), self._names.full(bill), now_ns, instrument)

    @property
    def run(self) -> str:
        """What stands before the names of this run of the stack, "" for the first on these books."""
        return self._names.run

    @property
    def notes(self) -> Notes:
        """What lies beside the books."""
        return self._desk.payments.books.notes

    def find(self, name: str) -> Bill | None:
        """Return a bill by its whole name."""
        return self._desk.payments.books.bills.get(name)

    def open_before(self) -> list[Bill]:
        """Return the bills that an earlier process had begun and not written a receipt for."""
        before = [self._desk.payments.books.bills[name] for name in self._before]
        return [bill for bill in before if bill.state is BillState.OPEN]

    def give_up(self, name: str, now_ns: int) -> bool:
        """Give up a bill by its whole name; return whether nothing of it is owed or taken any more."""
        payments = self._desk.payments
        if name not in payments.books.bills:
            return True
        if payments.books.bills[name].state is not BillState.VOID and not payments.can_void(name):
            return False
        payments.void(name, now_ns, GIVEN_UP)
        return True

    def known(self, bill: str) -> bool:
        """Whether a bill was begun."""
        return self._names.full(bill) in self._desk.payments.books.bills

    def deposit(self, key: str, account: str, amount_minor: int, now_ns: int) -> int:
        """Put cash on an account; return its balance.

        Raises:
            NotPossible: outside the limits.
        """
        deposit(self._desk.payments.books, self._names.full(key), now_ns, account, amount_minor, self.currency)
        return self.balance(account)

    def credit(self, key: str, account: str, amount_minor: int, now_ns: int) -> int:
        """Give stored value, once for each whole key; return the balance."""
        credit(self._desk.payments.books, key, now_ns, account, amount_minor, self.currency)
        return self.balance(account)

    def credited(self, key: str) -> bool:
        """Whether stored value was given under a whole key."""
        return key in self._desk.payments.books.requests

    def top_up(self, key: str, account: str, amount_minor: int, instrument: str, now_ns: int) -> None:
        """Put an amount on an account from a card on file; it is there once its bill, named by the key, is paid.

        Raises:
            NotPossible: outside the limits.
        """
        self._desk.payments.top_up(
            self._names.full(key),
            now_ns,
            account=account,
            amount_minor=amount_minor,
            currency=self.currency,
            instrument=instrument,
        )

    def balance(self, account: str) -> int:
        """Return the stored value of an account, minor units."""
        return balance_minor(self._desk.payments.books, account, self.currency)

    def hear(self, record: PaymentResult | TerminalEvent) -> None:
        """Take in what a provider or a terminal answered."""
        result = self._terminals.hear(record) if isinstance(record, TerminalEvent) else record
        if result is not None:
            self._results.append(result)

    def tick(self, now_ns: int, listener: Listener) -> Iterator[PaymentOrder | TerminalOrder]:
        """Let time pass; yield what goes out, all of it written down before."""
        self.slips.tick()
        while True:
            results, self._results = self._results, []
            told = self._desk.feed(now_ns, results)
            for sent in self._terminals.send(told.orders):
                if isinstance(sent, PaymentResult):
                    self._results.append(sent)
                else:
                    yield sent
            self._tell(told, listener, now_ns)
            if not self._results:
                self.slips.sent()
                return

    def write(self) -> None:
        """Write down what was noted since the last tick, before what comes of it leaves."""
        self._desk.write()

    def close(self) -> None:
        """Let go of the ledger; may be called twice."""
        self.slips.tick()
        self._desk.close()

    def _begin(self, bill: str, now_ns: int, account: str, instrument: str, hold_minor: int) -> None:
        self._desk.payments.begin(
            bill,
            now_ns,
            currency=self.currency,
            account=account,
            instrument=instrument,
            hold_minor=hold_minor,
        )

    def _tell(self, told: Told, listener: Listener, now_ns: int) -> None:
        """Say what became of bills and payments."""
        for payment in told.payments:
            listener.moved(payment, now_ns)
        for bill in told.bills:
            if self._names.ours(bill.id):
                listener.paid(bill, now_ns)
            else:
                listener.paid_before(bill, now_ns)
