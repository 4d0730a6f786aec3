"""Who paid at a till: receipts that a till printed, by who truly stood there."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from contracts.checkout import PaymentOrder, Receipt, ReceiptStatus, TerminalEvent
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
        printed = [r for r in spare if _paid_at(r, payment) and r not in found]
        found += printed[-1:]
    return found


def means_differences(story: Story) -> Iterator[str]:
    """Yield where a till's receipt names another instrument, or another account, than what was truly shown there."""
    spare = story.all(Receipt).copy()
    for payment in story.all(TruePayment) if story.layout.provider else ():
        if not payment.paid:
            continue
        printed = [r for r in spare if _paid_at(r, payment)]
        if not printed:
            continue  # somebody without a receipt is found elsewhere
        receipt = printed[-1]
        spare.remove(receipt)
        payer = payment.payer or payment.shopper
        if receipt.instrument and not _shown(story, payment, payer, receipt.instrument):
            yield f"{payer} paid by {payment.means}, and the receipt of {receipt.visit} says {_kind(receipt)}"
        owner = story.account_of.get(payer, "")
        if payment.means in _OWN and receipt.account != owner:
            whose = f"is {receipt.account or 'nobody'}'s"
            yield f"{payer} paid by {payment.means}, and the receipt of {receipt.visit} {whose}"


def _paid_at(receipt: Receipt, payment: TruePayment) -> bool:
    """Whether a receipt may be that of a payment: printed there, by then, and for a sale that was not broken off."""
    there = receipt.till == payment.till and receipt.t_ns <= payment.t_ns
    return there and receipt.status is not ReceiptStatus.VOID


_OWN = ("palm", "face", "fingerprint", "qr", "app", "screen")
"""What says whose it is; a card and another wallet's code leave a purchase with whoever was known before."""


def _shown(story: Story, payment: TruePayment, payer: str, instrument: str) -> bool:
    """Whether an instrument is what was shown."""
    if payment.means == "card":
        return instrument == f"terminal:{story.layout.till[payment.till].terminal}"
    if payment.means == "wallet":
        return instrument.startswith("sha256:")
    account = story.accounts.get(story.account_of.get(payer, ""))
    return account is not None and instrument == account.instrument


def _kind(receipt: Receipt) -> str:
    """Return what an instrument on a receipt is, for people."""
    known = {"terminal": "a card at a terminal", "sha256": "the code of a wallet"}
    return known.get(receipt.instrument.partition(":")[0], "a card on file that is another's")


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
