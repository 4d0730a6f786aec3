"""The life of one payment, as one table.

A payment is a hold and what is taken out of it, at one instrument. Everything that may move it stands in TABLE. Every
unknown ends in one of two ways: an answer to a question, or, when 45 s are over, a void. What had landed by then all
the same is given back.
"""

from __future__ import annotations

from enum import StrEnum

from contracts.clock import SECOND
from stack.machine import Machine

ANSWER_NS = 4 * SECOND
"""An order without an answer for so long is in doubt: the provider is asked. Online authorisation takes 0.5-2 s."""
QUERY_NS = 4 * SECOND
"""Between two questions. Source: WeChat Pay's guide: every 3 to 5 s."""
GIVE_UP_NS = 45 * SECOND
"""After the order, the payment is voided, whatever became of it. Source: the same: after 45 s at most."""


class PaymentState(StrEnum):
    """Where a payment stands."""

    NEW = "new"
    AUTHORISING = "authorising"
    AUTHORISE_UNKNOWN = "authorise_unknown"
    """No answer: the provider is being asked what became of the order."""
    AUTHORISED = "authorised"
    CAPTURING = "capturing"
    CAPTURE_UNKNOWN = "capture_unknown"
    CAPTURED = "captured"
    VOIDING = "voiding"
    """To be undone: repeated under the same key until the provider answers."""
    VOIDED = "voided"
    REFUNDING = "refunding"
    """Repeated in the same way."""
    PARTLY_REFUNDED = "partly_refunded"
    REFUNDED = "refunded"
    DECLINED = "declined"
    REVIEW = "review"
    """The provider refuses what must be possible: a person looks at it."""


class PaymentEvent(StrEnum):
    """What can happen to a payment."""

    AUTHORISE = "authorise ordered"
    CAPTURE = "capture ordered"
    VOID = "void ordered"
    REFUND = "refund ordered"
    APPROVED = "approved"
    PARTLY = "approved, some is left"
    """Of refunds: less than what was captured has been given back."""
    DECLINED = "declined"
    SILENCE = "no answer, or unknown"
    TIME_OVER = "45 s are over"
    LANDED = "too late, it was captured"
    """What a void is told when the capture went through after the last question."""
    MISMATCH = "key used for another amount"


_S, _E = PaymentState, PaymentEvent

TABLE: dict[tuple[PaymentState, PaymentEvent], PaymentState] = {
    (_S.NEW, _E.AUTHORISE): _S.AUTHORISING,
    (_S.AUTHORISING, _E.APPROVED): _S.AUTHORISED,
    (_S.AUTHORISING, _E.DECLINED): _S.DECLINED,
    (_S.AUTHORISING, _E.SILENCE): _S.AUTHORISE_UNKNOWN,
    (_S.AUTHORISING, _E.MISMATCH): _S.REVIEW,
    (_S.AUTHORISE_UNKNOWN, _E.APPROVED): _S.AUTHORISED,
    (_S.AUTHORISE_UNKNOWN, _E.DECLINED): _S.DECLINED,
    (_S.AUTHORISE_UNKNOWN, _E.MISMATCH): _S.REVIEW,
    (_S.AUTHORISE_UNKNOWN, _E.TIME_OVER): _S.VOIDING,
    (_S.AUTHORISED, _E.CAPTURE): _S.CAPTURING,
    (_S.AUTHORISED, _E.VOID): _S.VOIDING,
    (_S.CAPTURING, _E.APPROVED): _S.CAPTURED,
    (_S.CAPTURING, _E.DECLINED): _S.VOIDING,
    (_S.CAPTURING, _E.SILENCE): _S.CAPTURE_UNKNOWN,
    (_S.CAPTURING, _E.MISMATCH): _S.REVIEW,
    (_S.CAPTURE_UNKNOWN, _E.APPROVED): _S.CAPTURED,
    (_S.CAPTURE_UNKNOWN, _E.DECLINED): _S.VOIDING,
    (_S.CAPTURE_UNKNOWN, _E.MISMATCH): _S.REVIEW,
    (_S.CAPTURE_UNKNOWN, _E.TIME_OVER): _S.VOIDING,
    (_S.VOIDING, _E.APPROVED): _S.VOIDED,
    (_S.VOIDING, _E.LANDED): _S.REFUNDING,
    (_S.VOIDING, _E.DECLINED): _S.REVIEW,
    (_S.VOIDING, _E.MISMATCH): _S.REVIEW,
    (_S.CAPTURED, _E.REFUND): _S.REFUNDING,
    (_S.PARTLY_REFUNDED, _E.REFUND): _S.REFUNDING,
    (_S.REFUNDING, _E.APPROVED): _S.REFUNDED,
    (_S.REFUNDING, _E.PARTLY): _S.PARTLY_REFUNDED,
    (_S.REFUNDING, _E.DECLINED): _S.REVIEW,
    (_S.REFUNDING, _E.MISMATCH): _S.REVIEW,
    (_S.REVIEW, _E.VOID): _S.VOIDING,
    (_S.REVIEW, _E.REFUND): _S.REFUNDING,
}

LAST = (_S.CAPTURED, _S.VOIDED, _S.PARTLY_REFUNDED, _S.REFUNDED, _S.DECLINED, _S.REVIEW)
AT_REST = frozenset({*LAST, _S.AUTHORISED, _S.NEW})
"""Nothing is under way. AUTHORISED is no end: a hold must be captured or let go."""
UNKNOWN = frozenset({_S.AUTHORISE_UNKNOWN, _S.CAPTURE_UNKNOWN})

MACHINE = Machine("payment", TABLE, _S.NEW, LAST)
after = MACHINE.after


def table_text() -> str:
    """Return the table as text, one transition a line."""
    return MACHINE.text()


def diagram() -> str:
    """Return the table as a Mermaid state diagram."""
    return MACHINE.diagram()
