"""What a reader of cards and codes tells: RAW, FMT and KEYPAD. No I/O."""

from __future__ import annotations

from dataclasses import dataclass, field

from devices.osdp.wiegand import BITS, bits_of, bytes_of, decode_26

NOT_TOLD, WIEGAND = 0, 1
_RAW, _FMT, _KEYS = 4, 3, 2


@dataclass(frozen=True, slots=True)
class Bits:
    """Bits of a card as they were read (RAW).

    Args:
        reader: number of the reader in the device.
        form: 0 not told, 1 Wiegand with parity at both ends.
        bits: text of 0 and 1. Hidden in prints: it may be able to pay.
    """

    reader: int
    form: int
    bits: str = field(repr=False)

    def pack(self) -> bytes:
        """Return the data of a RAW."""
        return bytes((self.reader, self.form)) + len(self.bits).to_bytes(2, "little") + bytes_of(self.bits)

    @property
    def code(self) -> bytes | None:
        """What the store gets to see, None when the parity is wrong.

        Whole bytes of no told form are themselves, as QR readers send them; a card of 26 bits is "facility-number"; any
        other is its bits, in text.
        """
        if self.form == WIEGAND and len(self.bits) == BITS:
            card = decode_26(self.bits)
            return None if card is None else b"%d-%d" % card
        if self.form == NOT_TOLD and len(self.bits) % 8 == 0:
            return bytes_of(self.bits)
        return self.bits.encode("ascii")


def read_raw(data: bytes) -> Bits | None:
    """Return what a RAW tells, None when it is none."""
    if len(data) < _RAW:
        return None
    count = int.from_bytes(data[2:4], "little")
    bits = bits_of(data[_RAW:], count)
    return Bits(data[0], data[1], bits) if count and len(bits) == count else None


def bits_of_code(code: bytes, reader: int = 0) -> Bits:
    """Return a code as a reader of QR codes sends it."""
    return Bits(reader, NOT_TOLD, bits_of(code, 8 * len(code)))


def pack_formatted(text: bytes, reader: int = 0) -> bytes:
    """Return the data of an FMT; it has room for 255 characters."""
    return bytes((reader, 0, len(text))) + text


def read_formatted(data: bytes) -> bytes | None:
    """Return the characters of an FMT, None when it is none. A card that was drawn backwards is turned."""
    if len(data) < _FMT or not data[2] or len(data) < _FMT + data[2]:
        return None
    text = data[_FMT : _FMT + data[2]]
    return text[::-1] if data[1] & 1 else text


def read_keys(data: bytes) -> bytes | None:
    """Return the keys that a KEYPAD tells ("#" is 0D, "*" is 7F), None when it is none."""
    if len(data) < _KEYS or not data[1] or len(data) < _KEYS + data[1]:
        return None
    return data[_KEYS : _KEYS + data[1]]
