"""Why a receipt says what it says: every line with the evidence that the stack gave for it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from contracts.checkout import Receipt, ReceiptLine
from contracts.clock import SECOND
from contracts.errors import UsageError
from contracts.records import CartChange, ShelfEvent
from contracts.run import RunStart
from rig.judge.carts import settle
from rig.judge.story import Story
from rig.score.owners import visit_accounts


@dataclass(frozen=True, slots=True)
class Ground:
    """One change of a cart that a receipt line rests on.

    Args:
        change: the reading, its alternatives and the hand.
        event: the change of load, None for a hand-over.
    """

    change: CartChange
    event: ShelfEvent | None


@dataclass(frozen=True, slots=True)
class Reason:
    """One receipt line and all that speaks for it; `line` is None for changes that cancelled out."""

    product: str
    line: ReceiptLine | None
    grounds: tuple[Ground, ...]


@dataclass(frozen=True, slots=True)
class Explained:
    """One receipt.

    Args:
        who: shoppers it is about; "" when the truth knows nobody for it.
        receipt: what was billed.
        reasons: by product.
    """

    who: str
    receipt: Receipt
    reasons: tuple[Reason, ...]


def explain_receipts(story: Story, shopper: str = "") -> list[Explained]:
    """Return the receipts of a run with their reasons.

    Args:
        story: the run.
        shopper: only this one's; "" for all.

    Raises:
        UsageError: no such shopper, or no receipt for them.
    """
    if shopper and story.shoppers and shopper not in story.shoppers:
        raise UsageError("no such shopper", where="--shopper", expected=", ".join(story.shoppers), found=shopper)
    settled, strangers = settle(story)
    owned = [(", ".join(party.names), receipt) for party, receipts in settled for receipt in receipts]
    owned += [("", receipt) for receipt in strangers]
    chosen = [(who, receipt) for who, receipt in owned if not shopper or shopper in who.split(", ")]
    if not chosen:
        raise UsageError(f"there is no receipt{f' of {shopper}' if shopper else ''} in this run")
    return [Explained(who, receipt, tuple(_reasons(story, receipt))) for who, receipt in chosen]


def as_text(explained: Explained, start: RunStart | None) -> Iterator[str]:
    """Yield an explanation as lines for people."""
    receipt = explained.receipt
    scenario = f" in {start.scenario}" if start else ""
    state = f"{receipt.status} {receipt.reason}".rstrip()
    yield f"{explained.who or 'somebody'}{scenario}: receipt {receipt.visit}, {state}"
    for reason in explained.reasons:
        line = reason.line
        yield (
            f"  {line.count} x {line.product}, p = {line.probability:.3f}"
            if line
            else f"  0 x {reason.product}: taken and given back"
        )
        for ground in reason.grounds:
            yield from (f"    {text}" for text in _ground_text(ground))


def _reasons(story: Story, receipt: Receipt) -> Iterator[Reason]:
    events = {event.event: event for event in story.all(ShelfEvent)}
    grounds: dict[str, list[Ground]] = {line.product: [] for line in receipt.lines}
    billed = {(line.product, event) for line in receipt.lines for event in line.events}
    accounts = visit_accounts(story)
    replaced = {change.revises for change in story.all(CartChange) if change.revises}
    for change in story.all(CartChange):
        if change.event in replaced and not change.revises:
            continue
        # A guest's takings stand on the receipt of the account that let them in, by the line's own events. Two who
        # take the same at once share an event too, on two accounts.
        chosen = change.chosen
        guest = accounts.get(chosen.visit, receipt.account) == receipt.account
        if chosen.visit == receipt.visit or (guest and (chosen.product, change.event) in billed):
            grounds.setdefault(chosen.product, []).append(Ground(change, events.get(change.event)))
    lines = {line.product: line for line in receipt.lines}
    for product, found in sorted(grounds.items()):
        yield Reason(product, lines.get(product), tuple(found))


def _ground_text(ground: Ground) -> Iterator[str]:
    change, event = ground.change, ground.event
    verb = "took" if change.chosen.count > 0 else "gave back"
    if event is None:
        yield f"{change.t_ns / SECOND:.2f} s: {verb} {abs(change.chosen.count)}, by hand-over"
    else:
        deltas = ", ".join(f"{p} {g:+.1f} g" for p, g in zip(event.plates, event.deltas_g, strict=True))
        deltas = deltas or f"seen to {'come to' if event.came > 0 else 'go from'} {event.place}"
        span = f"{event.started_ns / SECOND:.2f} s to {event.ended_ns / SECOND:.2f} s"
        sure = f"p = {change.chosen.probability:.3f}"
        yield f"{event.event}, {span}: {verb} {abs(change.chosen.count)} ({sure}): {deltas}"
    if change.hand is not None:
        where = ", ".join(f"{v:.2f}" for v in change.hand)
        frames = ", ".join(f"{camera} at {change.hand_ns / SECOND:.2f} s" for camera in change.cameras)
        yield f"  hand at ({where}) m; frames: {frames or 'none'}"
    else:
        yield "  no hand was seen"
    for other in change.alternatives:
        what = f"{other.count:+d} x {other.product}" if other.product else "nothing"
        yield f"  or: {other.visit or 'nobody'}, {what}, p = {other.probability:.3f}"
