"""SSI packets: the bytes of the manuals, and streams with garbage."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contracts.errors import UsageError
from devices.scanner.codec import Trouble
from devices.scanner.ssi_frame import CHARACTER_NS, FROM_DECODER, Frame, FrameReader, Nak, Op, Side, Status
from devices.scanner.ssi_types import AIM_IDS, aim_of, kind_of
from tests.devices.scanner.stepping import cut

EAN = bytes.fromhex("12 F3 00 00 0B 35 39 30 31 32 33 34 31 32 33 34 35 37 FC 52")


@pytest.mark.parametrize(
    ("frame", "wanted"),
    [
        (Frame(Op.CMD_ACK, Side.HOST), "04 D0 04 00 FF 28"),
        (Frame(Op.START_SESSION, Side.HOST), "04 E4 04 00 FF 14"),
        (Frame(Op.STOP_SESSION, Side.HOST), "04 E5 04 00 FF 13"),
        (Frame(Op.CMD_NAK, Side.HOST, bytes((Nak.RESEND,))), "05 D1 04 00 01 FF 25"),
        (Frame(Op.SCAN_ENABLE, Side.HOST), "04 E9 04 00 FF 0F"),
        (Frame(Op.PARAM_SEND, Side.HOST, b"\x00\x8a\x04", Status.PERMANENT), "07 C6 04 08 00 8A 04 FE 99"),
        (Frame(Op.DECODE_DATA, Side.DECODER, b"\x0b5901234123457"), EAN.hex()),
    ],
)
def test_packets_are_those_of_the_manuals(frame: Frame, wanted: str) -> None:
    assert frame.pack() == bytes.fromhex(wanted)
    assert FrameReader(frame.source, Counter()).feed(bytes.fromhex(wanted), 0) == [frame]


def test_a_damaged_packet_is_told_and_the_next_is_read() -> None:
    troubles: Counter[Trouble] = Counter()
    reader = FrameReader(Side.DECODER, troubles)
    assert reader.feed(EAN[:-1] + b"\x00", 0) == []
    assert reader.damaged
    assert troubles[Trouble.CHECKSUM] == 1
    assert len(reader.feed(EAN, 0)) == 1
    assert not reader.damaged


def test_half_a_packet_is_given_up_after_the_character_time_out() -> None:
    reader = FrameReader(Side.DECODER, Counter())
    assert reader.feed(EAN[:9], 0) == []
    assert reader.feed(b"", CHARACTER_NS - 1) == []
    assert not reader.damaged
    assert reader.feed(b"", CHARACTER_NS) == []
    assert reader.damaged
    assert len(reader.feed(EAN, CHARACTER_NS)) == 1


def test_a_packet_behind_a_false_beginning_is_read_at_the_time_out() -> None:
    reader = FrameReader(Side.DECODER, Counter())
    assert reader.feed(b"\xff\xf3\x00\x00" + EAN, 0) == []
    assert [frame.data for frame in reader.feed(b"", CHARACTER_NS)] == [b"\x0b5901234123457"]


def test_a_packet_holds_no_more_than_its_length_byte_can_say() -> None:
    assert Frame(Op.DECODE_DATA, Side.DECODER, bytes(251)).pack()[0] == 255
    with pytest.raises(UsageError, match="too much for a packet"):
        Frame(Op.DECODE_DATA, Side.DECODER, bytes(252)).pack()


def test_types_and_aim_ids_agree_both_ways() -> None:
    for kind, aim_id in AIM_IDS.items():
        assert aim_of(kind_of(aim_id))[:2] == aim_id[:2], kind
    assert (kind_of("]C1"), kind_of("]E4"), kind_of("]Q3"), kind_of("")) == (0x0F, 0x0A, 0x1C, 0)
    assert aim_of(0x77) == ""


FRAMES = st.builds(
    Frame,
    st.sampled_from(sorted(FROM_DECODER)),
    st.just(Side.DECODER),
    st.binary(max_size=40),
    st.sampled_from([Status.NONE, Status.RETRANSMIT, Status.CONTINUED]),
)
PARTS = st.lists(FRAMES | st.binary(max_size=20), max_size=8)


def stream_of(parts: list[Frame | bytes]) -> bytes:
    return b"".join(part.pack() if isinstance(part, Frame) else part for part in parts)


@given(PARTS, st.lists(st.integers(0, 400)))
def test_every_packet_between_garbage_is_found_however_the_stream_is_cut(
    parts: list[Frame | bytes], cuts: list[int]
) -> None:
    stream, wanted = stream_of(parts), [part for part in parts if isinstance(part, Frame)]
    whole, pieces = FrameReader(Side.DECODER, Counter()), FrameReader(Side.DECODER, Counter())
    found = whole.feed(stream, 0) + whole.feed(b"", CHARACTER_NS)
    cut_up = [frame for piece in cut(stream, cuts) for frame in pieces.feed(piece, 0)]
    assert cut_up + pieces.feed(b"", CHARACTER_NS) == found
    assert [frame for frame in found if frame in wanted] == wanted


@given(st.binary(max_size=2000))
def test_garbage_never_raises_nor_piles_up(garbage: bytes) -> None:
    reader = FrameReader(Side.DECODER, Counter())
    reader.feed(garbage, 0)
    assert len(reader._buffer) <= 257
    reader.feed(b"", CHARACTER_NS)
    assert not reader._buffer
