"""GTIN: numbers of trade items, as 8, 12, 13 or 14 digits with a check digit. Source: GS1 General Specifications."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from contracts.codes.digits import require_digits
from contracts.errors import BadCode

LENGTHS = (8, 12, 13, 14)


class Restricted(StrEnum):
    """Ranges that no company owns: the same number means another thing elsewhere. Source: section 1.4.2."""

    VARIABLE_MEASURE = "02"
    """Weighed or priced in the store (UPC number system 2)."""
    COMPANY = "04"
    """Within a company (UPC number system 4)."""
    REGION = "20-29"
    """By rules of a country or of a store, mostly weighed or priced goods."""
    SHORT = "GTIN-8 0 or 2"
    """Eight digits within a company."""


@dataclass(frozen=True, slots=True)
class Gtin:
    """A trade item's number whose check digit is right.

    Args:
        digits: as read, 8, 12, 13 or 14 digits.
        gtin13: the same number with 13 digits.
        restricted: the range that makes it valid only here, or None.
    """

    digits: str
    gtin13: str
    restricted: Restricted | None = None


def check_digit(digits: str) -> str:
    """Return the check digit for all digits of a GTIN but the last, of any length. Source: section 7.9.1."""
    total = sum(int(digit) * (3 if i % 2 == 0 else 1) for i, digit in enumerate(reversed(digits)))
    return str(-total % 10)


def with_check_digit(digits: str) -> str:
    """Return the 7, 11, 12 or 13 digits with their check digit behind them."""
    require_digits(digits, "a GTIN without its check digit", tuple(length - 1 for length in LENGTHS))
    return digits + check_digit(digits)


def read(text: str) -> Gtin:
    """Return the number that a bar code or a person gave.

    Raises:
        BadCode: wrong length, not digits, wrong check digit, or the number of a case and not of a piece.
    """
    require_digits(text, "a GTIN", LENGTHS)
    right = check_digit(text[:-1])
    if text[-1] != right:
        raise BadCode(
            f"the check digit of GTIN {text} is wrong", expected=right, found=text[-1], hint="scan or type it again"
        )
    if len(text) == 14 and text[0] != "0":
        raise BadCode(
            f"GTIN-14 {text} is the number of a case or of a weighed bulk, not of a piece",
            where="position 0",
            expected="indicator digit 0",
            found=text[0],
            hint="scan the piece that is in it",
        )
    gtin13 = text[-13:].zfill(13)
    return Gtin(text, gtin13, restricted(gtin13))


def normalised(text: str) -> str:
    """Return a GTIN of any length as 13 digits."""
    return read(text).gtin13


def restricted(gtin13: str) -> Restricted | None:
    """Return the restricted range that a GTIN-13 is in, or None."""
    if gtin13.startswith("00000"):
        return Restricted.SHORT if gtin13[5] in "02" else None
    if gtin13[0] == "2":
        return Restricted.REGION
    return {"02": Restricted.VARIABLE_MEASURE, "04": Restricted.COMPANY}.get(gtin13[:2])
