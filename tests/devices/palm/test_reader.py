"""Palms by pictures: one record for each hand, whatever comes before and after it."""

import pytest

from contracts.clock import MILLISECOND
from contracts.errors import DeviceUnavailable
from contracts.palms import PalmAnswer
from contracts.ports import FaultKind
from contracts.records import PalmScan
from devices.palm.emulator import FAULTS
from devices.palm.presentation import GONE_NS, TRIES, Presentation
from tests.devices.palm.desk import Desk


def handles(scans: list[PalmScan]) -> list[str]:
    return [scan.handle for scan in scans]


def test_each_palm_is_told_once_and_the_next_one_after_it() -> None:
    desk = Desk()
    assert desk.wait(1) == []
    for palm in ("palm-1", "palm-2", "palm-2"):
        desk.reader.present(palm)
        assert handles(desk.wait(3)) == [palm]
    assert desk.reader.pictures > 100


def test_a_stranger_is_looked_at_several_times_and_told_of_once_with_why() -> None:
    desk = Desk()
    desk.wait(1)
    desk.reader.present("")
    (scan,) = desk.wait(3)
    assert (scan.handle, scan.why) == ("", "nobody who enrolled")
    assert desk.matcher.looked == TRIES


def test_in_the_dark_and_while_it_is_off_no_picture_is_looked_at() -> None:
    desk = Desk()
    desk.reader.safe_state()
    desk.wait(1)
    desk.reader.present("palm-1")
    assert desk.wait(3) == []
    assert desk.matcher.looked == 0


@pytest.mark.parametrize("fault", sorted(FAULTS))
def test_it_is_well_again_after_each_fault(fault: FaultKind) -> None:
    desk = Desk()
    desk.wait(1)
    assert desk.reader.fault(fault)
    desk.reader.present("palm-2")
    assert len(desk.wait(4)) <= 1
    if fault in (FaultKind.OFF, FaultKind.GARBAGE):
        assert "no picture comes" in str(desk.reader.complaint)
    assert desk.reader.fault(None)
    desk.wait(1)
    assert desk.reader.complaint is None
    desk.reader.present("palm-1")
    assert handles(desk.wait(3)) == ["palm-1"]


def test_a_line_that_is_lost_is_opened_again() -> None:
    desk = Desk()
    desk.wait(1)
    desk.ours.close()
    desk.wait(0.2)
    assert "the line is closed" in str(desk.reader.complaint)
    desk.ours.open = True
    desk.far.arrivals += 1
    desk.wait(2)
    assert desk.reader.complaint is None


def test_a_hand_that_was_taken_away_too_soon_is_told_of_as_it_was_seen_last() -> None:
    hand = Presentation()
    assert hand.sees(True, 0)
    assert hand.answered(PalmAnswer(why="held askew")) is None
    assert hand.passes(GONE_NS) is None
    assert not hand.sees(False, GONE_NS - 2 * MILLISECOND)
    assert hand.passes(GONE_NS - MILLISECOND) is None
    assert hand.passes(GONE_NS) == PalmAnswer(why="held askew")
    assert hand.passes(2 * GONE_NS) is None


def test_a_probe_waits_for_a_picture_and_says_what_to_try_when_none_comes() -> None:
    desk = Desk()
    with pytest.raises(DeviceUnavailable, match="check power, address and path"):
        desk.reader.probe()
