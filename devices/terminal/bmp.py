"""The fields of ZVT's messages (BMPs): which there are, how long each is, and what may be known of them.

What a card holds (number, tracks, chip, check value, expiry) is masked or left out right here.
Source: ZVT 13.x as read by Portalum.Zvt (MIT).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from devices.terminal import tlv
from devices.terminal.apdu import BadMessage

LL, LLL, TLV = -2, -3, 0
"""Lengths that stand before the value: two digits, three digits, a TLV length."""
SIZES: dict[int, int] = {
    0x01: 1, 0x02: 1, 0x03: 1, 0x04: 6, 0x05: 1, 0x06: TLV, 0x0B: 3, 0x0C: 3, 0x0D: 2, 0x0E: 2, 0x17: 2, 0x19: 1,
    0x22: LL, 0x23: LL, 0x24: LLL, 0x27: 1, 0x29: 4, 0x2A: 15, 0x2D: LL, 0x2E: LLL, 0x37: 3, 0x3A: 2, 0x3B: 8,
    0x3C: LLL, 0x3D: 3, 0x49: 2, 0x60: LLL, 0x87: 2, 0x88: 3, 0x8A: 1, 0x8B: LL, 0x8C: 1, 0x9A: LLL, 0xA0: 1,
    0xA7: LL, 0xAA: 3, 0xAF: LLL, 0xBA: 5, 0xD0: 1, 0xD1: LL, 0xD2: 1, 0xD3: 1, 0xE0: 1, 0xE9: 1, 0xEA: 1, 0xEB: 8,
    0xF0: 1, 0xF9: 1, 0xFA: 1, 0xFB: 1, 0xFC: 1, 0xFD: 1,
}  # fmt: skip
"""Bytes of each field's value, or how its length is written."""
AMOUNT, CONTAINER, TRACE, PAN, RESULT, TERMINAL, TEXT, CURRENCY, RECEIPT, CARD_TYPE, CARD_NAME = (
    0x04, 0x06, 0x0B, 0x22, 0x27, 0x29, 0x3C, 0x49, 0x87, 0x8A, 0x8B,
)  # fmt: skip


class Field(NamedTuple):
    """One field as it came."""

    number: int
    value: bytes


def fields(data: bytes) -> Iterator[Field]:
    """Yield the fields of a message's data.

    Raises:
        BadMessage: a field that ZVT does not have, or one that is cut off. What a field holds is never quoted.
    """
    at = 0
    while at < len(data):
        number = data[at]
        if number not in SIZES:
            raise BadMessage("a field that ZVT does not have", expected="a BMP number", found=f"{number:02X}")
        size, said = _size(number, data[at + 1 : at + 4])
        start = at + 1 + said
        at = start + size
        if at > len(data):
            raise BadMessage(f"field {number:02X} is cut off", expected=f"{size} bytes", found=f"{len(data) - start}")
        yield Field(number, data[start:at])


def pan_digits(value: bytes) -> str:
    """Return the digits of field 22 as the terminal sent them, masked ones as "e", without the filling at the end."""
    return value.hex().removesuffix("f")


def _size(number: int, head: bytes) -> tuple[int, int]:
    """Return (how long a field's value is, how many bytes say so)."""
    fixed = SIZES[number]
    if fixed > 0:
        return fixed, 0
    if fixed == TLV:
        return tlv.length(head)
    digits = head[:-fixed]
    if len(digits) < -fixed or any(digit & 0x0F > 9 for digit in digits):
        raise BadMessage(f"field {number:02X} has no length", expected=f"{-fixed} digits")
    return int("".join(str(digit & 0x0F) for digit in digits)), -fixed
