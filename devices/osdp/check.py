"""What ends an OSDP packet: CRC-16 or, in old devices, a checksum of one byte."""

from __future__ import annotations

_POLYNOMIAL, _START = 0x1021, 0x1D0F


def _entry(byte: int) -> int:
    crc = byte << 8
    for _ in range(8):
        crc = (crc << 1 ^ _POLYNOMIAL if crc & 0x8000 else crc << 1) & 0xFFFF
    return crc


_TABLE = tuple(_entry(byte) for byte in range(256))


def crc16(data: bytes) -> int:
    """Return CRC-16, polynomial 0x1021, beginning at 0x1D0F; sent low byte first.

    Source: IEC 60839-11-5; "123456789" gives E5CC.
    """
    crc = _START
    for byte in data:
        crc = (crc << 8 & 0xFFFF) ^ _TABLE[crc >> 8 ^ byte]
    return crc


def checksum(data: bytes) -> int:
    """Return the two's complement of the sum of all bytes."""
    return -sum(data) & 0xFF


def check_of(data: bytes, *, crc: bool) -> bytes:
    """Return the bytes that end a packet."""
    return crc16(data).to_bytes(2, "little") if crc else bytes((checksum(data),))
