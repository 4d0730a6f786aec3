"""Sales tax and value-added tax: a rate for each class of goods, in the price or on top of it.

The rounding is stated, since offices differ: by line, each line's tax is rounded and the taxes are added; by total,
the lines of one class are added first and the tax of the sum is rounded once.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from contracts.errors import UsageError
from stack.money.rounding import Rounding, divide

MILLION = 1_000_000


class RoundedBy(StrEnum):
    """What is rounded."""

    LINE = "line"
    TOTAL = "total"


@dataclass(frozen=True, slots=True)
class Tax:
    """The tax of a store.

    Args:
        rates: tax class -> parts per million (New York City's 8.875 % is 88 750).
        inclusive: whether prices have the tax in them.
        rounded_by: line or total.
        rounding: what becomes of halves.
    """

    rates: Mapping[str, int] = field(default_factory=dict)
    inclusive: bool = False
    rounded_by: RoundedBy = RoundedBy.TOTAL
    rounding: Rounding = Rounding.HALF_UP

    def of(self, amount_minor: int, tax_class: str) -> int:
        """Return the tax of one amount, minor units.

        Raises:
            UsageError: the class has no rate.
        """
        if tax_class not in self.rates:
            raise UsageError("a class of goods without a tax rate", expected=", ".join(self.rates), found=tax_class)
        rate = self.rates[tax_class]
        return divide(amount_minor * rate, MILLION + rate if self.inclusive else MILLION, self.rounding)


UNTAXED = Tax({"standard": 0})


@dataclass(frozen=True, slots=True)
class TaxLine:
    """The tax of one class of goods.

    Args:
        tax_class: which.
        base_minor: what its goods cost after discounts, as priced.
        tax_minor: the tax.
    """

    tax_class: str
    base_minor: int
    tax_minor: int


def tax_lines(amounts: Sequence[tuple[str, int]], tax: Tax) -> tuple[TaxLine, ...]:
    """Return the tax by class.

    Args:
        amounts: (tax class, minor units after discounts) for each line.
        tax: the store's.
    """
    lines = []
    for tax_class in sorted({name for name, _ in amounts}):
        parts = [minor for name, minor in amounts if name == tax_class]
        taxed = parts if tax.rounded_by is RoundedBy.LINE else [sum(parts)]
        lines.append(TaxLine(tax_class, sum(parts), sum(tax.of(part, tax_class) for part in taxed)))
    return tuple(lines)
