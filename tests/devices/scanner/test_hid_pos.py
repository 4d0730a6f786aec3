"""HID POS reports: the example of a manual, long codes, other layouts, garbage."""

from hypothesis import given
from hypothesis import strategies as st

from devices.scanner.codec import CodeRead, Trouble
from devices.scanner.hid_pos import MICROSCAN, NEXT_NS, POS, REPORT, HidCodec, HidProfile, build, parse
from tests.devices.scanner.stepping import codes, cut, feed_all

BOARDING_PASS = b"M1GATHERGOOD/MICHAEL  YABCDEF LHRDURAK 3542 052Y003D23  60"
FIRST = bytes.fromhex("02 38 5D 51 30") + BOARDING_PASS[:56] + bytes.fromhex("73 00 01")


def test_the_first_report_of_a_long_code_is_that_of_the_manual() -> None:
    part = parse(FIRST, POS)
    assert part is not None
    assert (part.code, part.aim_id, part.more) == (BOARDING_PASS[:56], "]Q0", True)
    second = build(BOARDING_PASS[56:], "]Q0", POS)[0]
    assert HidCodec().feed(FIRST + second, 0) == [CodeRead(BOARDING_PASS, "]Q0")]


def test_reports_are_built_as_they_are_read() -> None:
    first, second = build(BOARDING_PASS, "]Q0", POS)
    assert first[:61] == FIRST[:61]
    assert (first[63], second[1], second[63]) == (1, len(BOARDING_PASS) - 56, 0)


def test_microscan_tells_neither_aim_id_nor_whether_it_goes_on() -> None:
    codec = HidCodec(MICROSCAN)
    assert codec.feed(build(b"short", "]Q1", MICROSCAN)[0], 0) == [CodeRead(b"short", "")]
    long, full = b"x" * 70, b"y" * 62
    assert codes(codec.feed(b"".join(build(long, "", MICROSCAN)), 1)) == [long]
    assert codec.feed(b"".join(build(full, "", MICROSCAN)), 2) == []
    assert codes(codec.feed(b"", 2 + NEXT_NS)) == [full]


def test_a_code_that_breaks_off_is_given_up() -> None:
    codec = HidCodec()
    codec.feed(FIRST, 0)
    whole = build(b"whole", "]Q1", POS)[0]
    assert codes(codec.feed(whole, NEXT_NS)) == [b"whole"]
    assert codec.troubles[Trouble.HALF] == 1
    codec.feed(whole[:30], 2 * NEXT_NS)
    assert codes(codec.feed(whole, 3 * NEXT_NS)) == [b"whole"]


def test_a_code_without_end_stays_within_bounds() -> None:
    codec = HidCodec(HidProfile(report_id=2, aim_at=2, data_at=5, most=56, more_at=63, most_bytes=500))
    for _ in range(100):
        assert codec.feed(FIRST, 0) == []
        assert len(codec._parts) < 20
    assert codec.feed(build(b"tail", "]Q1", POS)[0], 0) == []
    assert codes(codec.feed(build(b"next", "]Q1", POS)[0], 0)) == [b"next"]


def test_other_reports_are_passed_over() -> None:
    codec = HidCodec()
    keyboard = b"\x01" + bytes(REPORT - 1)
    assert codes(codec.feed(keyboard + build(b"code", "]Q1", POS)[0], 0)) == [b"code"]
    assert codec.troubles[Trouble.SKIPPED] == REPORT


STREAMS = st.lists(
    st.binary(max_size=150).map(lambda code: b"".join(build(code, "]E0", POS))) | st.binary(max_size=70), max_size=6
).map(b"".join)


@given(STREAMS, st.lists(st.integers(0, 600)), st.sampled_from([POS, MICROSCAN]))
def test_any_split_gives_the_same(stream: bytes, cuts: list[int], profile: HidProfile) -> None:
    whole, pieces = HidCodec(profile), HidCodec(profile)
    assert feed_all(whole, [stream]) == feed_all(pieces, cut(stream, cuts))
    assert whole.feed(b"", NEXT_NS) == pieces.feed(b"", NEXT_NS)
    assert whole.troubles == pieces.troubles


@given(st.binary(min_size=1, max_size=300), st.sampled_from([POS, MICROSCAN]))
def test_what_is_built_is_read(code: bytes, profile: HidProfile) -> None:
    codec = HidCodec(profile)
    found = codec.feed(b"".join(build(code, "]Q1", profile)), 0) + codec.feed(b"", NEXT_NS)
    assert codes(found) == [code]
