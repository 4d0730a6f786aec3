"""Numbers as ZVT writes them: two decimal digits a byte; lengths as F0 to F9, a digit a byte."""

from __future__ import annotations

from contracts.errors import UsageError
from devices.terminal.apdu import BadMessage


def packed(number: int, size: int) -> bytes:
    """Return a number in `size` bytes of two digits.

    Raises:
        UsageError: it is negative or has more digits.
    """
    if not 0 <= number < 100**size:
        raise UsageError("not a number of that size", expected=f"0 to {100**size - 1}", found=str(number))
    return bytes.fromhex(f"{number:0{2 * size}d}")


def unpacked(data: bytes) -> int:
    """Return the number that bytes of two digits stand for.

    Raises:
        BadMessage: some are no digits.
    """
    digits = data.hex()
    if not digits.isdigit():
        raise BadMessage("a number that has no decimal digits", expected="0 to 9 in every half byte")
    return int(digits)


def var(value: bytes, digits: int) -> bytes:
    """Return a value behind its length of two or three digits (LLVAR, LLLVAR)."""
    return bytes(0xF0 | int(digit) for digit in f"{len(value):0{digits}d}") + value
