"""EAN-13: which bars stand for which digits. Source: GS1 General Specifications, section 5.2.1."""

from __future__ import annotations

from contracts.codes.gtin import check_digit

_L = ("0001101", "0011001", "0010011", "0111101", "0100011", "0110001", "0101111", "0111011", "0110111", "0001011")
# The first digit has no bars of its own: it says which of the next six are turned round (G instead of L).
_TURNED = ("LLLLLL", "LLGLGG", "LLGGLG", "LLGGGL", "LGLLGG", "LGGLLG", "LGGGLL", "LGLGLG", "LGLGGL", "LGGLGL")
_EDGE, _MIDDLE = "101", "01010"
_FLIP = str.maketrans("01", "10")

MODULES = 95
QUIET = (11, 7)
"""Modules that must stay light before and after the bars."""


def ean13(gtin: str) -> str:
    """Return the 95 modules of an EAN-13 symbol, "1" for dark.

    Args:
        gtin: 13 digits, or the 12 of a UPC-A code.

    Raises:
        ValueError: it has another length or a wrong check digit.
    """
    digits = gtin.zfill(13) if len(gtin) == 12 else gtin
    if len(digits) != 13 or not digits.isdecimal() or check_digit(digits[:-1]) != digits[-1]:
        raise ValueError(f"not an EAN-13 or UPC-A code: '{gtin}'")
    right = [_L[int(digit)].translate(_FLIP) for digit in digits[7:]]
    left = [
        _L[int(digit)] if set_ == "L" else _L[int(digit)].translate(_FLIP)[::-1]
        for digit, set_ in zip(digits[1:7], _TURNED[int(digits[0])], strict=True)
    ]
    return _EDGE + "".join(left) + _MIDDLE + "".join(right) + _EDGE
