"""Cards and codes, from the emulated reader through the driver."""

import pytest

from contracts.clock import SECOND, VirtualClock
from contracts.errors import UsageError
from contracts.ports import FaultKind
from devices.line_pair import line_pair
from devices.osdp import profiles
from devices.osdp.cards import Bits, read_formatted, read_keys, read_raw
from devices.osdp.codes import Command, Reply
from devices.osdp.harm import Harm
from devices.osdp.link import Link
from devices.osdp.showing import Color
from devices.osdp.trouble import Trouble
from devices.osdp.wiegand import bits_of, decode_26, encode_26
from devices.osdp.wire import wire
from tests.devices.osdp.desk import SECURE, Desk


@pytest.mark.parametrize("link", [Link(3), Link(3, crc=False), SECURE], ids=["clear", "checksum", "secure"])
@pytest.mark.parametrize(
    ("name", "code"), [("osdp-code", b"\0code\xff"), ("osdp-text", b"ABC-1"), ("osdp-card", b"123-4567")]
)
def test_what_is_shown_is_read(name: str, code: bytes, link: Link) -> None:
    desk = Desk(name, link)
    assert desk.reads(code) == [code]
    assert desk.driver.complaint is None
    assert not +desk.driver.troubles


def test_long_codes_and_too_long_ones() -> None:
    desk = Desk("osdp-code")
    assert desk.reads(b"q" * 1376, seconds=2) == [b"q" * 1376]
    with pytest.raises(UsageError, match="cannot tell such a code"):
        desk.reads(b"q" * 1377)
    with pytest.raises(UsageError, match="cannot tell such a code"):
        Desk("osdp-card").reads(b"300-1")


@pytest.mark.parametrize("harm", Harm)
@pytest.mark.parametrize("link", [Link(3), SECURE], ids=["clear", "secure"])
def test_no_harm_to_the_wire_loses_or_doubles_a_code(harm: Harm, link: Link) -> None:
    desk = Desk("osdp-code", link)
    assert desk.reads(b"before") == [b"before"]
    desk.emulator.harm(harm)
    desk.wait(3)
    assert desk.reads(b"after", seconds=3) == [b"after"]
    assert desk.driver.acu.ready


@pytest.mark.parametrize("harm", [harm for harm in Harm if harm not in (Harm.REBOOT, Harm.FORGED)])
def test_no_harm_to_the_very_packet_loses_or_doubles_it(harm: Harm) -> None:
    desk = Desk("osdp-code")
    desk.wait(1)
    desk.card.pd.tell(Reply.FMT, b"\0\0\4card")
    desk.emulator.harm(harm)
    assert [record.code for record in desk.wait(4)] == [b"card"]  # type: ignore[attr-defined]


def test_a_forged_code_is_read_in_clear_and_never_in_the_secure_channel() -> None:
    for link, codes in ((Link(3), [b"care"]), (SECURE, [])):
        desk = Desk("osdp-code", link)
        desk.wait(1)
        desk.card.pd.tell(Reply.FMT, b"\0\0\4card")
        desk.emulator.harm(Harm.FORGED)
        assert [record.code for record in desk.wait(4)] == codes  # type: ignore[attr-defined]
        assert desk.driver.troubles[Trouble.FORGED] == (link is SECURE)
        assert desk.reads(b"next") == [b"next"]


@pytest.mark.parametrize("kind", sorted(FaultKind))
def test_faults_come_and_go(kind: FaultKind) -> None:
    desk = Desk("osdp-code")
    assert desk.reads(b"first") == [b"first"]
    had = desk.driver.fault(kind)
    assert had is (kind is not FaultKind.WRONG)
    during = desk.reads(b"second", seconds=4)
    assert set(during) <= {FaultKind.STUCK: {b"first"}}.get(kind, {b"second"})
    assert during or kind in (FaultKind.OFF, FaultKind.GARBAGE, FaultKind.INTERMITTENT)
    assert desk.driver.fault(None)
    desk.wait(8)
    assert desk.reads(b"third") == [b"third"]


def test_a_card_with_a_wrong_parity_is_counted_and_not_read() -> None:
    # As osdp 1.6 and libosdp exchanged it: its leading parity is invalid.
    desk = Desk("osdp-card")
    desk.wait(1)
    desk.card.pd.tell(Reply.RAW, bytes.fromhex("00011A008C4D5680"))
    assert desk.wait(1) == []
    assert desk.driver.troubles[Trouble.PARITY] == 1


def test_bits_cards_and_keys() -> None:
    assert encode_26(123, 4567) == "10111101100010001110101110"
    assert encode_26(25, 39597) == "10001100110011010101011010"
    assert decode_26("10111101100010001110101110") == (123, 4567)
    assert decode_26("00111101100010001110101110") is None
    assert bits_of(b"\x8c\x4d\x56\x80", 26) == "10001100010011010101011010"
    assert Bits(0, 1, "10110").code == b"10110"
    assert read_raw(b"\0\1\x1a\0abc") is None
    assert read_formatted(b"\0\1\3cba") == b"abc"
    assert read_formatted(b"\0\0\4abc") is None
    assert read_keys(b"\0\x021\x7f") == b"1\x7f"
    assert read_keys(b"\0\x021") is None


def test_a_reader_in_its_safe_state_reads_nothing_and_shows_red() -> None:
    desk = Desk("osdp-code")
    desk.driver.safe_state()
    assert desk.reads(b"code") == []
    assert desk.emulator.pd.panel.lights == {(0, 0): Color.RED}
    desk.driver.light(on=True)
    assert desk.reads(b"code") == [b"code"]
    assert desk.emulator.pd.panel.lights == {(0, 0): Color.GREEN}


def test_without_an_emulator_nothing_is_presented_and_only_off_is_had() -> None:
    ours, theirs = line_pair()
    clock = VirtualClock()
    driver = profiles.code_reader("osdp-code", "reader-1", wire(lambda: ours, clock, SECURE))
    emulator = profiles.card_emulator("osdp-code", "reader-1", theirs, clock, SECURE)
    with pytest.raises(UsageError, match="nothing shows codes"):
        driver.present(b"x")
    assert [kind for kind in FaultKind if driver.fault(kind)] == [FaultKind.OFF]
    driver.fault(FaultKind.OFF)
    emulator.present(b"x")
    records = []
    for _ in range(40):
        clock.wait_until(clock.now_ns + SECOND // 20)
        emulator.work()
        records += driver.read(clock.now_ns)
    assert records == []
    assert driver.acu.ready
    driver.close()
    driver.close()


def test_no_such_kind_of_reader() -> None:
    ours, _ = line_pair()
    with pytest.raises(UsageError, match="osdp-code, osdp-text, osdp-card"):
        profiles.code_reader("osdp-palm", "reader-1", wire(lambda: ours, VirtualClock(), SECURE))
    assert Command.POLL == 0x60
