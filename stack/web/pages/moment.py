"""Moments as people read them."""

from __future__ import annotations

from datetime import UTC, datetime

from contracts.clock import SECOND
from stack.web.fill import Html, fill
from stack.web.words import Words


def moment(words: Words, t_ns: int, epoch_ns: int) -> Html:
    """Return a moment as a `time` element.

    Args:
        words: of the customer's language.
        t_ns: bench time.
        epoch_ns: Unix time of bench time 0; 0 where bench time is not the world's, and then it is told from the start.
    """
    if epoch_ns:
        at = datetime.fromtimestamp((epoch_ns + t_ns) // SECOND, UTC)
        return fill("receipts/time", words, machine=at.isoformat(), people=at.strftime("%Y-%m-%d %H:%M UTC"))
    minutes, seconds = divmod(t_ns // SECOND, 60)
    people = words.say("receipts.into", minutes=minutes, seconds=f"{seconds:02d}")
    return fill("receipts/time", words, machine=f"PT{minutes}M{seconds}S", people=people)
