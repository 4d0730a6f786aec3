"""Orders to the payment provider, as they lie in the outbox until they are done."""

from __future__ import annotations

from dataclasses import dataclass

from contracts.checkout import PaymentAction, PaymentOrder

STATUS = "/status-"


@dataclass(frozen=True, slots=True)
class Order:
    """One order; sent again under the same key, it is still the same order.

    Args:
        key: idempotency key: "v1.1/capture-2".
        payment: payment id: "v1.1".
        action: what to do.
        amount_minor: how much, minor units.
        currency: ISO 4217.
        instrument: opaque token of what is charged.
        of: key of the order that this one is about.
    """

    key: str
    payment: str
    action: PaymentAction
    amount_minor: int
    currency: str
    instrument: str
    of: str = ""

    def record(self, now_ns: int, provider: str) -> PaymentOrder:
        """Return the order as it goes out.

        Args:
            now_ns: bench time.
            provider: device id of the provider.
        """
        return PaymentOrder(
            t_ns=now_ns,
            source="stack",
            provider=provider,
            key=self.key,
            payment=self.payment,
            action=self.action,
            amount_minor=self.amount_minor,
            currency=self.currency,
            instrument=self.instrument,
            of=self.of,
        )


def question(order: Order, number: int) -> Order:
    """Return the order that asks what became of another one."""
    key = f"{order.key}{STATUS}{number}"
    return Order(key, order.payment, PaymentAction.STATUS, 0, order.currency, order.instrument, order.key)
