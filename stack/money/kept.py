"""What a restart must not forget of visits, palms and receipts: kept beside the books, for as long as it matters."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class OpenVisit:
    """Somebody who was let in, or has left, and whose receipt is not written yet.

    Args:
        id: the visit.
        account: whose, "" for nobody.
        party: the visit that the receipt is for.
        gate: where it was admitted.
        bill: the bill with its hold, "" for none.
        state: where it stands, a value of `contracts.records.VisitState`, which the provider can do without.
        since_ns: when it was admitted.
        left_ns: when it left, 0 before.
        goods: what it holds as far as is known: product -> count, as JSON.
        t_ns: when this was noted, bench time.
    """

    id: str
    account: str
    party: str
    gate: str
    bill: str
    state: str
    since_ns: int
    left_ns: int = 0
    goods: str = "{}"
    t_ns: int = 0


@dataclass(frozen=True, slots=True)
class Known:
    """What has changed about a palm, a face or a finger since the accounts were given.

    Args:
        key: trait and handle.
        trait: "palm", or the modality of another reader.
        handle: by which readers know it; it says nothing about anybody.
        account: whose it is, "" for nobody's any more.
        t_ns: when, bench time.
    """

    key: str
    trait: str
    handle: str
    account: str
    t_ns: int


@dataclass(frozen=True, slots=True)
class Bought:
    """A line of a receipt that cost more than another shop has published.

    Args:
        key: of the credit that it may give, once.
        account: who may claim it.
        product: of which article.
        more_minor: how much more it cost.
        t_ns: when it was bought, bench time.
    """

    key: str
    account: str
    product: str
    more_minor: int
    t_ns: int


@dataclass(frozen=True, slots=True)
class Paper:
    """A receipt of a store that charges nobody itself: no bill says anything of it, so all of it is kept.

    Args:
        visit: whose.
        body: the receipt, as JSON.
    """

    visit: str
    body: str
