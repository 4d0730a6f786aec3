"""A scenario in outline: few small numbers that any store can read, so that it can be drawn, cut short and made plain.

Every number counts from the plainest on, so that making numbers smaller makes the scenario plainer, and what leads
nowhere in a store begins again from the first: any outline is a valid scenario, whatever is left out of it.
"""

from __future__ import annotations

from dataclasses import dataclass

VERBS = ("take", "put back", "inspect", "touch", "drop", "hand", "look", "wait")
"""What can be done, the plainest first."""
NEED_GOODS = ("put back", "drop", "hand")
"""What needs something in the hand; without, it is a take."""
NAMES = ("ana", "ben", "cleo", "dan", "eve", "finn")
"""Of shoppers, in order."""
MOST_PICK, MOST_HOW, MOST_ARRIVES_S, MOST_SEED = 99, 5, 9, 999
"""The largest numbers that are drawn."""


@dataclass(frozen=True, slots=True)
class Deed:
    """One step of one shopper.

    Args:
        who: which shopper.
        verb: of `VERBS`.
        pick: which of the store's facings, or which of the goods that the shopper has.
        how: 0 is the plainest: one item, back to where it came from; what else there is depends on the verb.
    """

    who: int = 0
    verb: str = VERBS[0]
    pick: int = 0
    how: int = 0


@dataclass(frozen=True, slots=True)
class Visitor:
    """One shopper but for what they do.

    Args:
        arrives_s: seconds into the run.
        by: which of the gate's means is shown.
    """

    arrives_s: int = 0
    by: int = 0


@dataclass(frozen=True, slots=True)
class Plot:
    """An outline.

    Args:
        visitors: at least one.
        deeds: in the order in which goods change hands; those of different shoppers go on side by side.
        seed: of the run.
    """

    visitors: tuple[Visitor, ...] = (Visitor(),)
    deeds: tuple[Deed, ...] = ()
    seed: int = 0
