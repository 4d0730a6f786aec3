"""Numbers of the cards that are held against an emulated terminal: made up from the card's token, and of no bank."""

from __future__ import annotations

import hashlib

_ISSUER = "999999"
"""No bank issues cards under these digits."""


def number(token: str) -> bytes:
    """Return the sixteen digits of a card, with a right check digit, two a byte."""
    account = int.from_bytes(hashlib.sha256(token.encode()).digest()[:8], "big") % 10**9
    digits = f"{_ISSUER}{account:09d}"
    return bytes.fromhex(digits + _check(digits))


def masked(pan: bytes) -> bytes:
    """Return a number of which the last four digits are left, the others "E"."""
    digits = pan.hex()
    return bytes.fromhex("e" * (len(digits) - 4) + digits[-4:])


def _check(digits: str) -> str:
    """Return the check digit. Source: ISO/IEC 7812-1, annex B (Luhn)."""
    doubled = (int(digit) * (2 if at % 2 == 0 else 1) for at, digit in enumerate(reversed(digits)))
    return str(-sum(value // 10 + value % 10 for value in doubled) % 10)
