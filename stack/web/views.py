"""What the pages show: plain data, so that a page can be made of it without a store."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class AccountView:
    """An account.

    Args:
        id: opaque.
        loyalty: membership tier, "" for none.
        balance_minor: stored value, minor units.
        currency: ISO 4217.
        has_card: whether there is a card on file.
    """

    id: str
    loyalty: str
    balance_minor: int
    currency: str
    has_card: bool


@dataclass(frozen=True, slots=True)
class CodeView:
    """The rotating code of a moment.

    Args:
        code: 24 digits.
        places: how many people it admits.
        left_ns: until the next one.
        lasts_ns: how long each is shown.
    """

    code: str
    places: int
    left_ns: int
    lasts_ns: int


@dataclass(frozen=True, slots=True)
class LineView:
    """One line of goods.

    Args:
        name: of the product, for people.
        count: how many.
        unit_minor: price of one, minor units.
    """

    name: str
    count: int
    unit_minor: int


@dataclass(frozen=True, slots=True)
class PartView:
    """A part of a total that has a name: a discount, the tax on one class of goods."""

    name: str
    minor: int


@dataclass(frozen=True, slots=True)
class BasketView:
    """What the visits of an account hold now, at what they would cost now.

    Args:
        inside: how many people are in the store on this account; 0 when nobody is.
        lines: goods.
        discounts: by promotion.
        total_minor: to be paid.
        currency: ISO 4217.
    """

    inside: int
    lines: tuple[LineView, ...]
    discounts: tuple[PartView, ...]
    total_minor: int
    currency: str


@dataclass(frozen=True, slots=True)
class ReceiptView:
    """A receipt.

    Args:
        id: of the visit or sale.
        at_ns: when it was written, bench time.
        till: where it was paid, "" for who walked out.
        lines: goods.
        agreed_minor: an amount that was agreed on without goods.
        discounts: by promotion, or one part without a name.
        taxes: by class of goods, or one part without a name.
        tax_included: whether prices have the tax in them.
        total_minor: what is owed.
        balance_minor: how much of it stored value paid.
        currency: ISO 4217.
        held: why a person looks at it before it is charged, "" when nobody must.
    """

    id: str
    at_ns: int
    till: str
    lines: tuple[LineView, ...]
    agreed_minor: int
    discounts: tuple[PartView, ...]
    taxes: tuple[PartView, ...]
    tax_included: bool
    total_minor: int
    balance_minor: int
    currency: str
    held: str


class TopUpState(StrEnum):
    """Where the last top-up from the card stands."""

    NONE = "none"
    ASKED = "asked"
    ADDED = "added"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class PurseView:
    """Stored value, and the ways to add to it.

    Args:
        balance_minor: stored value, minor units.
        currency: ISO 4217.
        code: 20 digits of the bar code for cash, "" for none.
        least_minor: the smallest deposit ...
        most_minor: ... and the largest.
        by_card: whether a card on file can be charged.
        state: of the last top-up from the card.
        reason: why it was refused, in the stack's words.
    """

    balance_minor: int
    currency: str
    code: str
    least_minor: int
    most_minor: int
    by_card: bool
    state: TopUpState = TopUpState.NONE
    reason: str = ""


@dataclass(frozen=True, slots=True)
class PriceView:
    """What an article costs.

    Args:
        name: of the product.
        gtin: its number, as asked.
        usual_minor: what it costs everybody.
        member_minor: what it costs members; the same when there is no member price.
        member: whether the one who asks is a member.
        currency: ISO 4217.
    """

    name: str
    gtin: str
    usual_minor: int
    member_minor: int
    member: bool
    currency: str


class PalmState(StrEnum):
    """How far it has come with somebody's palm."""

    NONE = "none"
    """No consent."""
    AGREED = "agreed"
    """A palm reader may enrol, as soon as its owner says at which they stand."""
    ASKED = "asked"
    """A reader waits for the palm."""
    ENROLLED = "enrolled"


@dataclass(frozen=True, slots=True)
class PalmView:
    """Whether somebody may be known by the palm.

    Args:
        state: how far it has come.
        wording: which consent was agreed to, "" for none on file.
        since_ns: when, bench time; -1 when it is not known.
        readers: the store's palm readers.
        at: the reader that was asked to enrol.
        said: why it did not, in the stack's words.
    """

    state: PalmState
    wording: str = ""
    since_ns: int = -1
    readers: tuple[str, ...] = ()
    at: str = ""
    said: str = ""
