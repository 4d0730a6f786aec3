"""Emulator and driver on one line: every protocol, every fault, every harm."""

import pytest

from contracts.clock import MILLISECOND, SECOND
from contracts.errors import UsageError
from contracts.ports import FaultKind
from devices.line import SerialLine
from devices.scanner.codec import Trouble
from devices.scanner.emulator import FAULTS, Harm
from devices.scanner.honeywell import HoneywellCodec, MenuAnswer
from devices.scanner.profiles import PROFILES, find
from devices.scanner.ssi import SsiCodec
from devices.scanner.ssi_frame import Op
from devices.scanner.text import TextCodec, TextProfile
from devices.scanner.text_device import TextDevice
from tests.devices.scanner.stepping import Counter

LONG = bytes(range(0x20, 0x7F)) * 6


def at(profile: str) -> Counter:
    kind = find(profile)
    return Counter(kind.codec(), kind.side(), again_ns=kind.again_ns)


@pytest.fixture(params=PROFILES)
def counter(request: pytest.FixtureRequest) -> Counter:
    made = at(request.param)
    made.wait(100 * MILLISECOND)
    return made


def test_codes_come_as_they_were_shown(counter: Counter) -> None:
    for code in (b"5901234123457", b"\x00\xff\x80", LONG):
        assert counter.shows(code, 3 * SECOND) == [code]


def test_each_fault_begins_and_ends(counter: Counter) -> None:
    assert counter.shows(b"before", 3 * SECOND) == [b"before"]
    seen = {}
    for kind in sorted(FAULTS):
        counter.wait(4 * SECOND)
        assert counter.driver.fault(kind)
        seen[kind] = counter.shows(kind.encode() * 4, SECOND)
        late = counter.wait(2 * SECOND)
        assert not late or kind in (FaultKind.DELAYED, FaultKind.GARBAGE)
        seen[kind] += [scan.code for scan in late]
        assert counter.driver.fault(None)
        counter.wait(6 * SECOND)
        assert counter.shows(b"after " + kind.encode(), 3 * SECOND) == [b"after " + kind.encode()], kind
    assert seen[FaultKind.OFF] == []
    assert seen[FaultKind.STUCK] == [b"after slow"]
    assert seen[FaultKind.SLOW] == [b"slow" * 4]
    assert seen[FaultKind.DELAYED] == [b"delayed" * 4]
    assert b"garbage" * 4 not in seen[FaultKind.GARBAGE]


def test_what_it_cannot_have_is_refused(counter: Counter) -> None:
    assert not counter.driver.fault(FaultKind.WRONG)


def test_an_intermittent_scanner_misses_some(counter: Counter) -> None:
    counter.driver.fault(FaultKind.INTERMITTENT)
    read = [code for number in range(20) for code in counter.shows(b"code %d" % number)]
    assert 3 < len(read) < 17


@pytest.mark.parametrize("harm", Harm)
def test_no_harm_outlasts_its_frame_nor_doubles_a_code(counter: Counter, harm: Harm) -> None:
    counter.emulator.harm(harm)
    first = counter.shows(b"first code", 8 * SECOND)
    assert len(first) <= 1
    assert counter.shows(b"second code", 3 * SECOND) == [b"second code"]


@pytest.mark.parametrize("harm", Harm)
@pytest.mark.parametrize("pair", ["zebra-ssi", "text-ack"])
def test_answers_make_good_what_is_lost(harm: Harm, pair: str) -> None:
    counter = at(pair)
    counter.wait(100 * MILLISECOND)
    counter.emulator.harm(harm)
    if (pair, harm) == ("text-ack", Harm.INTERLEAVED):
        # Text has no checksum: nobody can see this one.
        assert counter.shows(b"code", 8 * SECOND) != [b"code"]
    else:
        assert counter.shows(b"code", 8 * SECOND) == [b"code"]


def test_a_lost_answer_shows_as_a_duplicate_in_ssi() -> None:
    counter = at("zebra-ssi")
    counter.wait(100 * MILLISECOND)
    counter.emulator.harm(Harm.LOST_ACK)
    assert counter.shows(b"code", 8 * SECOND) == [b"code"]
    assert counter.driver.troubles[Trouble.DUPLICATE] == 1


def test_a_scanner_that_is_told_to_goes_dark() -> None:
    for pair in ("honeywell", "datalogic", "zebra-ssi", "zebra-ssi-raw"):
        counter = at(pair)
        counter.driver.safe_state()
        counter.wait(SECOND)
        assert counter.side.reading is False, pair  # type: ignore[attr-defined]  # of those that can be told
        counter.driver.light(on=True)
        counter.wait(SECOND)
        assert counter.shows(b"code", SECOND) == [b"code"]


def test_the_host_can_ask_who_it_is_and_how_it_is_set() -> None:
    ssi, honeywell = at("zebra-ssi"), at("honeywell")
    assert isinstance(ssi.codec, SsiCodec)
    ssi.codec.command(Op.REQUEST_REVISION, b"", ssi.clock.now_ns)
    ssi.wait(SECOND)
    assert ssi.codec.revision == "EMULATED-1.0"
    assert isinstance(honeywell.codec, HoneywellCodec)
    for command in ("cbrena?.", "cbrena0.", "cbrenax.", "nosuch?."):
        honeywell.codec.ask(command, honeywell.clock.now_ns)
        honeywell.wait(3 * SECOND)
    assert honeywell.codec.answers == [
        MenuAnswer("CBRENA1", done=True),
        MenuAnswer("CBRENA0", done=True),
        MenuAnswer("CBRENAx", done=False),
        MenuAnswer("NOSUCH?", done=False),
    ]


def test_the_same_seed_gives_the_same_times() -> None:
    def times(seed: int) -> list[int]:
        counter = Counter(TextCodec(TextProfile()), TextDevice(TextProfile()), seed=seed)
        for code in range(8):
            counter.driver.present(b"%d" % code)
        return [scan.t_ns for scan in counter.wait(SECOND)]

    assert times(1) == times(1) != times(2)


def test_a_kind_that_nobody_knows_is_told_with_those_there_are() -> None:
    with pytest.raises(UsageError, match="zebra-ssi"):
        find("zebra")


def test_the_line_of_each_kind_can_be_set_up() -> None:
    for kind in PROFILES.values():
        if kind.line:
            line = SerialLine(f"loop://?{kind.line}")
            line.close()
