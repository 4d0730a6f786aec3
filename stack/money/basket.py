"""What somebody buys: goods and counts, whatever the order in which they were taken."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from contracts.errors import UsageError


@dataclass(frozen=True, slots=True)
class Goods:
    """One product of the catalogue.

    Args:
        unit_minor: price of one, minor units, >= 0.
        tax_class: which rate it bears.
    """

    unit_minor: int
    tax_class: str = "standard"


Catalogue = Mapping[str, Goods]
"""Product id -> goods."""


@dataclass(frozen=True, slots=True)
class Item:
    """Some of one product.

    Args:
        product: product id.
        count: > 0.
        unit_minor: price of one where it stands in the bar code itself (weighed goods); None for the catalogue's.
    """

    product: str
    count: int
    unit_minor: int | None = None


Basket = tuple[Item, ...]


def basket(items: Iterable[Item]) -> Basket:
    """Return items with equal ones joined and in a fixed order, so that nothing can hang on the order of taking.

    Raises:
        UsageError: a count is not above 0.
    """
    counts: dict[tuple[str, int | None], int] = {}
    for item in items:
        if item.count <= 0:
            raise UsageError("goods that nobody took", where=item.product, expected="count > 0", found=str(item.count))
        key = (item.product, item.unit_minor)
        counts[key] = counts.get(key, 0) + item.count
    in_order = sorted(counts, key=lambda key: (key[0], -1 if key[1] is None else key[1]))
    return tuple(Item(product, counts[product, unit], unit) for product, unit in in_order)


def goods_of(item: Item, catalogue: Catalogue) -> Goods:
    """Return what the catalogue says of an item, at the item's own price where it has one.

    Raises:
        UsageError: the catalogue does not have it.
    """
    if item.product not in catalogue:
        near = difflib.get_close_matches(item.product, catalogue, 1)
        hint = f"did you mean {near[0]}?" if near else "look it up in the store's catalogue"
        raise UsageError("no such product", expected="a product of the catalogue", found=item.product, hint=hint)
    goods = catalogue[item.product]
    return goods if item.unit_minor is None else Goods(item.unit_minor, goods.tax_class)
