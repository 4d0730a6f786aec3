"""Whether every amount that was held was taken or let go by the end of a run."""

from __future__ import annotations

from collections.abc import Iterator

from contracts.checkout import PaymentAction, PaymentOrder, PaymentOutcome, PaymentResult, Receipt, ReceiptStatus
from contracts.records import Direction
from contracts.truth import TruePassage
from rig.judge.story import Story

_DONE = (PaymentAction.CAPTURE, PaymentAction.VOID)


def hold_differences(story: Story) -> Iterator[str]:
    """Yield what is still held of people who have gone; while a person has to look at a receipt, its hold may stay."""
    order = {order.key: order for order in story.all(PaymentOrder)}
    results = [result for result in story.all(PaymentResult) if result.outcome is PaymentOutcome.APPROVED]
    held = {result.payment: result.key for result in results if result.action is PaymentAction.AUTHORISE}
    done = {result.payment for result in story.all(PaymentResult) if result.action in _DONE}
    waiting = _reviewed(story) | _inside(story)
    for payment, key in sorted(held.items()):
        instrument = order[key].instrument if key in order else ""
        if payment not in done and instrument not in waiting:
            yield f"the amount held for {payment} was neither taken nor let go"


def _reviewed(story: Story) -> set[str]:
    """Return the instruments of those whose receipts a person has to look at."""
    accounts = {receipt.account for receipt in story.all(Receipt) if receipt.status is ReceiptStatus.REVIEW}
    return {story.accounts[account].instrument for account in accounts if account in story.accounts}


def _inside(story: Story) -> set[str]:
    """Return the instruments of those who have not gone."""
    passages = story.all(TruePassage)
    gone = {passage.shopper for passage in passages if passage.direction is Direction.OUT}
    staying = {passage.paying for passage in passages} - gone
    accounts = {story.account_of.get(name, "") for name in staying}
    return {story.accounts[account].instrument for account in accounts if account in story.accounts}
