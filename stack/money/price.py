"""From a basket to what is owed. Pure: the same basket costs the same, in whatever order it was filled.

Promotions compete: the one that saves most is applied to the goods that are still open, then the next, until none
saves anything; ties go by name. Then the best threshold. A member may also buy as everybody does: where member prices
bring a basket under a threshold and so make it dearer, the cheaper of the two ways counts.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from stack.money.basket import Basket, Catalogue, basket, goods_of
from stack.money.currency import shares
from stack.money.promotions import Open, Promotion, Saving, Threshold
from stack.money.tax import Tax, TaxLine, tax_lines


@dataclass(frozen=True, slots=True)
class PricedLine:
    """One line of a receipt.

    Args:
        product: product id.
        count: how many.
        unit_minor: price of one before discounts.
        discount_minor: off the line, >= 0.
        tax_class: which rate it bears.
    """

    product: str
    count: int
    unit_minor: int
    discount_minor: int
    tax_class: str

    @property
    def minor(self) -> int:
        """What the line costs after discounts, as priced."""
        return self.count * self.unit_minor - self.discount_minor


@dataclass(frozen=True, slots=True)
class Discount:
    """What one promotion saved, minor units."""

    promotion: str
    minor: int


@dataclass(frozen=True, slots=True)
class Priced:
    """A basket with all that belongs on a receipt.

    Args:
        lines: by product.
        discounts: in the order in which they were applied.
        tax: by class of goods.
        tax_minor: all tax.
        total_minor: what is owed, tax included.
    """

    lines: tuple[PricedLine, ...]
    discounts: tuple[Discount, ...]
    tax: tuple[TaxLine, ...]
    tax_minor: int
    total_minor: int

    @property
    def discount_minor(self) -> int:
        """All discounts."""
        return sum(discount.minor for discount in self.discounts)


def price(
    items: Basket, catalogue: Catalogue, member: bool, promotions: Sequence[Promotion | Threshold], tax: Tax
) -> Priced:
    """Return what a basket costs.

    Args:
        items: what was bought, in any order.
        catalogue: prices and tax classes.
        member: whether the customer is one.
        promotions: all of the store, in any order.
        tax: the store's.
    """
    usual = _price(items, catalogue, [p for p in promotions if not p.members], tax)
    if not member:
        return usual
    as_member = _price(items, catalogue, promotions, tax)
    return as_member if as_member.total_minor <= usual.total_minor else usual


def _price(items: Basket, catalogue: Catalogue, promotions: Sequence[Promotion | Threshold], tax: Tax) -> Priced:
    items = basket(items)
    goods = [goods_of(item, catalogue) for item in items]
    rows = [Open(i, item.product, goods[i].unit_minor, item.count) for i, item in enumerate(items)]
    full = [row.count * row.unit_minor for row in rows]
    off, discounts = _apply([p for p in promotions if isinstance(p, Promotion)], rows)
    net = [full[i] - off[i] for i in range(len(items))]
    best = _best([p for p in promotions if isinstance(p, Threshold)], sum(net))
    if best.minor:
        discounts.append(best)
        off = [taken + share for taken, share in zip(off, shares(best.minor, net), strict=True)]
    lines = tuple(
        PricedLine(item.product, item.count, goods[i].unit_minor, off[i], goods[i].tax_class)
        for i, item in enumerate(items)
    )
    taxes = tax_lines([(line.tax_class, line.minor) for line in lines], tax)
    tax_minor = sum(line.tax_minor for line in taxes)
    total = sum(line.minor for line in lines) + (0 if tax.inclusive else tax_minor)
    return Priced(lines, tuple(discounts), taxes, tax_minor, total)


def _apply(promotions: Sequence[Promotion], rows: list[Open]) -> tuple[list[int], list[Discount]]:
    """Apply promotions, the best first; return what is off each line, and the discounts."""
    off = [0] * len(rows)
    discounts: list[Discount] = []
    waiting = sorted(promotions, key=lambda p: p.id)
    while waiting:
        savings: list[tuple[Promotion, Saving]] = [(p, p.saves(rows)) for p in waiting]
        chosen, saving = max(savings, key=lambda pair: pair[1].minor)
        if saving.minor <= 0:
            break
        waiting.remove(chosen)
        discounts.append(Discount(chosen.id, saving.minor))
        for row in rows:
            row.count -= saving.used.get(row.line, 0)
            off[row.line] += saving.off.get(row.line, 0)
    return off, discounts


def _best(thresholds: Sequence[Threshold], sum_minor: int) -> Discount:
    offers = sorted((-t.minor(sum_minor), t.id) for t in thresholds)
    return Discount(offers[0][1], -offers[0][0]) if offers else Discount("", 0)
