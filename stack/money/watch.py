"""What time does to a payment that is under way: silence, questions, giving up, and repeating what must happen."""

from __future__ import annotations

from dataclasses import replace

from contracts.clock import SECOND
from stack.money import moves
from stack.money.books import Books
from stack.money.orders import question
from stack.money.payment import Payment
from stack.money.payment_table import ANSWER_NS, GIVE_UP_NS, QUERY_NS, UNKNOWN, PaymentEvent, PaymentState, after

LONGEST_NS = 64 * SECOND
"""Between two attempts of a void or a refund: each wait is twice the last, up to this."""
NO_ANSWER = "no answer in 45 s"


def watch(books: Books, now_ns: int) -> None:
    """Let time pass for all payments that are under way."""
    for name in sorted(books.under_way):
        payment = books.payments[name]
        if payment.state in (PaymentState.AUTHORISING, PaymentState.CAPTURING):
            if now_ns - payment.sent_ns >= ANSWER_NS:
                _ask(books, replace(payment, state=after(payment.state, PaymentEvent.SILENCE)), now_ns)
        elif payment.state in UNKNOWN:
            _doubt(books, payment, now_ns)
        elif now_ns - payment.asked_ns >= min(LONGEST_NS, ANSWER_NS << min(payment.asked, 8)):
            books.say(books.orders[payment.pending])
            books.put_payment(replace(payment, asked=payment.asked + 1, asked_ns=now_ns))


def resume(books: Books, now_ns: int) -> None:
    """Send everything that is not done once more, under the same keys: after a restart nobody knows what went out.

    Args:
        books: as they were written down.
        now_ns: bench time; where it began anew, waiting begins anew with it.
    """
    for key in sorted(books.orders):
        books.say(books.orders[key])
    for name in sorted(books.under_way):
        payment = books.payments[name]
        if payment.sent_ns > now_ns or payment.asked_ns > now_ns:
            books.put_payment(replace(payment, sent_ns=now_ns, asked_ns=now_ns))


def _doubt(books: Books, payment: Payment, now_ns: int) -> None:
    if now_ns - payment.sent_ns >= GIVE_UP_NS:
        given_up = replace(payment, state=after(payment.state, PaymentEvent.TIME_OVER), reason=NO_ANSWER)
        moves.revoke(books, given_up, now_ns)
    elif now_ns - payment.asked_ns >= QUERY_NS:
        _ask(books, payment, now_ns)


def _ask(books: Books, payment: Payment, now_ns: int) -> None:
    """Ask what became of the order under way."""
    asked = replace(payment, asked=payment.asked + 1, asked_ns=now_ns)
    books.say(question(books.orders[payment.pending], asked.asked))
    books.put_payment(asked)
