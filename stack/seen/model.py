"""How probably some goods explain what cameras saw come or go: by its width and height, and by how deep the hole is."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence

from contracts.layout import Layout, Product, shelf_of
from stack.seen.change import SeenChange

Goods = tuple[str, int, frozenset[str]]
"""Product, count into the cart, slots."""

WIDTH_M, HEIGHT_M = 0.012, 0.02
"""Errors of what is seen: a pixel covers 2 cm at 2.5 m, and the tops of bags are thin. Source: reaches in the twin."""
GAP_M, GAP_SD_M = 0.015, 0.015
"""Goods side by side stand so far apart, give or take."""
HIDDEN = 0.06
"""How often boards or goods in front hide part of what comes or goes, so that it looks smaller than it is."""
TURNED = 0.15
"""How often goods do not stand with their front to the front: what is put back, what is not a box."""
BEHIND = 0.2
"""How often several of one product leave from behind one another, not side by side; then the hole is deeper."""
WIDEST_M, TALLEST_M = 0.6, 0.5
"""Unknown things are of any size up to this."""
NOTHING = 0.01
"""How often a lasting change of what is seen is no product of the catalogue: goods pushed aside, a bag, a sign."""
ASIDE_M = 0.025
"""How far from its facing the middle of something is seen that stood in it; more when it is seen aslant."""
MOVED = 0.02
"""How often goods have moved out of their facing along the board."""
NUDGED = 0.15
"""... and of what colour shows, which does not tell goods that were nudged from goods that went."""
UNLIKELY, NEVER = 1e-6, -500.0
SLANTED = 0.35
"""What is seen aslant looks larger by its depth; goods behind it that look alike hide so much of that, give or take."""


class SeenModel:
    """A camera's view of a board as a probability; the sibling of `stack.attribution.weights.PlateModel`.

    Args:
        layout: for the sizes of the products.
    """

    def __init__(self, layout: Layout) -> None:
        self._product = layout.product
        self._facings = {(facing.shelf, facing.product): facing for facing in layout.planogram}

    def plausible(self, change: SeenChange, _: frozenset[str]) -> Callable[[Product, int], range]:
        """Return a function: which counts of a product, up to a most, come near the width of what is seen."""

        def counts(product: Product, most: int) -> range:
            near = round(change.width_m / max(product.size_m[0] + GAP_M, 0.01))
            return range(max(1, near), min(most, max(1, near)) + 1)

        return counts

    def log_likelihood(self, change: SeenChange, goods: Sequence[Goods]) -> float:
        """Return log p(width and height of what is seen | these goods came or went), per square metre."""
        way = math.prod(self._way(change, product, count) for product, count, _ in goods)
        if way < UNLIKELY:
            return NEVER
        units = [self._product[product].size_m for product, count, _ in goods for _ in range(abs(count))]
        if not all(size[0] > 0 for size in units):
            return self.log_nothing(change) - math.log(NOTHING)
        top = max(size[2] + change.slant[1] * size[1] for size in units)
        beside = self._beside(change, [size[0] for size in units], units[0][1])
        turned = self._turned(change, units)
        behind = self._behind(change, units)
        share = BEHIND if behind > 0 and len(units) > 1 else 0.0
        whole = (1 - share) * ((1 - TURNED) * beside + TURNED * turned) + share * behind
        tall = _normal(change.top_m - top, math.hypot(HEIGHT_M, SLANTED * change.slant[1] * units[0][1]))
        seen = (1 - HIDDEN) * whole * tall + HIDDEN * _part(change, units, top)
        return math.log(max(way * seen, 1e-200))

    def log_nothing(self, change: SeenChange) -> float:
        """Return log p(what is seen | no goods came or went), per square metre, with how rare that is."""
        rare = NOTHING if change.slant == (0.0, 0.0) else NUDGED
        smaller = 1.0 / max(change.width_m, 0.02) / max(change.top_m, 0.02)
        fits = change.width_m < WIDEST_M and change.top_m < TALLEST_M
        speck = math.exp(-change.pixels / 3.0) * smaller
        return math.log(rare * (1.0 / (WIDEST_M * TALLEST_M) if fits else 1e-3) + speck)

    def _way(self, change: SeenChange, product: str, count: int) -> float:
        """Return how probably it went this way; goods go from where the planogram has them, if it has them there."""
        if count < 0:
            return change.came
        facing = self._facings.get((shelf_of(change.plates[0]), product))
        if facing is None:
            return 1.0 - change.came
        middle = (change.low_m + change.high_m) / 2
        off = max(0.0, abs(middle - facing.x_m) - facing.width_m / 2)
        sigma = ASIDE_M * (1 + change.slant[0])
        return (1.0 - change.came) * max(math.exp(-((off / sigma) ** 2) / 2), MOVED)

    def _beside(self, change: SeenChange, widths: Sequence[float], deep: float) -> float:
        gaps, slanted = len(widths) - 1, change.slant[0] * deep
        sigma = math.hypot(WIDTH_M, gaps * GAP_SD_M, SLANTED * slanted)
        return _normal(change.width_m - sum(widths) - gaps * GAP_M - slanted, sigma)

    def _turned(self, change: SeenChange, units: Sequence[tuple[float, float, float]]) -> float:
        """Return the density of the width when each unit may be turned any way round."""
        low = sum(min(size[:2]) for size in units)
        high = sum(math.hypot(*size[:2]) for size in units) + (len(units) - 1) * GAP_M
        outside = max(0.0, low - change.width_m, change.width_m - high)
        return math.exp(-((outside / WIDTH_M) ** 2) / 2) / (high - low + 2.5 * WIDTH_M)

    def _behind(self, change: SeenChange, units: Sequence[tuple[float, float, float]]) -> float:
        """Return the density of the width of units that stood behind one another."""
        deep = sum(size[1] for size in units[:-1])
        if change.deeper_m < deep + units[-1][1] / 2:
            return 0.0
        return _normal(change.width_m - max(size[0] for size in units), WIDTH_M)


def _part(change: SeenChange, units: Sequence[tuple[float, float, float]], top: float) -> float:
    """Return the density of what is seen when any part of the goods may be hidden."""
    width = sum(size[0] for size in units) + len(units) * WIDTH_M
    high = top + HEIGHT_M
    return 1.0 / (width * high) if change.width_m < width and change.top_m < high else 0.0


def _normal(x: float, sigma: float) -> float:
    return math.exp(-((x / sigma) ** 2) / 2) / (sigma * math.sqrt(2 * math.pi))
