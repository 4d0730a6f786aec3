"""CRC-16/CCITT-FALSE, the checksum of merchant-presented codes."""

from __future__ import annotations


def crc16(data: bytes) -> int:
    """Return the checksum: polynomial 0x1021, start 0xFFFF, not reflected; that of "123456789" is 29B1.

    Source: ISO/IEC 13239, as the EMVCo specification cites it.
    """
    crc = 0xFFFF
    for byte in data:
        crc ^= byte << 8
        for _ in range(8):
            crc = (crc << 1 ^ 0x1021 if crc & 0x8000 else crc << 1) & 0xFFFF
    return crc
