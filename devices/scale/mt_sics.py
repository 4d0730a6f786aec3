"""MT-SICS, the command set of Mettler-Toledo's balances: lines of capitals that end in CR LF.

Source: the MT-SICS reference manuals of the AT, JS and AL balances. The width of the weight is common knowledge,
not read there, so any width is accepted.
"""

from __future__ import annotations

import re

from devices.scale.frames import LF, Frames
from devices.scale.reading import Event, Noise, Status, Told, withheld
from devices.scale.units import reading

ASK_NOW, ASK_STABLE, ASK_ALWAYS = b"SI\r\n", b"S\r\n", b"SIR\r\n"
ZERO, TARE, CLEAR_TARE, SERIAL, RESET = b"Z\r\n", b"T\r\n", b"TAC\r\n", b"I4\r\n", b"@\r\n"

_WEIGHT = re.compile(rb"S ([SD]) +(-? *[0-9]{1,9}(?:\.[0-9]{1,6})?) ([A-Za-z]{1,4})")
_NO_WEIGHT = re.compile(rb"S ([I+-])")
_DONE = re.compile(rb"(Z|ZI|T|TI|TA|TAC) ([ASDIL+-])(?: .{0,40})?")
_SAYS = re.compile(rb'(I[0-9]{1,2}) A(?: "?([^"]{0,60})"?)?')
_ERRORS = {b"ES": "syntax", b"ET": "transmission", b"EL": "logic"}
_WHY = {b"I": Status.REFUSED, b"+": Status.OVER, b"-": Status.UNDER}


class MtSics:
    """The host's side.

    Args:
        ask: what asks for a weight: `ASK_NOW`, or `ASK_STABLE`, whose answer waits for rest.
    """

    def __init__(self, ask: bytes = ASK_NOW) -> None:
        self._ask = ask
        self._lines = Frames(LF)

    def feed(self, data: bytes) -> list[Event]:
        """Take bytes as they came; return what they say."""
        return [_read(line.removesuffix(b"\r")) for line in self._lines.feed(data)]

    def ask(self) -> bytes:
        """Return the bytes that ask for a weight now."""
        return self._ask


def _read(line: bytes) -> Event:
    if match := _WEIGHT.fullmatch(line):
        return reading(match[2], match[3], Status.OK if match[1] == b"S" else Status.MOTION)
    if match := _NO_WEIGHT.fullmatch(line):
        return withheld(_WHY[match[1]])
    if match := _DONE.fullmatch(line):
        return Told(match[1].decode(), match[2] in b"ASD")
    if match := _SAYS.fullmatch(line):
        return Told(f"{match[1].decode()} {(match[2] or b'').decode('ascii', 'replace')}".strip())
    if line in _ERRORS:
        return Told(_ERRORS[line], done=False)
    return Noise(line)
