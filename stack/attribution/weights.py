"""How probably some goods explain a change of load, plate by plate."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence

from contracts.layout import Layout, Product
from stack.parts import LoadChange

CELL_G = 2.3
"""Error of a plate beyond its noise: the limit for a 20 kg C3 cell up to 3.3 kg (OIML R 60-1:2021)."""
PACK = 0.008
"""Pack tolerance where the catalogue gives none, as a part of the mass (source: assumed in the fusion trial)."""
BATCH = 0.5
"""How much of the spread of packs is common to those that stand together: they were filled in one go. Assumed."""
WHOLE = 0.5
"""How often goods that changed several plates each stood on one of them, and did not span two."""
SPILL_G = 12.0
"""Load that a pick leaves on plates beside it: 6 and 12 g were seen on a real shelf."""

Goods = tuple[str, int, frozenset[str]]
"""Product, count into the cart, plates that it stood on or stands on now."""


class PlateModel:
    """The weighing shelf as a probability."""

    def __init__(self, layout: Layout) -> None:
        self._product = layout.product

    def sigma_g(self, change: LoadChange, plates: int) -> float:
        """Return the error of the summed change of some of a change's plates, grams."""
        noise = change.sigma_g**2 / len(change.plates)
        return math.sqrt(plates * (noise + CELL_G**2))

    def plausible(self, change: LoadChange, plates: frozenset[str]) -> Callable[[Product, int], range]:
        """Return a function: which counts of a product, up to a most, come near the whole fall of these plates."""
        pairs = zip(change.plates, change.deltas_g, strict=True)
        fallen = -sum(delta for plate, delta in pairs if plate in plates)

        def counts(product: Product, most: int) -> range:
            near = round(fallen / max(product.mass_g, 1.0))
            return range(max(1, near), min(most, near + 1) + 1) if near >= 0 else range(0)

        return counts

    def log_likelihood(self, change: LoadChange, goods: Sequence[Goods]) -> float:
        """Return log p(changes of all plates | these goods moved), per gram and plate.

        Plates that share goods are summed, for how a pack's weight divides between two plates is anybody's guess;
        plates without goods should have stayed as they were.
        """
        delta = dict(zip(change.plates, change.deltas_g, strict=True))
        total, idle = 0.0, set(change.plates)
        for members, plates in _groups(_merged(goods)):
            mass = -sum(count * self._product[product].mass_g for product, count in members)
            pack = math.hypot(*(self._packs_g(product, count) for product, count in members))
            sigma = math.hypot(self.sigma_g(change, len(plates)), pack)
            total += _log_normal(sum(delta[plate] for plate in plates) - mass, sigma)
            total += math.log(self._divided(change, members, [delta[plate] for plate in sorted(plates)], mass))
            idle -= plates
        spill = math.hypot(SPILL_G, self.sigma_g(change, 1))
        return total + sum(_log_normal(delta[plate], spill) for plate in sorted(idle))

    def _divided(
        self, change: LoadChange, members: Sequence[tuple[str, int]], deltas_g: Sequence[float], mass_g: float
    ) -> float:
        """Return the density of how a known sum divides between plates, per gram and plate but one.

        Each pack stood on one plate, then the plates changed by whole packs; or packs spanned plates, then any way of
        dividing is as good as another.
        """
        others = len(deltas_g) - 1
        spanned = (1.0 / max(abs(mass_g), 10.0)) ** others
        if not others or len(members) > 1:
            return spanned
        (product, count) = members[0]
        whole = 1.0
        for delta_g in deltas_g[:-1]:
            packs = round(abs(delta_g) / self._product[product].mass_g)
            off_g = abs(delta_g) - packs * self._product[product].mass_g
            sigma = math.hypot(self.sigma_g(change, 1), self._packs_g(product, packs))
            whole *= math.exp(_log_normal(off_g, sigma)) / (abs(count) + 1)
        return WHOLE * whole + (1.0 - WHOLE) * spanned

    def _packs_g(self, product: str, count: int) -> float:
        """Return the standard deviation of the mass of some packs of one product, grams."""
        article, n = self._product[product], abs(count)
        return (article.mass_sd_g or PACK * article.mass_g) * math.sqrt(n * (1.0 - BATCH) + n * n * BATCH)


def _merged(goods: Sequence[Goods]) -> list[Goods]:
    """Join what is moved of one product, in one direction and place: whoever's hands it was in, it weighs the same."""
    sums: dict[tuple[str, bool, frozenset[str]], int] = {}
    for product, count, plates in goods:
        key = (product, count > 0, plates)
        sums[key] = sums.get(key, 0) + count
    return [(product, count, plates) for (product, _, plates), count in sums.items()]


def _groups(goods: Sequence[Goods]) -> list[tuple[list[tuple[str, int]], frozenset[str]]]:
    """Join goods that stand on common plates."""
    groups: list[tuple[list[tuple[str, int]], frozenset[str]]] = []
    for product, count, plates in goods:
        joined = [group for group in groups if group[1] & plates]
        groups = [group for group in groups if not group[1] & plates]
        members = [member for group in joined for member in group[0]]
        groups.append(([*members, (product, count)], plates.union(*(group[1] for group in joined))))
    return groups


def _log_normal(x: float, sigma: float) -> float:
    return -((x / sigma) ** 2) / 2 - math.log(sigma * math.sqrt(2 * math.pi))
