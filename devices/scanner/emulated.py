"""An emulated scanner that lives what the twin's own scanner lives."""

from __future__ import annotations

from collections.abc import Sequence

from contracts.ports import FaultKind
from contracts.record import Record
from contracts.records import AnswerRecord, Scan
from devices.line import Line
from devices.scanner.emulator import ScannerEmulator

_QR = "]Q1"
"""What is shown when the twin's scanner does not tell: phones show QR codes."""


class EmulatedScanner:
    """What a run drives.

    Args:
        emulator: the device.
        line: its end, which this closes.
    """

    def __init__(self, emulator: ScannerEmulator, line: Line) -> None:
        self.emulator, self._line = emulator, line

    def work(self) -> None:
        """Hear what came over the line, and say what is due."""
        self.emulator.work()

    def live(self, record: Record) -> None:
        """Have the code of a scan held before it."""
        if isinstance(record, Scan):
            self.emulator.present(record.code, record.symbology or _QR)

    def orders(self) -> Sequence[AnswerRecord]:
        """A scanner asks nothing of the twin."""
        return ()

    def fault(self, kind: FaultKind | None) -> bool:
        """Begin a fault, or end it with None; return whether it can have it."""
        return self.emulator.fault(kind)

    def close(self) -> None:
        """Let go of the line; may be called twice."""
        self._line.close()
