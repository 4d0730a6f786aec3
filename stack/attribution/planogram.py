"""What stands where, as far as the stack knows: the planogram as stocked, kept current by takes and put-backs.

A thing put down in the wrong place is remembered there, so whoever takes it next is charged for the right product.
Source: a planogram that follows put-backs gave the AutoCheckout winner 6.7 points of F1.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from contracts.layout import Layout, gondola_of, shelf_of

ON_PLATE = 1.0
"""Weight of a product that stands on the plate itself."""
SOLD_OUT = 0.05
"""... of one that has run out there by our count: the count may be wrong."""
NEXT_PLATE = 0.04
"""... of one on the next plate: a wide pack leans over, a planogram is followed within a hand's width."""
SAME_SHELF, SAME_GONDOLA = 0.002, 0.001
"""What does not stand there by our books was misplaced unseen, or the planogram is wrong. Where it was meant to stand
then says little: of two products that weigh the same, the one on the same shelf is not charged unseen."""
ANYWHERE = 0.0002
"""Goods that somebody moved unseen: together a few per cent in a store of 100 products
(source: eps = 0.03-0.07 for misplaced goods was used in the fusion trial)."""
GAP_M = 0.03
"""Plates closer than this are neighbours."""


@dataclass(slots=True)
class Spot:
    """Some items of one product standing in one place.

    Args:
        product: product id.
        plates: where; a facing may span several.
        count: how many, None when the installer gave no stock.
        home: whether the planogram put it there.
    """

    product: str
    plates: frozenset[str]
    count: int | None
    home: bool


class Planogram:
    """The live belief."""

    def __init__(self, layout: Layout) -> None:
        self._spots = [
            Spot(facing.product, frozenset(facing.plates), facing.stock or None, home=True)
            for facing in layout.planogram
        ]
        self._neighbours = _neighbours(layout)

    def on(self, plates: Iterable[str]) -> dict[str, int | None]:
        """Return the products believed to stand on any of the plates, with their counts there."""
        found: dict[str, int | None] = {}
        for spot in self._touching(plates):
            known = found.get(spot.product, 0)
            found[spot.product] = None if spot.count is None or known is None else known + spot.count
        return found

    def plates_of(self, product: str, near: Iterable[str]) -> frozenset[str]:
        """Return the plates on which this product stands, of its spots that touch `near`."""
        spots = [spot for spot in self._touching(near) if spot.product == product]
        return frozenset().union(*(spot.plates for spot in spots))

    def is_home(self, product: str, plates: Iterable[str]) -> bool:
        """Whether the planogram puts the product on any of the plates."""
        return any(spot.home and spot.product == product for spot in self._touching(plates))

    def priors(self, plates: Iterable[str]) -> dict[str, float]:
        """Return how much a take from these plates speaks for each product, 0..1, not normalised.

        Products that stand nowhere are left out: count them as `ANYWHERE`.
        """
        changed, found = frozenset(plates), dict[str, float]()
        for spot in self._spots:
            found[spot.product] = max(found.get(spot.product, ANYWHERE), self._weight(spot, changed))
        return found

    def take(self, product: str, count: int, plates: Iterable[str]) -> None:
        """Items have gone from these plates; goods that were put there by shoppers go first."""
        changed = frozenset(plates)
        mine = [spot for spot in self._spots if spot.product == product]
        for spot in sorted(mine, key=lambda spot: (-self._weight(spot, changed), spot.home)):
            if spot.count is None:
                return
            gone = min(count, spot.count)
            spot.count, count = spot.count - gone, count - gone
            if count == 0:
                break
        self._spots = [spot for spot in self._spots if spot.home or spot.count]

    def put(self, product: str, count: int, plates: Iterable[str]) -> None:
        """Items now stand on these plates, right or wrong."""
        changed = frozenset(plates)
        for spot in self._touching(changed):
            if spot.product == product:
                spot.count = None if spot.count is None else spot.count + count
                return
        self._spots.append(Spot(product, changed, count, home=False))

    def _touching(self, plates: Iterable[str]) -> list[Spot]:
        wanted = frozenset(plates)
        return [spot for spot in self._spots if spot.plates & wanted]

    def _weight(self, spot: Spot, changed: frozenset[str]) -> float:
        if spot.plates & changed:
            return SOLD_OUT if spot.count == 0 else ON_PLATE
        if any(self._neighbours.get(plate, frozenset()) & changed for plate in spot.plates):
            return NEXT_PLATE
        if {shelf_of(plate) for plate in spot.plates} & {shelf_of(plate) for plate in changed}:
            return SAME_SHELF
        if {gondola_of(plate) for plate in spot.plates} & {gondola_of(plate) for plate in changed}:
            return SAME_GONDOLA
        return ANYWHERE


def _neighbours(layout: Layout) -> Mapping[str, frozenset[str]]:
    """Return the plates beside each plate on its shelf."""
    beside: dict[str, frozenset[str]] = {}
    for shelf in layout.shelf.values():
        spans = []
        for plate in shelf.plates:
            x = float(shelf.pose.unapply(plate.pose.position)[0])
            spans.append((plate.id, x - plate.width_m / 2, x + plate.width_m / 2))
        for name, low, high in spans:
            beside[name] = frozenset(n for n, lo, hi in spans if n != name and lo - high < GAP_M and low - hi < GAP_M)
    return beside
