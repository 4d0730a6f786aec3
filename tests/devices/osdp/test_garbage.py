"""Whatever comes, at whatever time: neither side raises, keeps much, or stays deaf afterwards."""

from collections import Counter
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from contracts.clock import SECOND
from devices.osdp import bio, cards, identity, showing
from devices.osdp.codes import Command, Reply
from devices.osdp.link import Link
from devices.osdp.packet import MOST_BYTES, Packet
from devices.osdp.stream import PacketStream
from tests.devices.osdp.pair import KEY, Pair

TIMES = st.sampled_from((0, 10**6, 5 * 10**7, 2 * 10**8, 10**9, 9 * 10**9))
BLOCKS = st.sampled_from(
    (b"", b"\x11\0", b"\x11\1", b"\x12\1", b"\x13\1", b"\x14\1", b"\x15", b"\x16", b"\x17", b"\x18")
)
LINKS = st.sampled_from((Link(1), Link(1, key=KEY), Link(1, crc=False), Link(127, key=KEY, install=True)))


@st.composite
def packets(draw: st.DrawFn, reply: bool) -> bytes:
    """Draw a packet whose check is right, whatever it says."""
    names: type[Command] | type[Reply] = Reply if reply else Command
    code = int(draw(st.sampled_from(list(names)))) if draw(st.booleans()) else draw(st.integers(0, 255))
    packet = Packet(
        draw(st.sampled_from((1, 1, 127, 5))),
        draw(st.integers(0, 3)),
        code,
        draw(st.binary(max_size=40)),
        reply=reply,
        crc=draw(st.booleans()),
        block=draw(BLOCKS),
    )
    return packet.pack(draw(st.sampled_from((None, lambda raw: raw[:4]))) if packet.secured > 0x14 else None)


def pieces(reply: bool) -> st.SearchStrategy[list[tuple[bytes, int]]]:
    raw = packets(reply)
    cut = st.builds(lambda data, size: data[:size], raw, st.integers(1, 20))
    return st.lists(st.tuples(st.one_of(st.just(b""), raw, raw, cut, st.binary(max_size=80)), TIMES), max_size=20)


@settings(max_examples=200, deadline=None)
@given(steps=pieces(reply=True), link=LINKS, begun=st.integers(0, 8))
def test_an_acu_takes_anything_and_then_still_reads(steps: list[tuple[bytes, int]], link: Link, begun: int) -> None:
    pair = Pair(link, Link(1, key=link.key if not link.install else None, crc=link.crc, install=link.install))
    pair.run(begun)
    for data, span_ns in steps:
        pair.now_ns += span_ns
        pair.acu.command(Command.LSTAT)
        assert len(pair.acu.to_send(pair.now_ns)) <= MOST_BYTES + 1
        pair.acu.feed(data, pair.now_ns)
    pair.now_ns += 10 * SECOND
    pair.run(160)
    pair.device.tell(Reply.FMT, b"\0\0\4card")
    assert b"\0\0\4card" in [heard.data for heard in pair.run(10)]


@settings(max_examples=200, deadline=None)
@given(steps=pieces(reply=False), link=LINKS, begun=st.integers(0, 8))
def test_a_device_takes_anything_and_then_still_answers(steps: list[tuple[bytes, int]], link: Link, begun: int) -> None:
    pair = Pair(link, Link(1, key=link.key if not link.install else None, crc=link.crc, install=link.install))
    pair.run(begun)
    for data, span_ns in steps:
        pair.now_ns += span_ns
        for packet in pair.device.feed(data, pair.now_ns):
            assert len(pair.device.answer(packet)) <= MOST_BYTES
    pair.now_ns += 10 * SECOND
    pair.device.address = 1
    pair.run(80)
    pair.device.tell(Reply.FMT, b"\0\0\4card")
    assert b"\0\0\4card" in [heard.data for heard in pair.run(10)]


@settings(max_examples=1000, deadline=None)
@given(st.binary(max_size=60))
def test_no_payload_raises(data: bytes) -> None:
    for read in (
        identity.read_identity,
        identity.read_capabilities,
        cards.read_raw,
        cards.read_formatted,
        cards.read_keys,
        bio.read_bio_read,
        bio.read_bio_reading,
        bio.read_bio_match,
        bio.read_bio_matched,
        showing.read_leds,
        showing.read_buzz,
        showing.read_text,
        showing.read_line,
        showing.read_key,
    ):
        read(data)
    raw = cards.read_raw(data)
    if raw is not None:
        assert raw.code is None or len(raw.code) <= 8 * len(data)


@settings(max_examples=1000, deadline=None)
@given(st.binary(max_size=100), st.lists(st.integers(0, 100), max_size=4))
def test_a_packet_is_found_wherever_the_stream_is_cut(noise: bytes, cuts: list[int]) -> None:
    stream = PacketStream(replies=True, troubles=Counter())
    raw = noise + Packet(5, 1, Reply.ACK, reply=True).pack()
    places = sorted({min(cut, len(raw)) for cut in cuts} | {0, len(raw)})
    found = [packet for a, b in pairwise(places) for packet in stream.feed(raw[a:b], 0)]
    found += stream.feed(b"", SECOND)
    assert Packet(5, 1, Reply.ACK, reply=True) in found


@pytest.mark.parametrize("filler", [b"\x53", b"\x53\x81\xa0\x05\x04", b"\xff", b"\0"])
def test_no_stream_is_kept(filler: bytes) -> None:
    stream = PacketStream(replies=True, troubles=Counter())
    for _ in range(20):
        stream.feed(filler * (65536 // len(filler) // 16), 0)
    assert len(stream._kept) <= MOST_BYTES
