"""What a provider has for one payment, and the rules of holding, taking and giving back."""

from __future__ import annotations

from dataclasses import dataclass

from contracts.checkout import PaymentAction, PaymentOrder, PaymentOutcome
from twin.provider.behaviour import behaviour_of

Effect = tuple[PaymentOutcome, int, str]
"""Outcome, amount in minor units, reason."""


@dataclass(slots=True)
class Holding:
    """The provider's own books of one payment, minor units.

    Args:
        held: authorised.
        taken: captured.
        given_back: refunded.
        void: whether it was revoked: nothing can be done with it any more.
    """

    held: int = 0
    taken: int = 0
    given_back: int = 0
    void: bool = False

    def apply(self, order: PaymentOrder) -> Effect:
        """Carry an order out, or say why not."""
        behaviour = behaviour_of(order.instrument)
        if order.action in behaviour.declines:
            return _declined(behaviour.reason)
        match order.action:
            case PaymentAction.AUTHORISE:
                return self._hold(order.amount_minor)
            case PaymentAction.CAPTURE:
                return self._take(order.amount_minor)
            case PaymentAction.VOID:
                return self._let_go()
        return self._give_back(order.amount_minor)

    def _hold(self, minor: int) -> Effect:
        if self.void:
            return _declined("revoked")
        self.held += minor
        return _approved(minor)

    def _take(self, minor: int) -> Effect:
        if self.void:
            return _declined("revoked")
        if minor > self.held - self.taken:
            return _declined("more than is held")
        self.taken += minor
        return _approved(minor)

    def _let_go(self) -> Effect:
        """Void, also what was never heard of: a late order of it will be refused. Money that was taken is told of."""
        if self.taken:
            return (PaymentOutcome.DECLINED, self.taken, "captured: refund it")
        self.void = True
        return _approved(self.held)

    def _give_back(self, minor: int) -> Effect:
        if minor > self.taken - self.given_back:
            return _declined("more than was taken")
        self.given_back += minor
        return _approved(minor)


def _approved(minor: int) -> Effect:
    return (PaymentOutcome.APPROVED, minor, "")


def _declined(reason: str) -> Effect:
    return (PaymentOutcome.DECLINED, 0, reason)
