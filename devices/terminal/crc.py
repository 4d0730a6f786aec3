"""The check sum of a serial ZVT frame: CRC-16/KERMIT over the APDU and the ETX that ends it."""

from __future__ import annotations

_POLYNOMIAL = 0x8408


def _row(byte: int) -> int:
    for _ in range(8):
        byte = (byte >> 1) ^ (_POLYNOMIAL if byte & 1 else 0)
    return byte


_TABLE = tuple(map(_row, range(256)))


def kermit(data: bytes) -> int:
    """Return CRC-16/KERMIT: polynomial 0x8408, reflected, from 0; "123456789" -> 0x2189."""
    crc = 0
    for byte in data:
        crc = (crc >> 8) ^ _TABLE[(crc ^ byte) & 0xFF]
    return crc
