"""A start for drivers of one's own: devices that speak in lines of text, at both ends. `rig devices new` uses it."""

from __future__ import annotations

from collections.abc import Sequence

from contracts.clock import Clock
from contracts.ports import FaultKind, PortInfo
from contracts.record import Record
from contracts.records import AnswerRecord
from devices.line import Line

MOST_BYTES = 4096
"""Kept of a line that does not end."""


class TextLines:
    """Bytes in, lines out, cut anywhere; no exception on garbage.

    Args:
        most: bytes that are kept of a line that does not end.
    """

    def __init__(self, most: int = MOST_BYTES) -> None:
        self._most = most
        self.skipped = 0
        """Bytes of lines that were too long, or no ASCII."""
        self._kept = b""

    def feed(self, data: bytes) -> list[str]:
        """Take what has come; return the lines that are whole, without their ends."""
        *lines, self._kept = (self._kept + data).split(b"\n")
        if len(self._kept) > self._most:
            self.skipped += len(self._kept)
            self._kept = b""
        found = [line.strip() for line in lines if line.strip()]
        self.skipped += sum(len(line) for line in found if not line.isascii())
        return [line.decode() for line in found if line.isascii()]


class LinedPort:
    """What every driver has. Add your port's own methods (`contracts/ports.py`).

    Args:
        info: who it is.
        line: to the device.
        clock: of the bench; records are stamped by it.
        most: bytes of the longest line.
    """

    def __init__(self, info: PortInfo, line: Line, clock: Clock, most: int = MOST_BYTES) -> None:
        self.info, self.line, self.clock = info, line, clock
        self._lines, self._off = TextLines(most), False

    def heard(self) -> list[str]:
        """Return the lines that have come since the last call; none while it is off."""
        lines = self._lines.feed(self.line.read())
        return [] if self._off else lines

    def tell(self, text: str) -> None:
        """Send a line, unless it is off."""
        if not self._off:
            self.line.write(text.encode("ascii", "replace") + b"\r\n")

    def fault(self, kind: FaultKind | None) -> bool:
        """Begin a fault, or end it with None; any device can be OFF."""
        self._off = kind is FaultKind.OFF
        return kind in (None, FaultKind.OFF)

    def safe_state(self) -> None:
        """Go where nothing can be hurt: say here what that is for your device."""

    def close(self) -> None:
        """Let go of the line; may be called twice."""
        self.line.close()


class LinedDevice:
    """What every emulator has.

    Args:
        line: to the driver.
        clock: of the bench.
    """

    def __init__(self, line: Line, clock: Clock) -> None:
        self.line, self.clock = line, clock
        self._lines, self._off = TextLines(), False

    def work(self) -> None:
        """Hear what came over the line, and say what is due."""
        for text in self._lines.feed(self.line.read()):
            if not self._off:
                self.obey(text)

    def obey(self, text: str) -> None:
        """Do what a line says."""

    def say(self, text: str) -> None:
        """Send a line, unless it is off."""
        if not self._off:
            self.line.write(text.encode("ascii", "replace") + b"\r\n")

    def live(self, record: Record) -> None:
        """Live what the twin's own device reported."""

    def orders(self) -> Sequence[AnswerRecord]:
        """Return what the wire has asked of it, for the twin's own device to do."""
        return ()

    def fault(self, kind: FaultKind | None) -> bool:
        """Begin a fault, or end it with None; any device can be OFF."""
        self._off = kind is FaultKind.OFF
        return kind in (None, FaultKind.OFF)

    def close(self) -> None:
        """Let go of the line; may be called twice."""
        self.line.close()
