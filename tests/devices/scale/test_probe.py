"""What a probe tells of a scale, and of one that is not there."""

import re

import pytest

from contracts.clock import VirtualClock
from contracts.errors import DeviceUnavailable, UsageError
from devices.line_pair import LineEnd, line_pair
from devices.scale.balance import Trouble
from devices.scale.emulator import ScaleEmulator
from devices.scale.probe import Probed, probe
from devices.scale.profile import PROFILES

SAID = {
    "mt-sics": "I4 1126493049",
    "mt-sics-stable": "I4 1126493049",
    "toledo-8217": "0 g",
    "toledo-8217-kg": "0 g",
    "toledo-8213": "0 g",
    "nci": "0 g",
    "sma": "SMA:2/1.0",
    "hx711-10": "motion",
    "hx711-80": "motion",
}


class Served(VirtualClock):
    """Time that lets an emulator work as it passes."""

    device: ScaleEmulator | None = None

    def wait_until(self, t_ns: int) -> int:
        if self.device:
            self.device.serve()
        return super().wait_until(t_ns)


def probed(profile: str, really: str, trouble: Trouble | None = None) -> Probed:
    ours, theirs = line_pair()
    clock = Served()
    clock.device = ScaleEmulator(really, theirs, clock)
    clock.device.begin(trouble)
    return probe(profile, 1, ours, clock)


@pytest.mark.parametrize("name", sorted(PROFILES))
def test_it_tells_what_the_scale_says_and_how_fast(name: str) -> None:
    found = probed(name, name)
    assert found.model == PROFILES[name].model
    assert found.said == SAID[name]
    assert 0 <= found.round_trip_ns <= 2_000_000


def test_silence_names_the_next_thing_to_try() -> None:
    with pytest.raises(DeviceUnavailable, match=r"(?s)does not answer.*crossed or straight.*format=7E1"):
        probed("nci", "nci", Trouble.SILENCE)


def test_another_protocol_is_told_from_silence() -> None:
    with pytest.raises(DeviceUnavailable, match=r"(?s)another profile.*toledo-8217"):
        probed("mt-sics", "hx711-10")


def test_a_wrong_parity_is_told_by_its_high_bits() -> None:
    ours, theirs = line_pair()
    clock = Served()

    class Shifted(LineEnd):
        def write(self, data: bytes) -> None:
            theirs.write(bytes(byte | 0x80 for byte in data))

        def read(self) -> bytes:
            return theirs.read()

    clock.device = ScaleEmulator("toledo-8217", Shifted(), clock)
    with pytest.raises(DeviceUnavailable, match=re.escape("the speed or the parity differs")):
        probe("toledo-8217", 1, ours, clock)


def test_an_unknown_profile_is_refused() -> None:
    with pytest.raises(UsageError, match="no such scale"):
        probe("x", 1, line_pair()[0], VirtualClock())
