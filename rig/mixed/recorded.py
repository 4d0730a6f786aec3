"""A device of which only a recording is left: it says what it said, when it said it, whatever it is told now."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from contracts.biometrics import BioScan
from contracts.checkout import PalmEnrolled, PaymentResult, TerminalEvent
from contracts.errors import UsageError
from contracts.ports import PortInfo, PortKind
from contracts.record import Record
from contracts.records import Frame, GateEvent, PalmScan, Scan, Weights
from rig.bench.stores import camera_of, devices_of, plates_of
from rig.loop import is_sensor
from rig.mixed.recorded_kinds import PORTS, RecordedCamera, RecordedPort, RecordedScale
from rig.recording.reader import Recording

_KINDS: dict[type[Record], PortKind] = {
    Weights: PortKind.SCALE,
    Frame: PortKind.CAMERA,
    Scan: PortKind.SCANNER,
    PalmScan: PortKind.PALM_READER,
    PalmEnrolled: PortKind.PALM_READER,
    BioScan: PortKind.BIO_READER,
    GateEvent: PortKind.GATE,
    TerminalEvent: PortKind.CARD_TERMINAL,
    PaymentResult: PortKind.PAYMENT_PROVIDER,
}


def recorded_port(device: str, path: Path) -> RecordedPort:
    """Return a device as a recording has it, as the port that it was.

    Args:
        device: device id.
        path: the recording.

    Raises:
        UsageError: the recording's store has no such device, and nothing of that name spoke in it.
        BadRecording: it cannot be read.
    """
    recording = Recording(path)
    coming = (record for record in recording.records() if record.source == device and is_sensor(record))
    first = next(coming, None)
    kind = devices_of(recording.layout).get(device) or (None if first is None else _of_record(first))
    if kind is None:
        raise UsageError(
            f"the recording holds nothing of {device}",
            where=str(path),
            expected="the id of a device of its store, or of one that spoke in it",
            hint=f"rig inspect {path}",
        )
    return _port(PortInfo(device, kind, f"recorded in {path.name}"), recording, _from(first, coming))


def _of_record(record: Record) -> PortKind | None:
    return _KINDS.get(type(record))


def _from(first: Record | None, coming: Iterator[Record]) -> Iterator[Record]:
    if first is not None:
        yield first
        yield from coming


def _port(info: PortInfo, recording: Recording, coming: Iterator[Record]) -> RecordedPort:
    camera = camera_of(recording.layout, info.id)
    if info.kind is PortKind.CAMERA and camera is not None:
        return RecordedCamera(info, coming, camera)
    if info.kind is PortKind.SCALE:
        return RecordedScale(info, coming, plates_of(recording.layout, info.id))
    return PORTS.get(info.kind, RecordedPort)(info, coming)
