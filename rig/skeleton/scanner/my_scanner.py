"""A code scanner of your own: codec, driver and emulator in one file.

The protocol is made up: "$", the code, "*", the exclusive or of the code's bytes as two hexadecimal digits, CR LF. Put
your scanner's in its place: `MyCodec` is what the host hears and says, `MyDevice` what the scanner itself does.
"""

from __future__ import annotations

import re
from collections import Counter
from functools import reduce
from operator import xor

from contracts.ports import Port, PortKind
from devices.drivers.kind import DriverKind, Emulated, Wanted
from devices.drivers.lines import far, near
from devices.scanner.codec import LONGEST_CODE, CodeRead, Trouble
from devices.scanner.device_side import Sent
from devices.scanner.driver import LineScanner
from devices.scanner.emulated import EmulatedScanner
from devices.scanner.emulator import ScannerEmulator

NAME = "scanner/my-scanner"
SETTINGS = "baud=9600&format=8N1"
"""Of its serial line, unless the bench file says others."""
_FRAME = re.compile(rb"\$([^\r\n]*)\*([0-9A-F]{2})")


class MyCodec:
    """The host's side: bytes in, codes out. No I/O, no clock, and no exception on garbage."""

    def __init__(self) -> None:
        self.troubles: Counter[Trouble] = Counter()
        self._buffer = b""

    def feed(self, data: bytes, now_ns: int) -> list[CodeRead]:  # noqa: ARG002  # this protocol has no time-outs
        """Take what has come, cut anywhere; return the codes that are complete."""
        *frames, self._buffer = (self._buffer + data).split(b"\r\n")
        if len(self._buffer) > 2 * LONGEST_CODE:
            self.troubles[Trouble.TOO_LONG] += 1
            self._buffer = b""
        return [code for frame in frames for code in self._take(frame)]

    def to_send(self) -> bytes:
        """Return what the scanner must be sent now: this one is told nothing."""
        return b""

    def scan(self, on: bool, now_ns: int) -> None:
        """Let it read codes, or let it go dark: this one has no command for it, so the driver does not listen."""

    def _take(self, frame: bytes) -> list[CodeRead]:
        match = _FRAME.fullmatch(frame)
        if match is None:
            self.troubles[Trouble.SKIPPED] += len(frame)
            return []
        if match[2] != _check(match[1]):
            self.troubles[Trouble.CHECKSUM] += 1
            return []
        return [CodeRead(match[1])] if match[1] else []


class MyDevice:
    """The scanner's side, for the emulator: codes in, frames out."""

    reply = b"\r\n"
    """What it could say between two frames."""

    def __init__(self) -> None:
        self._waiting: list[Sent] = []

    def show(self, code: bytes, aim_id: str) -> None:  # noqa: ARG002  # this protocol does not tell the kind of code
        """Read a code."""
        self._waiting.append(Sent(b"$" + code + b"*" + _check(code) + b"\r\n"))

    def feed(self, data: bytes, now_ns: int) -> None:
        """It listens to nobody."""

    def to_send(self, now_ns: int) -> list[Sent]:  # noqa: ARG002  # others repeat after a while
        """Return what the host must be sent now, once."""
        waiting, self._waiting = self._waiting, []
        return waiting


def _check(code: bytes) -> bytes:
    return b"%02X" % reduce(xor, code, 0)


def _make(wanted: Wanted) -> Port:
    return LineScanner(wanted.id, near(wanted.line, SETTINGS), MyCodec(), wanted.clock, model=NAME)


def _emulate(wanted: Wanted) -> Emulated:
    line = far(wanted.line)
    return EmulatedScanner(ScannerEmulator(wanted.id, line, MyDevice(), wanted.clock), line)


KINDS = (DriverKind(NAME, PortKind.SCANNER, "a scanner of my own", _make, emulate=_emulate),)
