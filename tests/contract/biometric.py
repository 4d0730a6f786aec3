"""Readers of faces and fingers that speak OSDP in the secure channel, for the ports' suite."""

from __future__ import annotations

from contracts.biometrics import Modality
from contracts.clock import VirtualClock
from devices.biometric.driver import OsdpBioReader
from devices.biometric.emulator import BioEmulator
from devices.line_pair import line_pair
from devices.osdp.wire import wire
from tests.contract.osdp import LINK
from tests.contract.wired import Wired


def reader(modality: Modality, device: str, clock: VirtualClock) -> Wired:
    """Return a reader of a modality."""
    ours, theirs = line_pair()
    emulator = BioEmulator(device, theirs, clock, LINK, modality)
    driver = OsdpBioReader(device, wire(lambda: ours, clock, LINK), modality, presenter=emulator)
    return Wired(driver, emulator.work)
