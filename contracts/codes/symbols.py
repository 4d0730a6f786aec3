"""What a code is shown in: symbologies by their AIM ids, and what Code 128 can carry. Source: ISO/IEC 15424, 15417."""

from __future__ import annotations

import re
from enum import StrEnum

from contracts.codes.digits import is_digits


class Symbology(StrEnum):
    """Families that a till tells apart."""

    QR = "QR Code"
    DATA_MATRIX = "Data Matrix"
    AZTEC = "Aztec"
    PDF417 = "PDF417"
    CODE_128 = "Code 128"
    GS1_128 = "GS1-128"
    EAN_13 = "EAN-13, UPC-A or UPC-E"
    EAN_8 = "EAN-8"
    ITF = "Interleaved 2 of 5"
    DATABAR = "GS1 DataBar"
    CODE_39 = "Code 39"
    UNKNOWN = "not told"


_BY_ID = {
    "]C1": Symbology.GS1_128,
    "]E4": Symbology.EAN_8,
}
_BY_LETTER = {
    "Q": Symbology.QR,
    "d": Symbology.DATA_MATRIX,
    "z": Symbology.AZTEC,
    "L": Symbology.PDF417,
    "C": Symbology.CODE_128,
    "E": Symbology.EAN_13,
    "I": Symbology.ITF,
    "e": Symbology.DATABAR,
    "A": Symbology.CODE_39,
}
MATRIX = frozenset({Symbology.QR, Symbology.DATA_MATRIX, Symbology.AZTEC, Symbology.PDF417, Symbology.UNKNOWN})
"""What holds text; a scanner that tells nothing may have read any of them."""
TRADE_ITEMS = frozenset({Symbology.EAN_13, Symbology.EAN_8, Symbology.ITF, Symbology.UNKNOWN})
"""What stands on goods with nothing but a GTIN."""
_AIM = re.compile(rb"\][A-Za-z][0-9A-Za-z]")


def symbology(aim_id: str) -> Symbology:
    """Return the family of an AIM id such as "]Q1"; of "" and of others, `UNKNOWN`."""
    known = _BY_ID.get(aim_id)
    letter = aim_id[1] if len(aim_id) == 3 and aim_id.startswith("]") else ""
    return known or _BY_LETTER.get(letter, Symbology.UNKNOWN)


def split_aim(data: bytes) -> tuple[str, bytes]:
    """Return the AIM id before a code, "" when there is none, and the code."""
    return (data[:3].decode("ascii"), data[3:]) if _AIM.match(data) else ("", data)


LONGEST_CODE_128 = 48
"""Characters of the longest symbol that scanners are held to read. Source: GS1 General Specifications, 5.4."""
_SYMBOL_MODULES, _STOP_MODULES = 11, 13


def fits_code_128(code: bytes) -> bool:
    """Whether Code 128 can carry a code as it is: ASCII, and not too long for a scanner's window."""
    return 0 < len(code) <= LONGEST_CODE_128 and code.isascii()


def code_128_modules(digits: str) -> int:
    """Return how many modules wide an even number of digits is in Code 128, set C, without quiet zones."""
    assert is_digits(digits)
    assert len(digits) % 2 == 0
    start_and_check = 2
    return (start_and_check + len(digits) // 2) * _SYMBOL_MODULES + _STOP_MODULES
