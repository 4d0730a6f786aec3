"""What a store's goods cost beyond their price, and where that is paid."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from contracts.geometry import Pose

DOOR_OPEN = "The door is open."
"""A vending machine whose screen is told this lets its customer take what was paid for."""


class TillKind(StrEnum):
    """Who works a till."""

    STAFFED = "staffed"
    """A cashier scans the goods and takes the money."""
    SELF = "self"
    """The customer does."""
    VENDING = "vending"
    """A machine that lets goods out once they are paid."""
    PRINTED = "printed"
    """Nobody: a code on paper, at a stall, on a table, in a taxi."""


@dataclass(frozen=True, slots=True)
class TillInfo:
    """One place where people pay.

    Args:
        id: the `source` of its `TillEvent` records.
        pose: world; origin on the floor where the customer stands, x pointing at the till.
        kind: who works it.
        scanner: id of its code scanner, or "".
        palm_reader: id of its palm reader, or "".
        terminal: id of its card terminal, or "".
        screen: id of the screen that the customer sees, or "".
        printed: the code that is printed there for phones to scan, or "".
        bio_reader: id of its biometric reader that is not of palms, or "".
        bio_reads: what that reads, a value of `contracts.biometrics.Modality`.
    """

    id: str
    pose: Pose
    kind: TillKind = TillKind.STAFFED
    scanner: str = ""
    palm_reader: str = ""
    terminal: str = ""
    screen: str = ""
    printed: str = ""
    bio_reader: str = ""
    bio_reads: str = ""


class PromotionKind(StrEnum):
    """How a promotion works."""

    PERCENTAGE = "percentage"
    """A part of the price off."""
    N_FOR_M = "n_for_m"
    """Take some, pay for fewer."""
    BUNDLE = "bundle"
    """Different goods that cost less together."""
    THRESHOLD = "threshold"
    """Something off the whole basket from a sum on."""
    PRICE = "price"
    """Another price for a product, most often for members."""
    MATCH = "match"
    """A lower price that another shop has published: the difference is given back to whoever asks for it."""


@dataclass(frozen=True, slots=True)
class Promotion:
    """One promotion; which fields count hangs on its kind.

    Args:
        id: name on the receipt.
        kind: how it works.
        products: on which goods; one of each in a bundle; none = on all, where that makes sense.
        basis_points: a percentage, 10 % is 1000.
        take: how many are taken ...
        pay: ... for the price of how many.
        price_minor: of a bundle, or the other price.
        from_minor: the sum from which a threshold holds.
        off_minor: what is off then.
        members: whether it is for members alone.
    """

    id: str
    kind: PromotionKind
    products: tuple[str, ...] = ()
    basis_points: int = 0
    take: int = 0
    pay: int = 0
    price_minor: int = 0
    from_minor: int = 0
    off_minor: int = 0
    members: bool = False


@dataclass(frozen=True, slots=True)
class TaxRate:
    """The tax on one class of goods.

    Args:
        tax_class: of goods.
        ppm: parts per million; 19 % is 190 000.
    """

    tax_class: str
    ppm: int
