"""Emulated readers that live what the twin's own readers live."""

from __future__ import annotations

from collections.abc import Sequence

from contracts.checkout import PalmEnrolled
from contracts.ports import FaultKind
from contracts.record import Record
from contracts.records import AnswerRecord, PalmScan, Scan
from devices.osdp.card_emulator import CardEmulator
from devices.osdp.palm_emulator import PalmEmulator


class EmulatedReader:
    """What a run drives.

    Args:
        emulator: the device; this closes it.
    """

    def __init__(self, emulator: CardEmulator | PalmEmulator) -> None:
        self.emulator = emulator

    def work(self) -> None:
        """Hear what came over the line, and say what is due."""
        self.emulator.work()

    def live(self, record: Record) -> None:
        """Have the code of a scan, or the palm, held before it; also the palm that the twin has just enrolled."""
        if isinstance(record, Scan) and isinstance(self.emulator, CardEmulator):
            self.emulator.present(record.code)
        elif isinstance(record, PalmScan | PalmEnrolled) and isinstance(self.emulator, PalmEmulator):
            self.emulator.present(record.handle)

    def orders(self) -> Sequence[AnswerRecord]:
        """A reader asks nothing of the twin."""
        return ()

    def fault(self, kind: FaultKind | None) -> bool:
        """Begin a fault, or end it with None; return whether it can have it."""
        return self.emulator.fault(kind)

    def close(self) -> None:
        """Let go of the line; may be called twice."""
        self.emulator.close()
