"""What everything costs in a store, from its layout."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from contracts.checkout import ReceiptLine
from contracts.codes.gtin import Gtin, normalised
from contracts.errors import BadCode
from contracts.layout import Layout, Product
from contracts.trade import Promotion, PromotionKind
from stack.money import promotions
from stack.money.basket import Goods, Item
from stack.money.price import Priced, price
from stack.money.tax import Tax

_Made = promotions.Promotion | promotions.Threshold


class Shop:
    """Prices, promotions and tax.

    Args:
        layout: the store.
    """

    def __init__(self, layout: Layout) -> None:
        self.currency = layout.currency
        self._product = layout.product
        self._catalogue = {product.id: Goods(product.price_minor, product.tax_class) for product in layout.products}
        self._by_gtin = {number: product for product in layout.products if (number := _number(product))}
        self._promotions = [made for promotion in layout.promotions for made in _MAKE[promotion.kind](promotion)]
        rates = {product.tax_class: 0 for product in layout.products}
        rates |= {rate.tax_class: rate.ppm for rate in layout.tax_rates}
        self._tax = Tax(rates, inclusive=layout.tax_included)

    def product(self, code: Gtin) -> Product | None:
        """Return the article of a bar code."""
        return self._by_gtin.get(code.gtin13)

    def price(self, items: Sequence[Item], *, member: bool) -> Priced:
        """Return what goods cost."""
        return price(tuple(items), self._catalogue, member, self._promotions, self._tax)

    def price_lines(self, lines: Sequence[ReceiptLine], *, member: bool) -> Priced:
        """Return what the lines of a receipt cost; goods that the catalogue does not have cost what the line says."""
        items = [Item(line.product, line.count, self._own_price(line)) for line in lines]
        return self.price(items, member=member)

    def _own_price(self, line: ReceiptLine) -> int | None:
        product = self._product.get(line.product)
        return line.unit_minor if product is None or product.price_minor != line.unit_minor else None


def _number(product: Product) -> str:
    """Return an article's GTIN with 13 digits; "" where a catalogue has a number that is none."""
    try:
        return normalised(product.gtin)
    except BadCode:
        return ""


def _percentage(p: Promotion) -> list[_Made]:
    made = promotions.Percentage(id=p.id, members=p.members, products=p.products, basis_points=p.basis_points)
    return [made]


def _n_for_m(p: Promotion) -> list[_Made]:
    return [promotions.ForThePriceOf(id=p.id, members=p.members, products=p.products, take=p.take, pay=p.pay)]


def _bundle(p: Promotion) -> list[_Made]:
    parts = tuple((product, p.products.count(product)) for product in dict.fromkeys(p.products))
    return [promotions.Bundle(id=p.id, members=p.members, parts=parts, price_minor=p.price_minor)]


def _threshold(p: Promotion) -> list[_Made]:
    return [promotions.Threshold(id=p.id, from_minor=p.from_minor, off_minor=p.off_minor, members=p.members)]


def _price(p: Promotion) -> list[_Made]:
    return [
        promotions.MemberPrice(id=p.id, members=p.members, product=product, unit_minor=p.price_minor)
        for product in p.products
    ]


_MAKE: Mapping[PromotionKind, Callable[[Promotion], list[_Made]]] = {
    PromotionKind.PERCENTAGE: _percentage,
    PromotionKind.N_FOR_M: _n_for_m,
    PromotionKind.BUNDLE: _bundle,
    PromotionKind.THRESHOLD: _threshold,
    PromotionKind.PRICE: _price,
    PromotionKind.MATCH: lambda _: [],  # not at the till: `stack.checkout.matching`
}
