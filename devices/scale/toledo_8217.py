"""Toledo 8217, the protocol of most scales at North American tills: one letter asks, STX ... CR answers.

It names no unit: the profile does, and a scale switched over to another unit gives wrong weights that nothing in the
protocol tells. Motion and loads out of range are told by withholding the weight. 8213 differs only in status bits 5
and 6, which are always 1 there.

Source: Brecknell 67xxU manual p. 70-71, Ohaus Courier 7000 manual EN-37..39, Odoo's scale driver.
"""

from __future__ import annotations

import re

from devices.scale.frames import CR, STX
from devices.scale.reading import Event, Noise, Status, Told, withheld
from devices.scale.units import reading

WEIGH, ZERO, TARE, CLEAR_TARE, ECHO_ON, ECHO_OFF = b"W", b"Z", b"T", b"C", b"E", b"F"
PROBE, PROBE_ANSWER = b"Ehello", b"\x02E\rhello"
"""Echo on and a word: only an 8217 gives the word back after its own frame."""
MOTION, OVER, UNDER, OUTSIDE_ZERO, AT_ZERO, NET, BAD_COMMAND, PARITY = (1 << bit for bit in range(8))

_WEIGHT = re.compile(rb"([0-9]{1,4}\.[0-9]{1,4})(N?)")
_QUESTION = ord("?")
_MOST = 16
"""Bytes of the longest frame; the weight has 7."""


class Toledo8217:
    """The host's side.

    Args:
        unit: what the scale is set to, "lb" or "kg".
        fixed_high_bits: 8213: status bits 5 and 6 say nothing.
    """

    def __init__(self, unit: str = "lb", *, fixed_high_bits: bool = False) -> None:
        self._unit = unit.encode()
        self._counts = 0xFF & ~(NET | BAD_COMMAND) if fixed_high_bits else 0xFF
        self._kept: bytearray | None = None

    def feed(self, data: bytes) -> list[Event]:
        """Take bytes as they came; return what they say."""
        return [event for byte in data for event in self._take(byte)]

    def ask(self) -> bytes:
        """Return the bytes that ask for a weight now."""
        return WEIGH

    def _take(self, byte: int) -> list[Event]:
        kept = self._kept
        # A status is any byte, CR (0D) and STX (02, over capacity) among them: what follows "?" is never a mark.
        literal = kept is not None and len(kept) == 1 and kept[0] == _QUESTION
        if kept is not None and len(kept) == 2 and kept[0] == _QUESTION and byte != CR:
            return self._restart(kept[1], byte)
        if byte == STX and not literal:
            self._kept = bytearray()
        elif kept is not None and byte == CR and not literal:
            self._kept = None
            return [self._read(bytes(kept))]
        elif kept is not None:
            kept.append(byte)
            self._kept = kept if len(kept) <= _MOST else None
        return []

    def _restart(self, status: int, byte: int) -> list[Event]:
        """Half a status frame: what looked like its status may have been the next frame's start."""
        self._kept = bytearray() if status == STX else None
        return self._take(byte)

    def _read(self, frame: bytes) -> Event:
        if match := _WEIGHT.fullmatch(frame):
            return reading(match[1], self._unit, net=bool(match[2]))
        if len(frame) == 2 and frame[0] == _QUESTION:
            return _withheld(frame[1] & self._counts)
        if frame in (ECHO_ON, ECHO_OFF):
            return Told(frame.decode())
        return Noise(frame)


def _withheld(status: int) -> Event:
    """Return why there is no weight; a status without any trouble acknowledges an order."""
    for bits, why in (
        (BAD_COMMAND | PARITY, Status.REFUSED),
        (OVER, Status.OVER),
        (UNDER, Status.UNDER),
        (MOTION, Status.MOTION),
    ):
        if status & bits:
            return withheld(why)
    return Told("?")
