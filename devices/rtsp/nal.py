"""H.264 as RTP carries it: the units of a picture, cut to packets. No I/O.

Source: RFC 6184, sections 5.6 (single NAL unit) and 5.8 (FU-A); H.264 (04/2017), Annex B and table 7-1.
"""

from __future__ import annotations

import base64
import re
from collections.abc import Iterator, Sequence

SPS, PPS = 7, 8
IDR = 5
_FU_A = 28
_START = re.compile(rb"\x00\x00\x01")


def units(annex_b: bytes) -> list[bytes]:
    """Return the NAL units of a byte stream, without start codes."""
    marks = list(_START.finditer(annex_b))
    ends = [mark.start() for mark in marks[1:]] + [len(annex_b)]
    # Zeros before a start code belong to it; a unit itself never ends with one.
    found = (annex_b[mark.end() : end].rstrip(b"\x00") for mark, end in zip(marks, ends, strict=False))
    return [unit for unit in found if unit]


def kind(unit: bytes) -> int:
    """Return the type of a NAL unit."""
    return unit[0] & 0x1F


def payloads(unit: bytes, most: int) -> Iterator[bytes]:
    """Cut a NAL unit to RTP payloads of at most `most` bytes: itself, or fragments (FU-A)."""
    if len(unit) <= most:
        yield unit
        return
    indicator, room = unit[0] & 0xE0 | _FU_A, most - 2
    for at in range(1, len(unit), room):
        first, last = at == 1, at + room >= len(unit)
        yield bytes([indicator, first << 7 | last << 6 | kind(unit)]) + unit[at : at + room]


def format_parameters(parameter_sets: Sequence[bytes]) -> str:
    """Return the fmtp value that a decoder starts from.

    Args:
        parameter_sets: SPS and PPS.

    Source: RFC 6184, section 8.2.1.
    """
    level = next(unit for unit in parameter_sets if kind(unit) == SPS)[1:4].hex().upper()
    sets = ",".join(base64.b64encode(unit).decode() for unit in parameter_sets)
    return f"packetization-mode=1;profile-level-id={level};sprop-parameter-sets={sets}"
