"""Serial text: prefixes, suffixes, silence, AIM ids, answers."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contracts.clock import MILLISECOND
from devices.scanner.codec import CodeRead, Trouble
from devices.scanner.text import ACK, HALF_NS, IDLE_NS, NAK, TextCodec, TextProfile
from tests.devices.scanner.stepping import codes, cut, feed_all

STX_ETX = TextProfile(prefix=b"\x02", suffix=b"\x03")
SILENT = TextProfile(suffix=b"")


@pytest.mark.parametrize(
    ("profile", "stream", "wanted"),
    [
        (TextProfile(), b"5901234123457\r", [b"5901234123457"]),
        (TextProfile(suffix=b"\r\n"), b"one\r\ntwo\r\n", [b"one", b"two"]),
        (TextProfile(suffix=b"\r\n"), b"one\rstill\r\n", [b"one\rstill"]),
        (STX_ETX, b"noise\x02one\x03\x02two\x03", [b"one", b"two"]),
        (STX_ETX, b"\x02brok\x02whole\x03", [b"whole"]),
        (STX_ETX, b"no prefix\x03", []),
        (TextProfile(prefix=b"QR:"), b"QR:see QR: here\r", [b"see QR: here"]),
        (TextProfile(), b"\r\r", []),
        (TextProfile(), b"\x00caf\xc3\xa9\xff\r", [b"\x00caf\xc3\xa9\xff"]),
    ],
)
def test_codes_are_cut_out(profile: TextProfile, stream: bytes, wanted: list[bytes]) -> None:
    assert codes(TextCodec(profile).feed(stream, 0)) == wanted


def test_an_aim_id_is_told_apart_only_where_the_scanner_sends_one() -> None:
    stream = b"]Q1hello\r"
    assert TextCodec(TextProfile(aim=True)).feed(stream, 0) == [CodeRead(b"hello", "]Q1")]
    assert TextCodec(TextProfile()).feed(stream, 0) == [CodeRead(b"]Q1hello", "")]


def test_silence_ends_a_code_without_suffix() -> None:
    codec = TextCodec(SILENT)
    assert codec.feed(b"59012", 0) == []
    assert codec.feed(b"34123457", 60 * MILLISECOND) == []
    assert codec.feed(b"", 60 * MILLISECOND + IDLE_NS - 1) == []
    assert codes(codec.feed(b"", 60 * MILLISECOND + IDLE_NS)) == [b"5901234123457"]
    assert codec.feed(b"", 10**12) == []


def test_half_a_code_is_given_up_after_silence() -> None:
    codec = TextCodec(TextProfile())
    codec.feed(b"half", 0)
    assert codes(codec.feed(b"whole\r", HALF_NS)) == [b"whole"]
    assert codec.troubles[Trouble.HALF] == 1


def test_codes_are_acknowledged_and_broken_ones_refused() -> None:
    codec = TextCodec(TextProfile(acknowledged=True, most_bytes=10))
    codec.feed(b"one\r", 0)
    assert (codec.to_send(), codec.to_send()) == (ACK, b"")
    codec.feed(b"half", 0)
    codec.feed(b"", HALF_NS)
    assert codec.to_send() == NAK
    assert codec.feed(b"longer than ten\r", HALF_NS) == []
    assert codec.to_send() == NAK
    assert codec.troubles[Trouble.TOO_LONG] == 1


def test_answers_to_commands_are_no_part_of_a_code() -> None:
    codec = TextCodec(TextProfile(replies=(b"\x04\xd0\x00\x00\xff\x2c",), on=b"E", off=b"D"))
    codec.scan(True, 0)
    assert codec.to_send() == b"E"
    assert codes(codec.feed(b"\x04\xd0\x00\x00\xff\x2c" * 2 + b"one\r", 0)) == [b"one"]
    codec.feed(b"\x04\xd0\x00\x00\xff\x2c", 0)
    codec.feed(b"", HALF_NS)
    assert not codec.troubles[Trouble.HALF]


def test_a_stream_without_end_stays_within_bounds() -> None:
    codec = TextCodec(TextProfile(most_bytes=100))
    for _ in range(100):
        assert codec.feed(b"x" * 1000, 0) == []
    assert len(codec._buffer) <= 300
    assert codec.feed(b"\r", 0) == []
    assert codes(codec.feed(b"next\r", 0)) == [b"next"]
    assert codec.troubles[Trouble.TOO_LONG] == 1
    codec.feed(b"x" * 1000, 0)
    assert codes(codec.feed(b"after silence\r", HALF_NS)) == [b"after silence"]


PROFILES = st.sampled_from(
    [TextProfile(most_bytes=20), STX_ETX, SILENT, TextProfile(suffix=b"\r\n", aim=True, prefix=b"ab")]
)
STREAMS = st.lists(
    st.sampled_from([b"]Q1", b"\r", b"\n", b"\x02", b"\x03", b"ab", b"code"]) | st.binary(max_size=30)
).map(b"".join)


@given(PROFILES, STREAMS, st.lists(st.integers(0, 200)))
def test_any_split_of_a_stream_gives_the_same(profile: TextProfile, stream: bytes, cuts: list[int]) -> None:
    whole, pieces = TextCodec(profile), TextCodec(profile)
    assert feed_all(whole, [stream]) == feed_all(pieces, cut(stream, cuts))
    assert whole.feed(b"", 10**10) == pieces.feed(b"", 10**10)
    assert whole.troubles == pieces.troubles
    assert whole.to_send() == pieces.to_send()


@given(st.binary(max_size=200), st.binary(min_size=1, max_size=50).filter(lambda code: not {2, 3} & set(code)))
def test_a_code_after_garbage_is_read(garbage: bytes, code: bytes) -> None:
    codec = TextCodec(STX_ETX)
    codec.feed(garbage, 0)
    assert codes(codec.feed(b"\x02" + code + b"\x03", HALF_NS))[-1:] == [code]


def test_a_code_is_not_printed() -> None:
    assert "5901234123457" not in repr(CodeRead(b"5901234123457", "]E0"))
