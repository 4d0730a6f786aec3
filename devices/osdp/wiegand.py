"""Wiegand 26: even parity, 8 bits of facility, 16 bits of number, odd parity; in OSDP inside RAW. No I/O.

Source: MorphoAccess MA220 appendix.
"""

from __future__ import annotations

BITS = 26
_HALF = 12


def encode_26(facility: int, number: int) -> str:
    """Return a card's 26 bits as text of 0 and 1."""
    inner = f"{facility:08b}{number:016b}"
    even = inner[:_HALF].count("1") % 2
    odd = 1 - inner[_HALF:].count("1") % 2
    return f"{even}{inner}{odd}"


def decode_26(bits: str) -> tuple[int, int] | None:
    """Return facility and number, None when a parity is wrong."""
    facility, number = int(bits[1:9], 2), int(bits[9:25], 2)
    return (facility, number) if encode_26(facility, number) == bits else None


def bits_of(data: bytes, count: int) -> str:
    """Return the first bits of bytes as text."""
    return "".join(f"{byte:08b}" for byte in data)[:count]


def bytes_of(bits: str) -> bytes:
    """Return bits as bytes, filled up with zeros on the right."""
    return bytes(int(bits[at : at + 8].ljust(8, "0"), 2) for at in range(0, len(bits), 8))
