"""A scenario: who comes into which store, what they do, what breaks, and what must come of it."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field

from contracts.clock import SECOND
from contracts.layout import Account
from contracts.palms import PalmsSeen
from contracts.steps import Bodies, FaultPlan, ShopperPlan
from rig.scenario.altered import AS_FILED, Altered
from rig.scenario.crowd import Crowd

DEFAULT_LIMIT_NS = 180 * SECOND


@dataclass(frozen=True, slots=True, kw_only=True)
class Expect:
    """What must come of a run, beyond or instead of "the receipts equal the truth".

    Args:
        receipts: by shopper, product id to count; a shopper who is not named must get what the truth says.
        review: shoppers whose receipt must be held for review.
        charges: by shopper, minor units that must be taken in all; a shopper who is not named is not checked.
        entered: the shoppers who must get in, and nobody else; None when it is not checked.
        balances: by shopper, stored value at the end, minor units; a shopper who is not named is not checked.
        refused: shoppers whose payment must be turned down, at least once.
        recognised: the shoppers whom palm readers that look at hands must know, and nobody else; None unchecked.
    """

    receipts: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    review: tuple[str, ...] = ()
    charges: Mapping[str, int] = field(default_factory=dict)
    entered: tuple[str, ...] | None = None
    balances: Mapping[str, int] = field(default_factory=dict)
    refused: tuple[str, ...] = ()
    recognised: tuple[str, ...] | None = None

    @property
    def silent(self) -> bool:
        """Whether nothing is said, so that the truth alone decides."""
        return self == Expect()


@dataclass(frozen=True, slots=True, kw_only=True)
class Scenario:
    """One run as data: it can be printed and checked without a store.

    Args:
        name: unique in its suite: the file's stem, with "[seed=7-...]" where `vary` made it.
        about: one sentence: what it shows.
        store: name or path of the store file.
        seed: the root of all random streams.
        shoppers: in the order of the file; once the crowd is drawn, it is among them.
        accounts: customer accounts that the stack is told of, sorted by id.
        faults: what breaks, when.
        expect: what must come of it.
        xfail: why it is expected to fail; "" when it must pass.
        limit_ns: bench time after which the run is stopped.
        crowd: shoppers who are drawn when the store is known; None for scripted ones only.
        bodies: what cameras see of shoppers: skin and clothes, or the rigid parts that goods feel.
        palms: what palm readers are shown: handles, or hands, which they recognise by themselves.
        altered: how the store differs from its file.
        currency: ISO 4217, of the amounts; "" for any with cents.
    """

    name: str
    about: str
    store: str
    seed: int
    shoppers: tuple[ShopperPlan, ...]
    accounts: tuple[Account, ...] = ()
    faults: tuple[FaultPlan, ...] = ()
    expect: Expect = field(default_factory=Expect)
    xfail: str = ""
    limit_ns: int = DEFAULT_LIMIT_NS
    crowd: Crowd | None = None
    bodies: Bodies = "rigid"
    palms: PalmsSeen = "handles"
    altered: Altered = AS_FILED
    currency: str = ""

    @property
    def digest(self) -> str:
        """Return the SHA-256, hex, of all that shapes the run; the same script gives the same digest anywhere."""
        return hashlib.sha256(repr(self).encode()).hexdigest()
