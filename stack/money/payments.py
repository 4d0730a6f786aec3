"""The payment service: bills in, orders and their answers through, money in the books. No I/O, no clock.

A caller may repeat any request: the same one under the same name or key changes nothing, another one is an error.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from contracts.checkout import PaymentResult
from contracts.errors import UsageError
from stack.money import moves, occasions, stored_value
from stack.money.answers import hear
from stack.money.bill import Bill, BillKind, Owed, Request
from stack.money.bill_table import BillEvent, BillState, after
from stack.money.books import Books
from stack.money.collecting import again, can_void, collect, fail, void
from stack.money.currency import exponent, written
from stack.money.errors import KeyReused, NotPossible
from stack.money.payment import Payment
from stack.money.payment_table import PaymentState
from stack.money.watch import watch

_MAY_REFUND = (PaymentState.CAPTURED, PaymentState.PARTLY_REFUNDED)


class Payments:
    """The service.

    Args:
        books: all that is known; its changes are drained by whoever writes them down.
    """

    def __init__(self, books: Books) -> None:
        self.books = books

    def begin(
        self, name: str, now_ns: int, *, currency: str, account: str = "", instrument: str = "", hold_minor: int = 0
    ) -> None:
        """Begin a bill, at the entry or at a till; hold an amount when one is given.

        Args:
            name: of the visit, table or till transaction; never of two.
            now_ns: bench time.
            currency: ISO 4217.
            account: whose bill.
            instrument: opaque token of what will be charged, "" for none.
            hold_minor: to be held now, 0 for nothing.

        Raises:
            UsageError: no such currency, or less than nothing to hold.
        """
        exponent(currency)
        if hold_minor < 0:
            raise UsageError("less than nothing to hold", where=name, expected=">= 0", found=str(hold_minor))
        bill = Bill(name, BillKind.SALE, account, instrument, currency, hold_minor, now_ns)
        if self._known(bill):
            return
        self.books.put_bill(bill)
        if hold_minor and instrument:
            moves.begin(self.books, bill, hold_minor, now_ns, sale=False)

    def settle(self, name: str, now_ns: int, owed: Owed, *, from_balance: bool = False, doubt: str = "") -> None:
        """Write the receipt of a bill and collect it.

        Args:
            name: the bill.
            now_ns: bench time.
            owed: what it comes to.
            from_balance: whether stored value pays as far as it goes.
            doubt: why a person must look at it first, "" for no reason.
        """
        bill = self.books.bill(name)
        if bill.state is not BillState.OPEN:
            _same_receipt(bill, owed, doubt)
            return
        bill = replace(
            bill,
            total_minor=owed.total_minor,
            tax_minor=owed.tax_minor,
            discount_minor=owed.discount_minor,
            doubt=doubt,
        )
        if owed.total_minor:
            self.books.post(now_ns, "sale", occasions.sold(bill), bill)
        if doubt:
            fail(self.books, bill, now_ns, BillEvent.DOUBTFUL, doubt)
            return
        if from_balance:
            bill = stored_value.pay(self.books, bill, now_ns)
        collect(self.books, self.books.put_bill(replace(bill, state=after(bill.state, BillEvent.RECEIPT))), now_ns)

    def collect(self, key: str, name: str, now_ns: int, instrument: str = "") -> None:
        """Try to collect a held bill once more: a person has looked at it, or the customer has another card."""
        bill = self.books.bill(name)
        request = Request(key, "collect", name, bill.total_minor, 0, bill.currency, instrument)
        if bill.state is not BillState.HELD and key not in self.books.requests:
            raise NotPossible("only a held bill can be collected again", where=name, expected="held", found=bill.state)
        if self.books.once(request):
            again(self.books, bill, now_ns, instrument)

    def can_void(self, name: str) -> bool:
        """Whether a bill can be given up: it is held, and nothing of it was taken, for all that is known."""
        return can_void(self.books, self.books.bill(name))

    def void(self, name: str, now_ns: int, reason: str) -> None:
        """Give up a held bill of which nothing was taken; once more changes nothing.

        Raises:
            NotPossible: money of it was taken or may have been, or it is not held.
        """
        bill = self.books.bill(name)
        if bill.state is BillState.VOID:
            return
        if not can_void(self.books, bill):
            raise NotPossible("this bill cannot be given up", where=name, expected="held, nothing taken")
        void(self.books, bill, now_ns, reason)

    def top_up(self, key: str, now_ns: int, *, account: str, amount_minor: int, currency: str, instrument: str) -> None:
        """Put an amount on an account from a card on file; it is there once the money is taken."""
        stored_value.check(amount_minor, currency)
        bill = Bill(key, BillKind.TOP_UP, account, instrument, currency, 0, now_ns, BillState.OWED, amount_minor)
        if not self._known(bill):
            collect(self.books, self.books.put_bill(bill), now_ns)

    def refund(self, key: str, name: str, now_ns: int, amount_minor: int, tax_minor: int = 0) -> None:
        """Give back some of what a bill's payments took; in all never more than they took.

        Args:
            key: of the request.
            name: the bill.
            now_ns: bench time.
            amount_minor: how much, > 0.
            tax_minor: the tax in it.
        """
        bill = self.books.bill(name)
        request = Request(key, "refund", name, amount_minor, tax_minor, bill.currency)
        if key in self.books.requests:
            self.books.once(request)
            return
        payment = self._with_enough(bill, amount_minor, tax_minor)
        if bill.kind is BillKind.TOP_UP:
            stored_value.check_balance(self.books, bill.account, amount_minor, bill.currency)
        self.books.once(request)
        postings = occasions.to_refund(bill, payment, amount_minor, tax_minor)
        self.books.post(now_ns, "refund granted", postings, bill, payment.id)
        moves.refund(self.books, payment, amount_minor, now_ns)

    def feed(self, now_ns: int, results: Sequence[PaymentResult] = ()) -> None:
        """Take in what the provider answered, and let time pass up to now_ns."""
        for result in results:
            payment = hear(self.books, result, now_ns)
            if payment:
                collect(self.books, self.books.bills[payment.bill], now_ns)
        watch(self.books, now_ns)

    def _known(self, bill: Bill) -> bool:
        """Whether a bill has been begun in the very same way."""
        before = self.books.bills.get(bill.id)
        if before is None:
            return False
        if _begun(before) != _begun(bill):
            raise KeyReused(
                "the bill was begun before, in another way",
                where=bill.id,
                expected=str(_begun(before)),
                found=str(_begun(bill)),
            )
        return True

    def _with_enough(self, bill: Bill, amount_minor: int, tax_minor: int) -> Payment:
        able = [p for p in self.books.of_bill(bill.id) if p.state in _MAY_REFUND and p.left_minor >= amount_minor]
        if able and 0 <= tax_minor <= amount_minor and amount_minor > 0:
            return able[0]
        left = max((p.left_minor for p in self.books.of_bill(bill.id) if p.state in _MAY_REFUND), default=0)
        raise NotPossible(
            "this cannot be refunded",
            where=bill.id,
            expected=f"an amount up to {written(left, bill.currency)}, with its tax",
            found=f"{written(amount_minor, bill.currency)} with {written(tax_minor, bill.currency)} tax",
            hint="wait while another refund is under way",
        )


def _begun(bill: Bill) -> tuple[object, ...]:
    top_up = bill.total_minor if bill.kind is BillKind.TOP_UP else 0
    return (bill.kind.value, bill.account, bill.currency, bill.hold_minor, top_up)


def _same_receipt(bill: Bill, owed: Owed, doubt: str) -> None:
    if (bill.owed, bill.doubt) != (owed, doubt):
        raise KeyReused(
            "the receipt was written before, otherwise", where=bill.id, expected=str(bill.owed), found=str(owed)
        )
