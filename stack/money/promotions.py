"""Promotions: each looks at the goods that no other has used yet and says what it would save on which of them.

No unit of goods is in two promotions. A promotion never saves more than the goods cost that it uses.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from stack.money.currency import shares
from stack.money.rounding import Rounding, divide

Line = int
"""Index of a line of the priced basket."""
TEN_THOUSAND = 10_000


@dataclass(slots=True)
class Open:
    """Goods of one line that no promotion has used.

    Args:
        line: which line.
        product: product id.
        unit_minor: price of one.
        count: how many.
    """

    line: Line
    product: str
    unit_minor: int
    count: int


@dataclass(frozen=True, slots=True)
class Saving:
    """What one promotion would do.

    Args:
        used: line -> units used.
        off: line -> minor units off.
    """

    used: Mapping[Line, int]
    off: Mapping[Line, int]

    @property
    def minor(self) -> int:
        """All that is saved."""
        return sum(self.off.values())


@dataclass(frozen=True, slots=True, kw_only=True)
class Promotion:
    """What all promotions have.

    Args:
        id: name on the receipt.
        members: whether it is for members alone.
    """

    id: str
    members: bool = False

    def saves(self, goods: Iterable[Open]) -> Saving:
        """Return what it would save on goods that are still open."""
        raise NotImplementedError


@dataclass(frozen=True, slots=True, kw_only=True)
class MemberPrice(Promotion):
    """A lower price of one product for members."""

    product: str
    unit_minor: int
    members: bool = True

    def saves(self, goods: Iterable[Open]) -> Saving:
        """Return the difference to the usual price, where there is one."""
        mine = [g for g in goods if g.product == self.product and g.unit_minor > self.unit_minor >= 0]
        off = {g.line: (g.unit_minor - self.unit_minor) * g.count for g in mine}
        return Saving({g.line: g.count for g in mine}, off)


@dataclass(frozen=True, slots=True, kw_only=True)
class Percentage(Promotion):
    """A part of the price off: 10 % is 1000 basis points.

    Args:
        products: on which goods; none named = on all.
        basis_points: 0..10 000.
    """

    products: tuple[str, ...] = ()
    basis_points: int

    def saves(self, goods: Iterable[Open]) -> Saving:
        """Return the part of each line, half units up."""
        mine = [g for g in goods if not self.products or g.product in self.products]
        points = max(0, min(self.basis_points, TEN_THOUSAND))
        off = {g.line: divide(g.unit_minor * g.count * points, TEN_THOUSAND, Rounding.HALF_UP) for g in mine}
        return Saving({g.line: g.count for g in mine}, off)


@dataclass(frozen=True, slots=True, kw_only=True)
class ForThePriceOf(Promotion):
    """Take n, pay m: three for two. The dearest are grouped first, the cheapest of each group are free.

    Args:
        products: among which goods.
        take: n.
        pay: m < n.
    """

    products: tuple[str, ...]
    take: int
    pay: int

    def saves(self, goods: Iterable[Open]) -> Saving:
        """Return the free units of all full groups."""
        units = [g for g in goods if g.product in self.products for _ in range(g.count)]
        units.sort(key=lambda g: (-g.unit_minor, g.product))
        used: dict[Line, int] = {}
        off: dict[Line, int] = {}
        for i, unit in enumerate(units[: len(units) // self.take * self.take]):
            free = i % self.take >= self.pay
            used[unit.line] = used.get(unit.line, 0) + 1
            off[unit.line] = off.get(unit.line, 0) + (unit.unit_minor if free else 0)
        return Saving(used, off)


@dataclass(frozen=True, slots=True, kw_only=True)
class Bundle(Promotion):
    """Goods that cost less together: a sandwich and a drink.

    Args:
        parts: (product, how many) in one bundle.
        price_minor: of one bundle.
    """

    parts: tuple[tuple[str, int], ...]
    price_minor: int

    def saves(self, goods: Iterable[Open]) -> Saving:
        """Return the difference to the price of the parts, spread over them in proportion."""
        open_goods = sorted(goods, key=lambda g: (-g.unit_minor, g.line))
        have = {p: sum(g.count for g in open_goods if g.product == p) for p, _ in self.parts}
        sets = min(have[product] // need for product, need in self.parts)
        used: dict[Line, int] = {}
        cost: dict[Line, int] = {}
        for product, need in self.parts:
            missing = need * sets
            for g in (g for g in open_goods if g.product == product):
                taken = min(missing, g.count)
                missing -= taken
                used[g.line], cost[g.line] = taken, taken * g.unit_minor
        saved = max(0, sum(cost.values()) - max(0, self.price_minor) * sets)
        return Saving(used, dict(zip(cost, shares(saved, list(cost.values())), strict=True)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Threshold:
    """Something off the whole basket from a sum on, after all other promotions. Of several the best one counts.

    Args:
        id: name on the receipt.
        from_minor: the sum from which it holds, > 0.
        off_minor: what is off.
        members: whether it is for members alone.
    """

    id: str
    from_minor: int
    off_minor: int
    members: bool = False

    def minor(self, sum_minor: int) -> int:
        """Return what is off a sum; never more than the sum."""
        return min(self.off_minor, sum_minor) if sum_minor >= self.from_minor else 0
