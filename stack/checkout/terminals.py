"""Card terminals behind the same payments as the provider: they hold and take in one go.

A bill that is to be paid at a terminal has the instrument "terminal:ID". Its orders go to that terminal, and what comes
back is put in the provider's words.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from contracts.checkout import (
    PaymentAction,
    PaymentOrder,
    PaymentOutcome,
    PaymentResult,
    TerminalEvent,
    TerminalEventKind,
    TerminalOrder,
)

_SCHEME = "terminal:"


def at(terminal: str) -> str:
    """Return the instrument that stands for whatever card is held to a terminal."""
    return _SCHEME + terminal


class Terminals:
    """Translates between payments and terminals."""

    def __init__(self) -> None:
        self._asked: dict[str, PaymentOrder] = {}

    def send(self, orders: Iterable[PaymentOrder]) -> Iterator[TerminalOrder | PaymentResult | PaymentOrder]:
        """Yield what becomes of orders: those for terminals translated, or answered at once; others as they are."""
        for order in orders:
            if not order.instrument.startswith(_SCHEME):
                yield order
            elif order.action is PaymentAction.AUTHORISE:
                self._asked[order.key] = order
                yield TerminalOrder(
                    t_ns=order.t_ns,
                    source=order.source,
                    terminal=order.instrument.removeprefix(_SCHEME),
                    key=order.key,
                    amount_minor=order.amount_minor,
                    currency=order.currency,
                )
            elif order.action is not PaymentAction.STATUS:
                # A terminal takes what it approves, and lets go of what nobody paid: nothing is left to order.
                yield _result(order, PaymentOutcome.APPROVED, order.amount_minor, "")

    def hear(self, event: TerminalEvent) -> PaymentResult | None:
        """Return the answer to the order under a terminal event's key, None when there was none."""
        order = self._asked.pop(event.key, None)
        if order is None:
            return None
        if event.kind is TerminalEventKind.APPROVED:
            return _result(order, PaymentOutcome.APPROVED, order.amount_minor, "", event.token)
        reason = "declined" if event.kind is TerminalEventKind.DECLINED else "no card came"
        return _result(order, PaymentOutcome.DECLINED, 0, reason)


def _result(
    order: PaymentOrder, outcome: PaymentOutcome, amount_minor: int, reason: str, reference: str = ""
) -> PaymentResult:
    return PaymentResult(
        t_ns=order.t_ns,
        source=order.instrument,
        key=order.key,
        payment=order.payment,
        action=order.action,
        outcome=outcome,
        reference=reference,
        amount_minor=amount_minor,
        reason=reason,
    )
