"""What truly happened in the twin. Recorded and judged against; a stack can neither import nor receive it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from contracts.geometry import Pose, Vec3
from contracts.record import Record
from contracts.records import Direction, Joint


@dataclass(frozen=True, slots=True)
class TruePerson:
    """One shopper's body.

    Args:
        shopper: name in the scenario.
        joints: "head" (top), "neck", shoulders, elbows, wrists, hands, hips, knees, ankles.
        heading: yaw of the body, radians.
    """

    shopper: str
    joints: tuple[Joint, ...]
    heading: float


@dataclass(frozen=True, slots=True)
class TrueItem:
    """One product item that is not where the planogram stocked it, or is moving."""

    item: str
    product: str
    pose: Pose


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class TruePoses(Record):
    """Everybody in the scene and every item that moved since the last record."""

    people: tuple[TruePerson, ...]
    items: tuple[TrueItem, ...] = ()


class MoveKind(StrEnum):
    """How an item changed hands or place."""

    TAKE = "take"
    PUT = "put"
    HAND = "hand"
    DROP = "drop"
    TOPPLE = "topple"


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class TrueMove(Record):
    """An item left or came to rest somewhere, with who did it.

    Args:
        kind: what happened.
        shopper: who acted.
        item: the item ("fiji-500#3").
        product: its product id.
        mass_g: its true mass.
        origin: shelf id, "floor", or the giver's name.
        target: shelf id, "floor", "" for the shopper's own hands, or the receiver's name.
        plates: plates whose load it changed.
    """

    kind: MoveKind
    shopper: str
    item: str
    product: str
    mass_g: float
    origin: str = ""
    target: str = ""
    plates: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class TruePassage(Record):
    """A shopper's body crossed a gate line.

    Args:
        paying: shopper whose account answers for this person; "" when nobody's does (tailgating).
    """

    shopper: str
    gate: str
    direction: Direction
    paying: str = ""


JAMMED = "stands in the way"
"""How the problem of a step ends that other shoppers kept somebody from, in a lane too: no fault of the product."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class TrueStep(Record):
    """A shopper began or ended a step of the script.

    Args:
        shopper: who.
        index: which step, from 0.
        text: the step as the scenario says it.
        done: False at the beginning, True at the end.
        problem: why the step could not be done, or "".
    """

    shopper: str
    index: int
    text: str
    done: bool
    problem: str = ""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class TrueFault(Record):
    """A fault began or ended; `applied` is False when the device cannot have it."""

    device: str
    fault: str
    began: bool
    applied: bool


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class TrueCast(Record):
    """Who plays: shopper names and the account each one shops on ("" for none)."""

    shoppers: tuple[str, ...]
    accounts: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class TruePayment(Record):
    """A shopper stood at a till and paid, or tried to.

    Args:
        shopper: who.
        till: where.
        means: how: "palm", "qr", "card", ...
        paid: whether the till said so.
        shown_ns: when the means was shown first.
        payer: whose phone, palm, card or wallet it was, where it was another shopper's.
    """

    shopper: str
    till: str
    means: str
    paid: bool
    shown_ns: int = 0
    payer: str = ""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class TruePalm(Record):
    """Something was held over a palm reader that looks at hands.

    Args:
        shopper: who held it there.
        reader: device id.
        owner: shopper whose palm that is, or is to be.
        shows: "hand", or what stood in for one.
        known: whether that palm is enrolled.
    """

    shopper: str
    reader: str
    owner: str
    shows: str
    known: bool


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class TrueBio(Record):
    """Something was presented to a biometric reader that is not of palms.

    Args:
        shopper: who presented it.
        reader: device id.
        owner: shopper whose face or finger that is, or is to be.
        shows: "self", or what stood in for it.
        known: whether its owner is enrolled; with a card, whether that is the owner's too.
    """

    shopper: str
    reader: str
    owner: str
    shows: str
    known: bool


TruthRecord = TruePoses | TrueMove | TruePassage | TrueStep | TrueFault | TrueCast | TruePayment | TruePalm | TrueBio

__all__ = [
    "JAMMED",
    "MoveKind",
    "TrueBio",
    "TrueCast",
    "TrueFault",
    "TrueItem",
    "TrueMove",
    "TruePalm",
    "TruePassage",
    "TruePayment",
    "TruePerson",
    "TruePoses",
    "TrueStep",
    "TruthRecord",
    "Vec3",
]
