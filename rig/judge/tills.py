"""Who paid at a till: receipts that a till printed, by who truly stood there."""

from __future__ import annotations

from collections.abc import Sequence

from contracts.checkout import PaymentOrder, Receipt, TerminalEvent
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


def pay_times(story: Story, shopper: str, receipts: Sequence[Receipt]) -> tuple[str, float | None, float | None]:
    """Return what a shopper showed at the last till, and the milliseconds until they were known and had paid.

    Args:
        story: of the run.
        shopper: who.
        receipts: that tills printed for them.
    """
    shown = [p for p in story.all(TruePayment) if p.shopper == shopper and p.paid]
    if not shown or not receipts:
        return "", None, None
    last, receipt = shown[-1], receipts[-1]
    # In books that more than one run has written, a bill's name begins with the run's.
    visit = f"/{receipt.visit}"
    known = [o.t_ns for o in story.all(PaymentOrder) if f"/{o.payment}".rpartition(".")[0].endswith(visit)]
    answered = [event.t_ns for event in story.all(TerminalEvent) if f"{visit}." in f"/{event.key}"]
    moments = [t_ns for t_ns in (*known, *answered) if t_ns >= last.shown_ns]
    known_ms = (min(moments) - last.shown_ns) / 1e6 if moments else None
    return last.means, known_ms, (receipt.t_ns - last.shown_ns) / 1e6


def pays_at_till(story: Story, shopper: str) -> str:
    """Return the till at which a shopper paid, or tried to; "" for none."""
    return next((payment.till for payment in story.all(TruePayment) if payment.shopper == shopper), "")
