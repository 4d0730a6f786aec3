"""What is said of one record."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from rig.page.model.places import Spot

Lane = Literal["truth", "stack", "doors", "money", "faults"]
Tone = Literal["", "good", "bad", "unsure"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """A mark's words.

    Args:
        lane: where it stands on the timeline.
        text: for people.
        who: a shopper's name, or the id of a visit.
        tone: "" for neither good nor bad.
        span: from when to when, nanoseconds, where it is no moment.
        places: names of plates, shelves or devices where it was.
        spot: x and y in centimetres, where it is known better.
    """

    lane: Lane
    text: str
    who: str = ""
    tone: Tone = ""
    span: tuple[int, int] | None = None
    places: tuple[str, ...] = ()
    spot: Spot = None
