"""The digit that guards a price or weight inside an EAN-13. Source: GS1 General Specifications, 7.9.2 to 7.9.4."""

from __future__ import annotations

from contracts.codes.digits import require_digits

# Each weighting takes a digit to a digit: the product's units, with its tens added or taken away.
_TWO_MINUS = "0246891357"
_THREE = "0369258147"
_FIVE_PLUS = "0516273849"
_FIVE_MINUS = "0594837261"
_FOUR_DIGITS = (_TWO_MINUS, _TWO_MINUS, _THREE, _FIVE_MINUS)
_FIVE_DIGITS = (_FIVE_PLUS, _TWO_MINUS, _FIVE_MINUS, _FIVE_PLUS, _TWO_MINUS)


def price_digit(value: str) -> str:
    """Return the digit for a value field of four or five digits.

    Raises:
        BadCode: it has another length, or is no number.
    """
    require_digits(value, "a price or weight field with a check digit of its own", (4, 5))
    if len(value) == 4:
        return str(_weighted(value, _FOUR_DIGITS) * 3 % 10)
    return str(_FIVE_MINUS.index(str(-_weighted(value, _FIVE_DIGITS) % 10)))


def _weighted(value: str, tables: tuple[str, ...]) -> int:
    return sum(int(table[int(digit)]) for digit, table in zip(value, tables, strict=True))
