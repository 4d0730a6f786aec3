"""The bar code that cash is paid in on: a reloadable account number, 20 digits, the same every time.

    8 | version 1 | number 16 | check 2

It can only be paid in on, so it may be printed and kept; it still says nothing about its account. Twenty digits are
longer than any card number, and the check digits (ISO/IEC 7064) are not a card's, so neither is taken for the other.
"""

from __future__ import annotations

from dataclasses import dataclass

from contracts.codes.digits import check_97, passes_97, require_digits
from contracts.errors import BadCode

LENGTH = 20
NUMBER_DIGITS = 16
_HEAD = "81"


@dataclass(frozen=True, slots=True)
class TopUp:
    """A reloadable account number.

    Args:
        number: 16 digits, to look up.
    """

    number: str

    def code(self) -> str:
        """Return the 20 digits of the bar code."""
        require_digits(self.number, "a reloadable account number", (NUMBER_DIGITS,))
        return _HEAD + self.number + check_97(_HEAD + self.number)


def looks_like(text: str) -> bool:
    """Whether a text has the length and the first digits of such a code."""
    return len(text) == LENGTH and text.startswith(_HEAD)


def read(text: str) -> TopUp:
    """Return the number of a bar code.

    Raises:
        BadCode: it is none, or a digit is wrong.
    """
    require_digits(text, "a top-up code", (LENGTH,))
    if not text.startswith(_HEAD):
        raise BadCode("this is no top-up code", expected=f"{_HEAD} first", found=f"{text[:2]} first")
    if not passes_97(text):
        raise BadCode("a digit of the top-up code is wrong", where="its check digits", hint="scan or type it again")
    return TopUp(text[2:-2])
