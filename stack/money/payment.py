"""One payment: a hold at one instrument, and what was taken out of it and given back."""

from __future__ import annotations

from dataclasses import dataclass

from stack.money.payment_table import AT_REST, PaymentState


@dataclass(frozen=True, slots=True)
class Payment:
    """One payment of a bill.

    Args:
        id: bill and number: "v1.1".
        bill: bill id.
        instrument: opaque token of what is charged.
        currency: ISO 4217.
        amount_minor: to be held, minor units.
        sale: whether it was begun to settle the bill, rather than to hold an amount at the entry.
        state: where it stands in `stack.money.payment_table`.
        authorised_minor: held.
        captured_minor: taken; at most what was held.
        refunded_minor: given back; at most what was taken.
        landed: whether the capture went through after it had been given up: all of it goes back.
        pending: key of the last order.
        pending_minor: its amount.
        sent_ns: when it was first sent.
        asked_ns: when it was last sent or asked about.
        asked: how often, after the first time.
        orders: how many orders there were.
        hold_key: key of the order that held.
        capture_key: key of the order that took.
        reference: the provider's number.
        reason: why it went no further, for people.
    """

    id: str
    bill: str
    instrument: str
    currency: str
    amount_minor: int
    sale: bool
    state: PaymentState = PaymentState.NEW
    authorised_minor: int = 0
    captured_minor: int = 0
    refunded_minor: int = 0
    landed: bool = False
    pending: str = ""
    pending_minor: int = 0
    sent_ns: int = 0
    asked_ns: int = 0
    asked: int = 0
    orders: int = 0
    hold_key: str = ""
    capture_key: str = ""
    reference: str = ""
    reason: str = ""

    @property
    def at_rest(self) -> bool:
        """Whether nothing is under way."""
        return self.state in AT_REST

    @property
    def kept_minor(self) -> int:
        """What it did for its bill: taken, and not because it landed too late."""
        return 0 if self.landed else self.captured_minor

    @property
    def left_minor(self) -> int:
        """What may still be given back."""
        return self.captured_minor - self.refunded_minor
