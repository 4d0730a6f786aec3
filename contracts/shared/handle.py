"""What is told about shared memory: which segment there is, and where in it a picture lies."""

from __future__ import annotations

from dataclasses import dataclass

MAGIC = b"WALKOUT1"
TOKEN_BYTES = 16
# A cache line: no slot shares one with another, and every vector unit may load from the start of a picture.
ALIGN = 64
# Before the pixels of a slot: its generation, and padding so that the pixels stay aligned.
SLOT_HEAD = ALIGN


@dataclass(frozen=True, slots=True)
class Offer:
    """A segment that somebody may map.

    Args:
        path: what to open, "/proc/PID/fd/N".
        size: bytes.
        token: 16 bytes that stand in the segment too. In another process namespace the same path may be
            somebody else's memory; the token tells.
    """

    path: str
    size: int
    token: bytes


@dataclass(frozen=True, slots=True)
class Handle:
    """One array in a segment.

    Args:
        segment: path of the offer.
        offset: of the first byte, from the start of the segment; a multiple of 64.
        size: bytes.
        shape: of the array, C order.
        dtype: numpy name, little endian: "uint16", "uint8".
        generation: of the slot, even; what the slot must still say when the array is read.
    """

    segment: str
    offset: int
    size: int
    shape: tuple[int, ...]
    dtype: str
    generation: int
