"""Amounts of money: whole numbers of a currency's minor unit, never fractions of it.

A float cannot hold 0.10, so no amount here is ever one.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from contracts.currency import EXPONENT, exponent, written
from contracts.errors import UsageError

__all__ = ["EXPONENT", "exponent", "minor_of", "shares", "written"]

_WRITTEN = re.compile(r"(-?)(\d+)(?:\.(\d+))?")


def minor_of(text: str, currency: str) -> int:
    """Return an amount in minor units: "12.34", "USD" -> 1234.

    Raises:
        UsageError: it is not a decimal number, or is finer than the currency.
    """
    digits, match = exponent(currency), _WRITTEN.fullmatch(text)
    if match is None or len(match[3] or "") > digits:
        raise UsageError("not an amount", expected=f"a number with at most {digits} decimals", found=repr(text))
    minor = int(match[2] + (match[3] or "").ljust(digits, "0"))
    return -minor if match[1] else minor


def shares(total: int, weights: Sequence[int]) -> list[int]:
    """Divide an amount in proportion to weights without losing a unit: largest remainder, ties to the first.

    Args:
        total: >= 0, minor units.
        weights: >= 0, of which one at least is not 0 unless there is nothing to divide.
    """
    whole = sum(weights)
    if not total:
        return [0] * len(weights)
    parts = [total * weight // whole for weight in weights]
    by_remainder = sorted(range(len(weights)), key=lambda i: (-(total * weights[i] % whole), i))
    for i in by_remainder[: total - sum(parts)]:
        parts[i] += 1
    return parts
