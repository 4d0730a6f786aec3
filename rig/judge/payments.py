"""Whether the money that moved is the money that was owed, by what the provider and the terminals said themselves."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from contracts.checkout import (
    CARD_TOP_UP,
    BalanceChange,
    PaymentAction,
    PaymentOrder,
    PaymentOutcome,
    PaymentResult,
    Receipt,
    ReceiptStatus,
    TerminalEvent,
    TerminalEventKind,
    TerminalOrder,
)
from rig.judge.story import Story

_SIGN = {PaymentAction.CAPTURE: 1, PaymentAction.REFUND: -1}
NOBODYS = ""
"""Instruments of no account: cards at terminals, codes of other wallets."""


def payment_differences(story: Story) -> Iterator[str]:
    """Yield where an instrument was charged another sum than the final receipts that it pays for."""
    if not story.layout.provider:
        return
    taken, due = _taken(story), _due(story)
    owner = {account.instrument: account.id for account in story.accounts.values()}
    for instrument in sorted(taken.keys() | due.keys()):
        if taken[instrument] != due[instrument]:
            who = f"account {owner[instrument]}" if instrument else "payments without an account"
            currency = story.layout.currency
            yield f"{who}: {due[instrument]} {currency} (minor units) are owed, {taken[instrument]} were taken"


def _taken(story: Story) -> Counter[str]:
    """Return what was taken and kept, by instrument; each order counts once, however often it was answered."""
    known = {account.instrument for account in story.accounts.values()}
    order = {order.key: order for order in story.all(PaymentOrder)}
    sums: Counter[str] = Counter()
    seen: set[str] = set()
    for result in story.all(PaymentResult):
        key = _about(order, result)
        if result.outcome is PaymentOutcome.APPROVED and result.action in _SIGN and key not in seen:
            seen.add(key)
            instrument = order[key].instrument
            sums[instrument if instrument in known else NOBODYS] += _SIGN[result.action] * result.amount_minor
    for payment, result in _found_taken(story, order).items():
        if not any(
            o.payment == payment and o.action is PaymentAction.CAPTURE and o.key in seen for o in order.values()
        ):
            instrument = order[result.key].instrument
            sums[instrument if instrument in known else NOBODYS] += result.amount_minor
    sums[NOBODYS] += _at_terminals(story)
    return sums


def _found_taken(story: Story, order: dict[str, PaymentOrder]) -> dict[str, PaymentResult]:
    """Return by payment what a refused void says was taken: a capture that nobody heard of landed after all."""
    found = {}
    for result in story.all(PaymentResult):
        declined = result.outcome is PaymentOutcome.DECLINED and result.key in order
        if declined and result.action is PaymentAction.VOID and result.amount_minor:
            found[result.payment] = result
    return found


def _about(order: dict[str, PaymentOrder], result: PaymentResult) -> str:
    """Return the key of the order that a result is about: the one that was asked about, where it answers a question."""
    asked = order.get(result.key)
    return asked.of if asked is not None and asked.action is PaymentAction.STATUS else result.key


def _at_terminals(story: Story) -> int:
    amount = {order.key: order.amount_minor for order in story.all(TerminalOrder)}
    approved = {event.key for event in story.all(TerminalEvent) if event.kind is TerminalEventKind.APPROVED}
    return sum(amount[key] for key in approved)


def _due(story: Story) -> Counter[str]:
    """Return what is to be taken, by instrument: final receipts less what stored value paid, and top-ups by card."""
    instrument = {account.id: account.instrument for account in story.accounts.values()}
    sums: Counter[str] = Counter()
    for receipt in story.all(Receipt):
        if receipt.status is ReceiptStatus.FINAL:
            sums[instrument.get(receipt.account, NOBODYS)] += receipt.total_minor
    for change in story.all(BalanceChange):
        if change.amount_minor < 0 or change.reason == CARD_TOP_UP:
            sums[instrument.get(change.account, NOBODYS)] += change.amount_minor
    return sums
