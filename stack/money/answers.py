"""What an answer of the provider does to its payment. Late, repeated and foreign answers do nothing."""

from __future__ import annotations

from dataclasses import replace

from contracts.checkout import PaymentOutcome, PaymentResult
from stack.money import moves, occasions
from stack.money.books import Books
from stack.money.orders import STATUS
from stack.money.payment import Payment
from stack.money.payment_table import MACHINE, PaymentEvent, PaymentState

_S, _E = PaymentState, PaymentEvent
_FOR_MONEY = (_S.AUTHORISING, _S.AUTHORISE_UNKNOWN, _S.CAPTURING, _S.CAPTURE_UNKNOWN)


def hear(books: Books, result: PaymentResult, now_ns: int) -> Payment | None:
    """Take one answer in.

    Args:
        books: where its payment is.
        result: the answer to an order, or to the question about one.
        now_ns: bench time.

    Returns:
        The payment when the answer moved it, else None.
    """
    payment = books.payments.get(result.payment)
    if payment is None or result.key.split(STATUS)[0] != payment.pending or payment.at_rest:
        return None
    if result.outcome is PaymentOutcome.NOT_FOUND:
        books.say(books.orders[payment.pending])
        return None
    event = _event(payment, result)
    if not MACHINE.takes(payment.state, event):
        return None
    moved = replace(payment, state=MACHINE.after(payment.state, event), reference=result.reference or payment.reference)
    if event in (_E.DECLINED, _E.MISMATCH):
        moved = replace(moved, reason=result.reason or str(event))
    return _follow(books, payment.state, event, moved, result, now_ns)


def _event(payment: Payment, result: PaymentResult) -> PaymentEvent:
    """Return what an answer means where the payment stands."""
    match result.outcome:
        case PaymentOutcome.UNKNOWN | PaymentOutcome.NOT_FOUND:
            return _E.SILENCE
        case PaymentOutcome.MISMATCH:
            return _E.MISMATCH
        case PaymentOutcome.DECLINED:
            captured = payment.state is _S.VOIDING and payment.capture_key and result.amount_minor
            return _E.LANDED if captured else _E.DECLINED
    if payment.state in _FOR_MONEY and not result.amount_minor:
        return _E.DECLINED
    partly = payment.state is _S.REFUNDING and payment.left_minor > payment.pending_minor
    return _E.PARTLY if partly else _E.APPROVED


def _follow(
    books: Books, before: PaymentState, event: PaymentEvent, payment: Payment, result: PaymentResult, now_ns: int
) -> Payment:
    """Enter what a step has done: amounts (never more than was asked for), postings, the order that follows."""
    if event is _E.SILENCE:
        return books.put_payment(payment)
    books.finish(payment.pending)
    bill, minor = books.bills[payment.bill], min(result.amount_minor, payment.pending_minor)
    if payment.state is _S.AUTHORISED:
        payment = replace(payment, authorised_minor=minor)
    elif payment.state is _S.CAPTURED:
        payment = replace(payment, captured_minor=minor)
        books.post(now_ns, "captured", occasions.captured(bill, payment), bill, payment.id)
    elif event is _E.LANDED:
        taken = min(result.amount_minor, payment.authorised_minor)
        payment = replace(payment, captured_minor=taken, landed=True)
        books.post(now_ns, "landed too late", occasions.landed(payment), bill, payment.id)
        return moves.return_landed(books, payment, now_ns)
    elif payment.state in (_S.REFUNDED, _S.PARTLY_REFUNDED):
        books.post(now_ns, "refunded", occasions.refunded(payment, payment.pending_minor), bill, payment.id)
        payment = replace(payment, refunded_minor=payment.refunded_minor + payment.pending_minor)
    elif payment.state is _S.VOIDING and before is not _S.VOIDING:
        return moves.revoke(books, payment, now_ns)
    return books.put_payment(payment)
