"""Raw counts of HX711 converters, as a microcontroller prints them: the shape of a home-made shelf.

A PC never sees an HX711 itself: it clocks out bits with a pulse limit of 60 us. So a microcontroller reads the
converters and prints one line a sample:

    <number> <count> <count> ...*<check> CR LF

`number` counts samples since power-up, `count` is the 24-bit two's complement value of one cell in decimal, `check` the
exclusive or of all characters before the star, two hexadecimal capitals. This line is the project's own; the rates,
the range and the settling are the chip's. Source: HX711 data sheet p. 4-5 (10 or 80 samples a second, +-2^23).
"""

from __future__ import annotations

import re
from functools import reduce
from operator import xor

from devices.scale.frames import LF, Frames
from devices.scale.reading import NAN, Event, Noise, Reading, Status

LOWEST, HIGHEST = -(1 << 23), (1 << 23) - 1
"""At these a cell is at the end of the converter's range: the load is beyond it."""
SETTLING = 4
"""Samples after power-up that mean nothing: 400 ms at 10 samples a second."""

_LINE = re.compile(rb"([0-9]{1,10})((?: -?[0-9]{1,7}){1,96})\*([0-9A-F]{2})\r?")
_MOST = 900
"""Characters of a line of 96 cells, more than any rack of a store here has plates."""


class Hx711Line:
    """The host's side.

    Args:
        cells: how many a line has, one a plate.
        counts_per_gram: of all cells.
    """

    def __init__(self, cells: int, counts_per_gram: float) -> None:
        self._cells, self._scale = cells, counts_per_gram
        self._lines = Frames(LF, most=_MOST)

    def feed(self, data: bytes) -> list[Event]:
        """Take bytes as they came; return what they say."""
        return [self._read(line) for line in self._lines.feed(data)]

    def ask(self) -> bytes:
        """Return nothing: it sends without being asked."""
        return b""

    def _read(self, line: bytes) -> Event:
        match = _LINE.fullmatch(line)
        if match is None or check(match[1] + match[2]) != match[3]:
            return Noise(line)
        counts = [int(word) for word in match[2].split()]
        if len(counts) != self._cells or not all(LOWEST <= count <= HIGHEST for count in counts):
            return Noise(line)
        if int(match[1]) < SETTLING:
            return Reading((NAN,) * self._cells, Status.MOTION)
        grams = tuple(count / self._scale if LOWEST < count < HIGHEST else NAN for count in counts)
        return Reading(grams, _status(counts))


def check(text: bytes) -> bytes:
    """Return the two characters that guard a line."""
    return b"%02X" % reduce(xor, text, 0)


def _status(counts: list[int]) -> Status:
    if HIGHEST in counts:
        return Status.OVER
    return Status.UNDER if LOWEST in counts else Status.OK
