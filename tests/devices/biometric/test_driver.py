"""Outcomes that only a wire can tell or hide: failures, a card of somebody else's, a reader of something else."""

import pytest

from contracts.biometrics import BioOutcome, BioScan, Modality
from contracts.clock import MILLISECOND, SECOND, VirtualClock
from contracts.errors import UsageError
from devices.biometric.driver import OsdpBioReader
from devices.biometric.emulator import BioEmulator
from devices.biometric.kinds import KINDS
from devices.line_pair import line_pair
from devices.osdp.wire import wire
from tests.contract.osdp import LINK


class Desk:
    def __init__(self, driver: Modality, device: Modality) -> None:
        ours, theirs = line_pair()
        self.clock = VirtualClock()
        self.emulator = BioEmulator("r", theirs, self.clock, LINK, device)
        self.driver = OsdpBioReader("r", wire(lambda: ours, self.clock, LINK), driver, presenter=self.emulator)

    def wait(self, seconds: float = 3) -> list[BioScan]:
        heard: list[BioScan] = []
        end_ns = self.clock.now_ns + round(seconds * SECOND)
        while self.clock.now_ns < end_ns:
            self.clock.wait_until(self.clock.now_ns + 50 * MILLISECOND)
            self.emulator.work()
            heard += self.driver.read(self.clock.now_ns)
        return heard


@pytest.mark.parametrize("modality", Modality)
@pytest.mark.parametrize("outcome", [BioOutcome.ATTACK, BioOutcome.NOT_ACQUIRED])
def test_an_attack_is_a_failed_reading_on_this_wire_and_names_nobody(modality: Modality, outcome: BioOutcome) -> None:
    desk = Desk(modality, modality)
    desk.emulator.present("ana", outcome)
    (scan,) = desk.wait()
    assert (scan.outcome, scan.subject) == (BioOutcome.NOT_ACQUIRED, "")
    assert "try again" in scan.why


def test_a_card_in_the_hand_of_somebody_else_does_not_match() -> None:
    desk = Desk(Modality.FINGERPRINT_CARD, Modality.FINGERPRINT_CARD)
    desk.emulator.present("card-ana", BioOutcome.NO_MATCH)
    (scan,) = desk.wait()
    assert (scan.outcome, scan.subject) == (BioOutcome.NO_MATCH, "")


def test_a_reader_of_fingers_does_not_read_faces() -> None:
    desk = Desk(Modality.FACE, Modality.FINGERPRINT)
    desk.emulator.present("ana")
    assert desk.wait() == []


def test_without_somebody_at_the_bench_nobody_is_presented() -> None:
    ours, _ = line_pair()
    driver = OsdpBioReader("r", wire(lambda: ours, VirtualClock(), LINK), Modality.FACE)
    with pytest.raises(UsageError, match="nothing presents people"):
        driver.present("ana")


def test_a_bench_file_finds_them_by_name() -> None:
    names = {kind.name for kind in KINDS}
    assert names == {"biometric/osdp-face", "biometric/osdp-fingerprint", "biometric/osdp-fingerprint-card"}
    assert all(kind.emulate for kind in KINDS)
