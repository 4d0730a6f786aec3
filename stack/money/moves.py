"""The orders of one payment: each puts one order into the outbox and takes one step of the table."""

from __future__ import annotations

from dataclasses import replace

from contracts.checkout import PaymentAction
from stack.money.bill import Bill
from stack.money.books import Books
from stack.money.orders import Order
from stack.money.payment import Payment
from stack.money.payment_table import PaymentEvent, after


def begin(books: Books, bill: Bill, amount_minor: int, now_ns: int, *, sale: bool) -> Payment:
    """Begin a payment: order a hold.

    Args:
        books: where it is entered.
        bill: what it is for.
        amount_minor: to hold.
        now_ns: bench time.
        sale: whether to settle the bill, rather than at the entry.
    """
    name = f"{bill.id}.{len(books.of_bill(bill.id)) + 1}"
    payment = Payment(name, bill.id, bill.instrument, bill.currency, amount_minor, sale)
    return _order(books, payment, PaymentAction.AUTHORISE, amount_minor, now_ns)


def capture(books: Books, payment: Payment, amount_minor: int, now_ns: int) -> Payment:
    """Order to take an amount out of the hold."""
    return _order(books, payment, PaymentAction.CAPTURE, amount_minor, now_ns)


def void(books: Books, payment: Payment, now_ns: int, reason: str) -> Payment:
    """Order to let the hold go, whatever became of it; what was under way is no longer sent."""
    moved = replace(payment, reason=reason, state=after(payment.state, PaymentEvent.VOID))
    return revoke(books, moved, now_ns)


def revoke(books: Books, payment: Payment, now_ns: int) -> Payment:
    """Send the order that belongs to a payment that has just begun to be voided."""
    return _send(books, payment, PaymentAction.VOID, payment.authorised_minor, now_ns)


def refund(books: Books, payment: Payment, amount_minor: int, now_ns: int) -> Payment:
    """Order to give back some of what was taken."""
    return _order(books, payment, PaymentAction.REFUND, amount_minor, now_ns)


def return_landed(books: Books, payment: Payment, now_ns: int) -> Payment:
    """Send the refund of a payment that landed too late and has just begun to be refunded."""
    return _send(books, payment, PaymentAction.REFUND, payment.left_minor, now_ns)


def retry(books: Books, payment: Payment, now_ns: int) -> Payment:
    """Order once more, under a new key, what the provider refused: a person has looked at it."""
    if payment.captured_minor:
        return refund(books, payment, payment.pending_minor, now_ns)
    return void(books, payment, now_ns, payment.reason)


_EVENT = {
    PaymentAction.AUTHORISE: PaymentEvent.AUTHORISE,
    PaymentAction.CAPTURE: PaymentEvent.CAPTURE,
    PaymentAction.REFUND: PaymentEvent.REFUND,
}


def _order(books: Books, payment: Payment, action: PaymentAction, amount_minor: int, now_ns: int) -> Payment:
    moved = replace(payment, state=after(payment.state, _EVENT[action]))
    return _send(books, moved, action, amount_minor, now_ns)


def _send(books: Books, payment: Payment, action: PaymentAction, amount_minor: int, now_ns: int) -> Payment:
    books.finish(payment.pending)
    number = payment.orders + 1
    key = f"{payment.id}/{action}-{number}"
    order = Order(key, payment.id, action, amount_minor, payment.currency, payment.instrument, _of(payment, action))
    books.send(order)
    return books.put_payment(
        replace(
            payment,
            pending=key,
            pending_minor=amount_minor,
            sent_ns=now_ns,
            asked_ns=now_ns,
            asked=0,
            orders=number,
            hold_key=key if action is PaymentAction.AUTHORISE else payment.hold_key,
            capture_key=key if action is PaymentAction.CAPTURE else payment.capture_key,
        )
    )


def _of(payment: Payment, action: PaymentAction) -> str:
    """Return the key of the order that an action is about: a hold, what was taken out of it, or the last of them."""
    match action:
        case PaymentAction.CAPTURE:
            return payment.hold_key
        case PaymentAction.REFUND:
            return payment.capture_key
        case PaymentAction.VOID:
            return payment.capture_key or payment.hold_key
    return ""
