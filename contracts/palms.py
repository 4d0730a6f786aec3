"""What is held over palm readers that look at hands, and what such a reader makes of it. No picture is in any of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from contracts.biometrics import Trait

PalmsSeen = Literal["handles", "images"]
"""How palm readers know somebody: a palm is a handle, or a hand is drawn and the reader's matcher looks at it."""
Shows = Literal["hand", "print", "screen", "glove", "latex", "replay"]
"""A living hand, or what stands in for one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldHand:
    """How somebody shows a palm to readers that look at it.

    Args:
        shows: a hand, or what is held there instead of one.
        of: shopper whose palm that is to be; "" for one's own.
        plasters: how many stick on the palm.
        ring: whether a finger has one.
        careless: held askew, tilted and far from the middle.
    """

    shows: Shows = "hand"
    of: str = ""
    plasters: int = 0
    ring: bool = False
    careless: bool = False


USUAL_HAND = HeldHand()


@dataclass(frozen=True, slots=True, kw_only=True)
class PalmAnswer:
    """What a reader's matcher says of one picture.

    Args:
        handle: of whom it recognised, "" for nobody.
        quality: 0..1.
        why: what kept it from recognising anybody, for the person there; "" where it did.
    """

    handle: str = ""
    quality: float = 0.0
    why: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Enrol:
    """Agree in the app to being known by the palm, the face or a finger, and show it to a reader until it is.

    Args:
        by: which part of the body.
        at: gate or till id with such a reader; "" for the store's first gate from outside, its first till inside.
    """

    by: Literal["palm"] | Trait
    at: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Forget:
    """Take that back in the app."""

    by: Literal["palm"] | Trait
