"""Digits and the check digits that are not GS1's."""

from __future__ import annotations

import re

from contracts.errors import BadCode

_DIGITS = re.compile(r"[0-9]*")


def is_digits(text: str) -> bool:
    """Whether there is at least one character and all are the digits 0-9 of ASCII."""
    return bool(text) and _DIGITS.fullmatch(text) is not None


def require_digits(text: str, what: str, lengths: tuple[int, ...]) -> str:
    """Return the text, which must be digits of one of these lengths.

    Args:
        text: what was read or given; it is not quoted in the error, only its length and the first wrong place.
        what: name of the number, for the error.
        lengths: allowed lengths.

    Raises:
        BadCode: it has another length or holds something else.
    """
    if len(text) not in lengths:
        allowed = " or ".join(map(str, lengths))
        raise BadCode(f"{what} has a wrong length", expected=f"{allowed} digits", found=f"{len(text)} characters")
    matched = _DIGITS.match(text)
    good = matched.end() if matched else 0
    if good != len(text):
        raise BadCode(f"{what} holds something that is no digit", where=f"position {good}", expected="digits 0-9 only")
    return text


def check_97(digits: str) -> str:
    """Return the two check digits that find every single wrong digit and every swap of neighbours.

    Source: ISO/IEC 7064, MOD 97-10 (also IBAN's, ISO 13616).
    """
    return f"{98 - int(digits) * 100 % 97:02d}"


def passes_97(digits: str) -> bool:
    """Whether the last two digits are the check digits of those before."""
    return is_digits(digits) and len(digits) > 2 and check_97(digits[:-2]) == digits[-2:]


def passes_luhn(digits: str) -> bool:
    """Whether the last digit is a card number's check digit. Source: ISO/IEC 7812-1, annex B."""
    if not is_digits(digits):
        return False
    doubled = [int(digit) * (1 + i % 2) for i, digit in enumerate(reversed(digits))]
    return sum(value - 9 if value > 9 else value for value in doubled) % 10 == 0
