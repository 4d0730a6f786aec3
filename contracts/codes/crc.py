"""CRC-16/CCITT-FALSE, the checksum of merchant-presented codes."""

from __future__ import annotations

from binascii import crc_hqx


def crc16(data: bytes) -> int:
    """Return the checksum: polynomial 0x1021, start 0xFFFF, not reflected; that of "123456789" is 29B1.

    Source: ISO/IEC 13239, as the EMVCo specification cites it.
    """
    return crc_hqx(data, 0xFFFF)
