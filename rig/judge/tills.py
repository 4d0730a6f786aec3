"""Who paid at a till: receipts that a till printed, by who truly stood there."""

from __future__ import annotations

from contracts.checkout import Receipt
from contracts.truth import TruePayment
from rig.judge.story import Story


def till_receipts(story: Story, shopper: str, spare: list[Receipt]) -> list[Receipt]:
    """Return the receipts that tills printed for a shopper: each the last one before they were done there.

    Args:
        story: of the run.
        shopper: who.
        spare: receipts that are nobody's yet.
    """
    found = []
    for payment in story.all(TruePayment):
        if payment.shopper != shopper or not payment.paid:
            continue
        printed = [r for r in spare if r.till == payment.till and r.t_ns <= payment.t_ns and r not in found]
        found += printed[-1:]
    return found


def pays_at_till(story: Story, shopper: str) -> str:
    """Return the till at which a shopper paid, or tried to; "" for none."""
    return next((payment.till for payment in story.all(TruePayment) if payment.shopper == shopper), "")
