"""What the books say aloud: conclusions and corrections as records."""

from __future__ import annotations

from contracts.records import CartChange, Hypothesis
from stack.attribution.ledger import Correction, Entry
from stack.sightings import Reach


def concluded(
    event: str, chosen: Hypothesis, others: tuple[Hypothesis, ...], hand: Reach | None, now_ns: int
) -> CartChange:
    """Say one part of what an event is taken to be, with the hand that speaks for it."""
    return CartChange(
        t_ns=now_ns,
        source="stack",
        event=event,
        chosen=chosen,
        alternatives=others,
        hand=hand.hand if hand and chosen.visit else None,
        hand_ns=hand.t_ns if hand and chosen.visit else 0,
        cameras=hand.cameras if hand and chosen.visit else (),
    )


def corrected(correction: Correction, now_ns: int) -> list[CartChange]:
    """Say a correction: both sides of a hand-over, or all parts of an event read anew."""
    posted = [_said(entry, now_ns) for entry in correction.posted]
    return posted + [_said(entry, now_ns, revises=entry.event) for entry in correction.revised]


def _said(entry: Entry, now_ns: int, revises: str = "") -> CartChange:
    chosen = Hypothesis(entry.visit, entry.product, entry.count, entry.probability)
    return CartChange(t_ns=now_ns, source="stack", event=entry.event, chosen=chosen, revises=revises)


def struck(entry: Entry, nothing: float, now_ns: int) -> CartChange:
    """Say that an event moved no goods to anybody after all.

    Args:
        entry: what had been entered for it.
        nothing: probability that no goods changed hands.
        now_ns: bench time.
    """
    return CartChange(
        t_ns=now_ns,
        source="stack",
        event=entry.event,
        chosen=Hypothesis("", "", 0, nothing),
        alternatives=(Hypothesis(entry.visit, entry.product, entry.count, entry.probability),),
        revises=entry.event,
    )
