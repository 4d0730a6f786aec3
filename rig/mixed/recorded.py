"""A device of which only a recording is left."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from contracts.errors import UsageError
from contracts.ports import FaultKind, PortInfo, PortKind
from contracts.record import Record
from contracts.records import Frame, GateEvent, PalmScan, Scan, Weights
from rig.loop import is_sensor
from rig.recording.reader import Recording

_KINDS: dict[type[Record], PortKind] = {
    Weights: PortKind.SCALE,
    Frame: PortKind.CAMERA,
    Scan: PortKind.SCANNER,
    PalmScan: PortKind.PALM_READER,
    GateEvent: PortKind.GATE,
}


class RecordedPort:
    """Says what a device said in an earlier run, at the same times of this one.

    Args:
        device: device id.
        recording: the file.

    Raises:
        UsageError: the recording has nothing of it.
        BadRecording: it cannot be read.
    """

    def __init__(self, device: str, recording: Path) -> None:
        found = Recording(recording).records()
        self._coming: Iterator[Record] = (r for r in found if r.source == device and is_sensor(r))
        self._next = next(self._coming, None)
        if self._next is None:
            raise UsageError(
                f"the recording holds nothing of {device}",
                where=str(recording),
                expected="the id of a device that spoke in it",
                hint=f"rig inspect {recording}",
            )
        kind = _KINDS.get(type(self._next), PortKind.CARD_TERMINAL)
        self.info = PortInfo(device, kind, f"recorded in {recording.name}")

    def read(self, until_ns: int) -> Sequence[Record]:
        """Return what it said after the last call and up to until_ns, oldest first."""
        due: list[Record] = []
        while self._next is not None and self._next.t_ns <= until_ns:
            due.append(self._next)
            self._next = next(self._coming, None)
        return due

    def fault(self, kind: FaultKind | None) -> bool:
        """Tell that the past cannot fail any more."""
        return kind is None

    def safe_state(self) -> None:
        """A recording hurts nobody."""
