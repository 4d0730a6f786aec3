"""What ends an OSDP packet: CRC-16 or, in old devices, a checksum of one byte."""

from __future__ import annotations

from binascii import crc_hqx

_START = 0x1D0F


def crc16(data: bytes) -> int:
    """Return CRC-16, polynomial 0x1021, beginning at 0x1D0F; sent low byte first.

    Source: IEC 60839-11-5; "123456789" gives E5CC.
    """
    return crc_hqx(data, _START)


def checksum(data: bytes) -> int:
    """Return the two's complement of the sum of all bytes."""
    return -sum(data) & 0xFF


def check_of(data: bytes, *, crc: bool) -> bytes:
    """Return the bytes that end a packet."""
    return crc16(data).to_bytes(2, "little") if crc else bytes((checksum(data),))
