"""Labels of weighed goods that say their own price: what a scale prints as an element string."""

from __future__ import annotations

from dataclasses import dataclass

from contracts.codes import gtin
from contracts.codes.gs1 import Gs1
from contracts.codes.gtin import Gtin
from stack.money.currency import exponent

_VARIABLE = "9"
"""First digit of a GTIN-14 of which each piece measures otherwise. Source: GS1 General Specifications, 2.1.7."""
_PRICE, _KG = "392", "310"


@dataclass(frozen=True, slots=True)
class Priced:
    """One piece at its own price.

    Args:
        article: the number of the article that it is one of.
        minor: what this piece costs, minor units.
        weight: for people, " 0.195 kg"; "" where the label does not say.
    """

    article: Gtin
    minor: int
    weight: str


def priced(label: Gs1, currency: str) -> Priced | None:
    """Return what a label of weighed goods says they cost; None where it says no price in this currency.

    A price with a currency of its own, (393n), is not read: it may be in another one.

    Args:
        label: as read.
        currency: of the store, ISO 4217.
    """
    number, price, weight = label.value("01"), label.find(_PRICE), label.find(_KG)
    if not number.startswith(_VARIABLE) or price is None or price.number is None:
        return None
    minor = price.number.scaleb(exponent(currency))
    if minor <= 0 or minor != minor.to_integral_value():
        return None
    kg = f" {weight.number} kg" if weight and weight.number is not None else ""
    return Priced(gtin.read(gtin.with_check_digit(number[1:13])), int(minor), kg)
