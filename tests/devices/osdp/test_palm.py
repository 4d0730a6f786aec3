"""Palms, from the emulated reader through the driver: identified by the reader, or verified with a template."""

import pytest

from contracts.clock import SECOND, VirtualClock
from contracts.errors import UsageError
from contracts.ports import FaultKind, PalmReader
from contracts.records import PalmScan
from devices.line_pair import line_pair
from devices.osdp import profiles
from devices.osdp.bio import (
    BioMatch,
    BioMatched,
    BioRead,
    BioReading,
    Outcome,
    read_bio_match,
    read_bio_matched,
    read_bio_read,
    read_bio_reading,
)
from devices.osdp.codes import Reply
from devices.osdp.harm import Harm
from devices.osdp.link import Link
from devices.osdp.palm_emulator import made_up_template
from devices.osdp.wire import wire
from tests.devices.osdp.desk import SECURE, Desk


@pytest.mark.parametrize("link", [Link(3), SECURE], ids=["clear", "secure"])
def test_a_reader_that_identifies(link: Link) -> None:
    desk = Desk("osdp-palm", link)
    assert isinstance(desk.driver, PalmReader)
    assert desk.knows("palm-1") == ["palm-1"]
    assert desk.knows("palm-9") == ["palm-9"]
    assert desk.knows("") == [""]
    assert desk.wait(5) == []
    assert desk.driver.complaint is None


def test_the_quality_is_between_0_and_1() -> None:
    desk = Desk("osdp-palm")
    desk.palm.present("palm-1")
    (scan,) = desk.wait(2)
    assert isinstance(scan, PalmScan)
    assert 0.75 <= scan.quality < 1


def test_a_reader_that_verifies() -> None:
    desk = Desk("osdp-palm-verify")
    assert desk.knows("palm-1") == ["palm-1"]
    assert desk.knows("palm-2", claim="palm-1") == [""]
    assert desk.knows("palm-7") == [""]
    assert desk.knows("palm-2") == ["palm-2"]


def test_no_template_is_printed_or_sent_in_clear() -> None:
    template = made_up_template("palm-1")
    assert template.hex()[:8] not in repr(BioMatch(0, template)) + repr(BioReading(0, 0, data=template))
    assert repr(template)[2:12] not in repr(BioMatch(0, template))


@pytest.mark.parametrize("harm", Harm)
@pytest.mark.parametrize("name", ["osdp-palm", "osdp-palm-verify"])
def test_after_any_harm_palms_are_known_again(harm: Harm, name: str) -> None:
    desk = Desk(name)
    assert desk.knows("palm-1") == ["palm-1"]
    desk.emulator.harm(harm, times=2)
    desk.wait(3)
    assert desk.knows("palm-2", seconds=4) == ["palm-2"]


@pytest.mark.parametrize("kind", sorted(FaultKind))
def test_faults_come_and_go(kind: FaultKind) -> None:
    desk = Desk("osdp-palm")
    assert desk.knows("palm-1") == ["palm-1"]
    assert desk.driver.fault(kind)
    during = desk.knows("palm-2", seconds=4)
    wrong = kind in (FaultKind.STUCK, FaultKind.WRONG)
    assert set(during) <= {"palm-1" if wrong else "palm-2"}
    assert during or kind in (FaultKind.OFF, FaultKind.GARBAGE, FaultKind.INTERMITTENT)
    assert desk.driver.fault(None)
    desk.wait(8)
    assert desk.knows("palm-3") == ["palm-3"]


def test_a_reading_that_timed_out_is_asked_for_again() -> None:
    desk = Desk("osdp-palm")
    desk.wait(1)
    desk.palm.pd.tell(Reply.BIOREADR, BioReading(0, Outcome.TIMED_OUT).pack())
    desk.palm.pd.tell(Reply.BIOREADR, b"\0")
    assert desk.wait(1) == []
    assert desk.knows("palm-1") == ["palm-1"]


def test_a_reader_of_cards_is_no_palm_reader_and_says_so() -> None:
    ours, theirs = line_pair()
    clock = VirtualClock()
    emulator = profiles.card_emulator("osdp-code", "reader-1", theirs, clock, SECURE)
    driver = profiles.palm_reader("osdp-palm", "reader-1", wire(lambda: ours, clock, SECURE))
    for _ in range(20):
        clock.wait_until(clock.now_ns + SECOND // 20)
        emulator.work()
        driver.read(clock.now_ns)
    assert driver.complaint is not None
    assert "reads no palms" in str(driver.complaint)
    assert "unknown command" in str(driver.complaint)
    with pytest.raises(UsageError, match="nothing holds palms"):
        driver.present("palm-1")


def test_a_dark_reader_asks_for_no_palm() -> None:
    desk = Desk("osdp-palm")
    desk.driver.safe_state()
    assert desk.knows("palm-1") == []


def test_payloads_of_osdp_net() -> None:
    assert BioRead(0, 7, 2, 4).pack() == bytes((0, 7, 2, 4))
    assert read_bio_read(bytes((0, 7, 2, 4))) == BioRead(0, 7, 2, 4)
    match = bytes((0, 7, 2, 4, 3, 0, 1, 2, 5))
    assert BioMatch(0, b"\1\2\5", 7, 2, 4).pack() == match
    assert read_bio_match(match) == BioMatch(0, b"\1\2\5", 7, 2, 4)
    reading = bytes((0, 0, 1, 0x50, 5, 0, 0, 1, 2, 3, 4))
    assert read_bio_reading(reading) == BioReading(0, 0, 1, 0x50, bytes(range(5)))
    assert read_bio_matched(b"\0\0\x63") == BioMatched(0, 0, 99)
    assert read_bio_matched(b"\0\0") is None
    assert read_bio_reading(reading[:-1]) is None
