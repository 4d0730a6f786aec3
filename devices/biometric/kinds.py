"""Readers of faces and fingers for bench files: one kind a modality."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from contracts.biometrics import BioScan, Modality
from contracts.ports import FaultKind, Port, PortKind
from contracts.record import Record
from contracts.records import AnswerRecord
from devices.biometric.driver import OsdpBioReader
from devices.biometric.emulator import BioEmulator
from devices.drivers.kind import DriverKind, Emulated, Wanted
from devices.osdp.kinds import ReaderOptions, far_of, link_of, places_of, wire_of

_ABOUT = {
    Modality.FACE: "faces that the reader knows by itself, by OSDP",
    Modality.FINGERPRINT: "fingers that the reader knows by itself, by OSDP",
    Modality.FINGERPRINT_CARD: "a card that compares its holder's finger by itself, by OSDP",
}


class EmulatedBioReader:
    """What a run drives.

    Args:
        emulator: the device; this closes it.
    """

    def __init__(self, emulator: BioEmulator) -> None:
        self.emulator = emulator

    def work(self) -> None:
        """Hear what came over the line, and say what is due."""
        self.emulator.work()

    def live(self, record: Record) -> None:
        """Have somebody presented, to whom happens what happened at the twin's own reader."""
        if isinstance(record, BioScan):
            self.emulator.present(record.subject, record.outcome)

    def orders(self) -> Sequence[AnswerRecord]:
        """A reader asks nothing of the twin."""
        return ()

    def fault(self, kind: FaultKind | None) -> bool:
        """Begin a fault, or end it with None; return whether it can have it."""
        return self.emulator.fault(kind)

    def close(self) -> None:
        """Let go of the line; may be called twice."""
        self.emulator.close()


def _make(modality: Modality, wanted: Wanted) -> Port:
    options = ReaderOptions.model_validate(wanted.options, from_attributes=True)
    return OsdpBioReader(wanted.id, wire_of(wanted, options), modality)


def _emulate(modality: Modality, wanted: Wanted) -> Emulated:
    options = ReaderOptions.model_validate(wanted.options, from_attributes=True)
    link, seed = link_of(options), options.seed
    return EmulatedBioReader(BioEmulator(wanted.id, far_of(wanted), wanted.clock, link, modality, seed=seed))


KINDS = tuple(
    DriverKind(
        f"biometric/osdp-{modality.value.replace('_', '-')}",
        PortKind.BIO_READER,
        about,
        partial(_make, modality),
        ReaderOptions,
        partial(_emulate, modality),
        places_of,
    )
    for modality, about in _ABOUT.items()
)
