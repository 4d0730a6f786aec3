"""How a bill comes to its money: out of its hold, then by one sale for the rest; else it is held with the reason."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from stack.money import moves, occasions
from stack.money.bill import Bill, BillKind
from stack.money.bill_table import BillEvent, BillState, after
from stack.money.books import Books
from stack.money.payment import Payment
from stack.money.payment_table import PaymentState

NOTHING_OWED = "nothing owed"
NO_INSTRUMENT = "nothing to charge it to"


def due_minor(books: Books, bill: Bill) -> int:
    """Return what is still owed, minor units."""
    kept = sum(payment.kept_minor for payment in books.of_bill(bill.id))
    return bill.total_minor - bill.balance_minor - kept


def collect(books: Books, bill: Bill, now_ns: int) -> None:
    """Take the next step towards settling a bill, when nothing of it is under way.

    Args:
        books: where it is.
        bill: as it stands.
        now_ns: bench time.
    """
    payments = books.of_bill(bill.id)
    if bill.state is not BillState.OWED or not all(payment.at_rest for payment in payments):
        return
    due = due_minor(books, bill)
    hold = next((p for p in payments if p.state is PaymentState.AUTHORISED), None)
    if hold and due:
        moves.capture(books, hold, min(due, hold.authorised_minor), now_ns)
    elif due and bill.instrument and _may_try(payments, bill):
        moves.begin(books, bill, due, now_ns, sale=True)
    elif due:
        reasons = [payment.reason for payment in payments if payment.reason]
        fail(books, bill, now_ns, BillEvent.FAILED, reasons[-1] if reasons else NO_INSTRUMENT)
    else:
        if hold:
            moves.void(books, hold, now_ns, NOTHING_OWED)
        reason = bill.reason if bill.total_minor else NOTHING_OWED
        books.put_bill(replace(bill, state=after(bill.state, BillEvent.SETTLED), reason=reason))


def _may_try(payments: Sequence[Payment], bill: Bill) -> bool:
    """Whether a sale may be begun: not while nobody knows what a payment under review has taken."""
    reviewed = any(payment.state is PaymentState.REVIEW and not payment.captured_minor for payment in payments)
    return not reviewed and sum(payment.sale for payment in payments) < bill.tries


def fail(books: Books, bill: Bill, now_ns: int, event: BillEvent, reason: str) -> None:
    """Hold a bill: write down why it is not collected, and what is missing."""
    due = due_minor(books, bill)
    if due and bill.kind is BillKind.SALE:
        books.post(now_ns, "held", occasions.held(bill, due), bill)
    books.put_bill(replace(bill, state=after(bill.state, event), reason=reason))


def can_void(books: Books, bill: Bill) -> bool:
    """Whether a bill can be given up: it is held, and nothing of it was taken, for all that is known."""
    payments = books.of_bill(bill.id)
    known = all(payment.at_rest and payment.state is not PaymentState.REVIEW for payment in payments)
    kept = any(payment.kept_minor for payment in payments)
    return bill.state is BillState.HELD and bill.kind is BillKind.SALE and known and not kept


def void(books: Books, bill: Bill, now_ns: int, reason: str) -> None:
    """Give a bill up that `can_void`: book all of it back, let its hold go."""
    if bill.total_minor:
        books.post(now_ns, "given up", occasions.given_up(bill), bill)
    for payment in books.of_bill(bill.id):
        if payment.state is PaymentState.AUTHORISED:
            moves.void(books, payment, now_ns, reason)
    books.put_bill(replace(bill, state=after(bill.state, BillEvent.VOIDED), balance_minor=0, reason=reason))


def again(books: Books, bill: Bill, now_ns: int, instrument: str) -> None:
    """Try a held bill once more, at another instrument where one is given."""
    due = due_minor(books, bill)
    if due and bill.kind is BillKind.SALE:
        books.post(now_ns, "collected again", occasions.held(bill, -due), bill)
    state = after(bill.state, BillEvent.COLLECT)
    sales = sum(payment.sale for payment in books.of_bill(bill.id))
    retried = replace(bill, state=state, instrument=instrument or bill.instrument, tries=sales + 1, reason="")
    collect(books, books.put_bill(retried), now_ns)
