"""NCI (Weigh-Tronix SCP-01), often called "NCI/ECR". It is not the 8217, though many scales offer both.

`W` CR asks; LF weight unit CR LF S h h CR ETX answers, without the weight when there is none. Source: Diva service
manual p. 34-37, Ohaus Aviator 7000 manual p. 47-49. NCI 7800 and Brecknell 3700LP omit the `S`.
"""

from __future__ import annotations

import re

from devices.scale.frames import ETX, Frames
from devices.scale.reading import Event, Noise, Status, Told, withheld
from devices.scale.units import reading

WEIGH, STATUS, ZERO, HIGH_RESOLUTION, UNIT, METROLOGY = b"W\r", b"S\r", b"Z\r", b"H\r", b"U\r", b"M\r"
MOTION, AT_ZERO, RAM_ERROR, EEPROM_ERROR = 1, 2, 4, 8
"""Bits of the first status character; its bits 4 and 5 are 1, so that it can be printed."""
UNDER, OVER, ROM_ERROR, BAD_CALIBRATION, MORE = 1, 2, 4, 8, 64
"""Bits of the second; `MORE` says that another character follows."""

# Garbage before a frame belongs to none. The least is skipped, or the LF before the status would do for the first.
_SKIPPED = rb"(?s:.*?)\n"
_WEIGHT = rb"(?:(-? *[0-9]{1,6}(?:\.[0-9]{1,4})?) ?([A-Za-z]{1,2})\r\n)?"
_FRAME = re.compile(_SKIPPED + _WEIGHT + rb"S?([0-?])([0-?]|[p-\x7f][0-?p-\x7f]{0,4})\r")
_UNKNOWN = re.compile(_SKIPPED + rb"\?\r")


class Nci:
    """The host's side."""

    def __init__(self) -> None:
        self._frames = Frames(ETX)

    def feed(self, data: bytes) -> list[Event]:
        """Take bytes as they came; return what they say."""
        return [_read(frame) for frame in self._frames.feed(data)]

    def ask(self) -> bytes:
        """Return the bytes that ask for a weight now."""
        return WEIGH


def _read(frame: bytes) -> Event:
    if _UNKNOWN.fullmatch(frame):
        return Told("?", done=False)
    match = _FRAME.fullmatch(frame)
    if match is None:
        return Noise(frame)
    trouble = _trouble(match[3][0], match[4][0])
    if trouble is not None:
        return withheld(trouble)
    if match[1] is None:
        return Told("S")
    return reading(match[1], match[2])


def _trouble(first: int, second: int) -> Status | None:
    if first & (RAM_ERROR | EEPROM_ERROR) or second & (ROM_ERROR | BAD_CALIBRATION):
        return Status.FAULT
    if second & OVER:
        return Status.OVER
    if second & UNDER:
        return Status.UNDER
    return Status.MOTION if first & MOTION else None
