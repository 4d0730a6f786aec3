"""Bar code types of SSI and the AIM ids that say the same.

Source: Motorola CS3000 guide, table B-1, for the linear ones. PDF417 and the matrix codes are common knowledge, not
read in a manual; a scanner that is set to send AIM ids makes the table needless. A type that is not in it is told
as "".
"""

from __future__ import annotations

AIM_IDS = {
    0x01: "]A0",  # Code 39
    0x03: "]C0",  # Code 128
    0x06: "]I0",  # Interleaved 2 of 5
    0x08: "]E0",  # UPC-A
    0x09: "]E0",  # UPC-E0
    0x0A: "]E4",  # EAN-8
    0x0B: "]E0",  # EAN-13
    0x0F: "]C1",  # GS1-128
    0x10: "]E0",  # UPC-E1
    0x11: "]L0",  # PDF417
    0x1B: "]d1",  # Data Matrix
    0x1C: "]Q1",  # QR
    0x2D: "]z0",  # Aztec
}
NOT_TOLD = 0x00
_LETTERS = {"]A": 0x01, "]C": 0x03, "]I": 0x06, "]E": 0x0B, "]L": 0x11, "]d": 0x1B, "]Q": 0x1C, "]z": 0x2D}


def aim_of(kind: int) -> str:
    """Return the AIM id of a bar code type, "" for one that is not known."""
    return AIM_IDS.get(kind, "")


def kind_of(aim_id: str) -> int:
    """Return the bar code type of an AIM id, 0 for one that is not known."""
    exact = next((kind for kind, known in AIM_IDS.items() if known == aim_id and aim_id in ("]C1", "]E4")), None)
    return exact if exact is not None else _LETTERS.get(aim_id[:2], NOT_TOLD)
