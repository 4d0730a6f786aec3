"""Baskets and receipts with names and parts, as pages show them."""

from __future__ import annotations

from contracts.checkout import Receipt, ReceiptStatus
from contracts.codes import gtin
from contracts.layout import Account, Layout
from stack.checkout.shop import Shop
from stack.money.basket import Item
from stack.web.views import BasketView, LineView, PartView, PriceView, ReceiptView


class Priced:
    """What a store's goods cost its customers.

    Args:
        layout: the store.
    """

    def __init__(self, layout: Layout) -> None:
        self._layout, self._shop = layout, Shop(layout)

    def basket(self, items: tuple[Item, ...], inside: int, *, member: bool) -> BasketView:
        """Return a basket at what it would cost now."""
        priced = self._shop.price(items, member=member)
        return BasketView(
            inside=inside,
            lines=tuple(LineView(self._name(line.product), line.count, line.unit_minor) for line in priced.lines),
            discounts=tuple(PartView(discount.promotion, discount.minor) for discount in priced.discounts),
            total_minor=priced.total_minor,
            currency=self._layout.currency,
        )

    def receipt(self, receipt: Receipt, *, member: bool) -> ReceiptView:
        """Return a receipt; its parts by name where the store's own rules come to the same sums."""
        discounts, taxes = self._parts(receipt, member)
        return ReceiptView(
            id=receipt.visit,
            at_ns=receipt.t_ns,
            till=receipt.till,
            lines=tuple(LineView(self._name(line.product), line.count, line.unit_minor) for line in receipt.lines),
            agreed_minor=receipt.agreed_minor,
            discounts=discounts,
            taxes=taxes,
            tax_included=self._layout.tax_included,
            total_minor=receipt.total_minor,
            balance_minor=receipt.balance_minor,
            currency=receipt.currency,
            held=receipt.reason if receipt.status is ReceiptStatus.REVIEW else "",
        )

    def price(self, number: str, *, member: bool) -> PriceView | None:
        """Return what an article costs, None when it is not sold here.

        Raises:
            BadCode: the number is no GTIN.
        """
        product = self._shop.product(gtin.read(number))
        if product is None:
            return None
        usual, theirs = (self._shop.price([Item(product.id, 1)], member=one).total_minor for one in (False, True))
        return PriceView(product.name, number, usual, theirs, member, self._layout.currency)

    def _parts(self, receipt: Receipt, member: bool) -> tuple[tuple[PartView, ...], tuple[PartView, ...]]:
        again = self._shop.price_lines(receipt.lines, member=member)
        if (again.discount_minor, again.tax_minor) == (receipt.discount_minor, receipt.tax_minor):
            discounts = tuple(PartView(one.promotion, one.minor) for one in again.discounts)
            return discounts, tuple(PartView(one.tax_class, one.tax_minor) for one in again.tax if one.tax_minor)
        return _whole(receipt.discount_minor), _whole(receipt.tax_minor)

    def _name(self, product: str) -> str:
        known = self._layout.product.get(product)
        return known.name if known else product


def is_member(account: Account) -> bool:
    """Whether an account has member prices."""
    return bool(account.loyalty)


def _whole(minor: int) -> tuple[PartView, ...]:
    return (PartView("", minor),) if minor else ()
