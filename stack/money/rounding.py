"""One way to come from a fraction of a minor unit to a whole one, chosen by name."""

from __future__ import annotations

from enum import StrEnum


class Rounding(StrEnum):
    """What becomes of half a unit, and of less."""

    HALF_UP = "half up"
    """The usual rule of tax offices."""
    HALF_EVEN = "half even"
    DOWN = "down"


def divide(top: int, bottom: int, rule: Rounding) -> int:
    """Return top / bottom as a whole number.

    Args:
        top: >= 0.
        bottom: > 0.
        rule: what to do with the rest.
    """
    whole, rest = divmod(top, bottom)
    if rule is Rounding.DOWN or 2 * rest < bottom:
        return whole
    if 2 * rest == bottom and rule is Rounding.HALF_EVEN:
        return whole + whole % 2
    return whole + 1
