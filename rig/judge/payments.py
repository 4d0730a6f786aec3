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
_TERMINAL = "terminal:"


def payment_differences(story: Story) -> Iterator[str]:
    """Yield where an instrument was charged another sum than the final receipts that it pays for."""
    if not story.layout.provider:
        return
    taken, due = _taken(story), _due(story)
    for instrument in sorted(taken.keys() | due.keys()):
        if taken[instrument] != due[instrument]:
            currency = story.layout.currency
            said = f"{due[instrument]} {currency} (minor units) are owed, {taken[instrument]} were taken"
            yield f"{_holder(story, instrument)}: {said}"
    for receipt in story.all(Receipt):
        if receipt.till and _rest(receipt) and not receipt.instrument:
            yield f"receipt of {receipt.visit} does not say what paid it"


def _holder(story: Story, instrument: str) -> str:
    """Return whose an instrument is, without saying a code that could be anybody's."""
    owner = {account.instrument: account.id for account in story.accounts.values()}
    if instrument in owner and instrument:
        return f"account {owner[instrument]}"
    return f"cards at {instrument}" if instrument.startswith(_TERMINAL) else "payments without an account"


def _rest(receipt: Receipt) -> int:
    """Return what a receipt leaves to be paid by something else than stored value, minor units."""
    return receipt.total_minor - receipt.balance_minor if receipt.status is ReceiptStatus.FINAL else 0


def _taken(story: Story) -> Counter[str]:
    """Return what was taken and kept, by instrument; each order counts once, however often it was answered."""
    order = {order.key: order for order in story.all(PaymentOrder)}
    sums: Counter[str] = Counter()
    seen: set[str] = set()
    for result in story.all(PaymentResult):
        key = _about(order, result)
        if result.outcome is PaymentOutcome.APPROVED and result.action in _SIGN and key not in seen:
            seen.add(key)
            sums[order[key].instrument] += _SIGN[result.action] * result.amount_minor
    for payment, result in _found_taken(story, order).items():
        if not any(
            o.payment == payment and o.action is PaymentAction.CAPTURE and o.key in seen for o in order.values()
        ):
            sums[order[result.key].instrument] += result.amount_minor
    sums.update(_at_terminals(story))
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


def _at_terminals(story: Story) -> Counter[str]:
    order = {order.key: order for order in story.all(TerminalOrder)}
    approved = {event.key for event in story.all(TerminalEvent) if event.kind is TerminalEventKind.APPROVED}
    sums: Counter[str] = Counter()
    for key in approved:
        sums[_TERMINAL + order[key].terminal] += order[key].amount_minor
    return sums


def _due(story: Story) -> Counter[str]:
    """Return what is to be taken, by instrument: final receipts less what stored value paid, and top-ups by card."""
    on_file = {account.id: account.instrument for account in story.accounts.values()}
    pays: dict[str, str] = {}
    sums: Counter[str] = Counter()
    for receipt in story.all(Receipt):
        pays[receipt.visit] = receipt.instrument or on_file.get(receipt.account, "")
        if receipt.status is ReceiptStatus.FINAL:
            sums[pays[receipt.visit]] += receipt.total_minor
    for change in story.all(BalanceChange):
        own = on_file.get(change.account, "")
        if change.amount_minor < 0:
            sums[pays.get(change.key, own)] += change.amount_minor
        elif change.reason == CARD_TOP_UP:
            sums[own] += change.amount_minor
    return sums
