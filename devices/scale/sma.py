"""SMA, the Scale Manufacturers Association's protocol, levels 1 and 2: LF, letter, CR.

A weight is LF s r n m f, ten characters of weight, three of unit, CR. Source: SMA SCP-0499.
"""

from __future__ import annotations

import re

from devices.scale.frames import CR, LF, Frames
from devices.scale.reading import NAN, Event, Noise, Reading, Status, Told
from devices.scale.units import reading

WEIGH, ZERO, TARE, CLEAR_TARE, UNIT, ABOUT, ABORT = b"\nW\r", b"\nZ\r", b"\nT\r", b"\nC\r", b"\nU\r", b"\nA\r", b"\x1b"

_WEIGHT = re.compile(rb"([ZOUEIT ])([0-9])([GNTt])([M ])(.)([ 0-9.-]{10})([A-Za-z ]{3})", re.DOTALL)
_NUMBER = re.compile(rb" *(- *)?[0-9]{1,9}(\.[0-9]{1,6})?")
_SAYS = re.compile(rb"[A-Z]{3}:[ -~]{0,40}|[ -~]{4}")
_WHY = {b"O": Status.OVER, b"U": Status.UNDER, b"E": Status.FAULT, b"I": Status.FAULT, b"T": Status.FAULT}
"""E, I and T are errors of zero, of the first zero and of tare."""


class Sma:
    """The host's side."""

    def __init__(self) -> None:
        self._frames = Frames(CR, LF)

    def feed(self, data: bytes) -> list[Event]:
        """Take bytes as they came; return what they say."""
        return [_read(frame) for frame in self._frames.feed(data)]

    def ask(self) -> bytes:
        """Return the bytes that ask for a weight now."""
        return WEIGH


def _read(frame: bytes) -> Event:
    if match := _WEIGHT.fullmatch(frame):
        net = match[3] == b"N"
        if match[1] in _WHY:
            return Reading((NAN,), _WHY[match[1]], net)
        if _NUMBER.fullmatch(match[6]):
            return reading(match[6], match[7], Status.MOTION if match[4] == b"M" else Status.OK, net=net)
        return Noise(frame)
    if frame in (b"?", b"!"):
        # Unknown here, or known and failed.
        return Told("?", done=False)
    if _SAYS.fullmatch(frame):
        return Told(frame.decode())
    return Noise(frame)
