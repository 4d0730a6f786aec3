"""Any bytes may come, in any pieces, at either end: nothing raises but the codec's own, and the next is read."""

from contextlib import suppress
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from devices.modbus import framing as framings
from devices.modbus import rtu, tcp
from devices.modbus.device import GAP_NS, Device
from devices.modbus.frame import MOST_PDU, Frame
from devices.modbus.framing import Framing
from devices.modbus.host import Host
from devices.modbus.pdu import BadPdu, decode_reply, decode_request, encode_reply, encode_request
from devices.modbus.types import Code, Reply, Request
from tests.devices.modbus.bench import bank

BOTH = pytest.mark.parametrize("framing", Framing)
words = st.integers(0, 0xFFFF)


@st.composite
def requests(draw: st.DrawFn) -> Request:
    code = draw(st.sampled_from(Code))
    if code in (Code.WRITE_COIL, Code.WRITE_REGISTER):
        return Request(code, draw(words), 1, (draw(words),))
    count = draw(st.integers(1, 123))
    address = draw(st.integers(0, 0xFFFF - count))
    if code == Code.WRITE_COILS:
        return Request(code, address, count, tuple(draw(st.lists(st.integers(0, 1), min_size=count, max_size=count))))
    if code == Code.WRITE_REGISTERS:
        return Request(code, address, count, tuple(draw(st.lists(words, min_size=count, max_size=count))))
    return Request(code, address, count)


@settings(max_examples=400, deadline=None)
@given(requests(), st.data())
def test_what_is_asked_and_answered_comes_out_as_it_went_in(request: Request, data: st.DataObject) -> None:
    assert decode_request(encode_request(request)) == request
    values = request.values
    if not values:
        each = st.integers(0, 1) if request.code in (Code.READ_COILS, Code.READ_INPUTS) else words
        values = tuple(data.draw(st.lists(each, min_size=request.count, max_size=request.count)))
    assert decode_reply(request, encode_reply(request, Reply(values))) == Reply(values)


@settings(max_examples=600, deadline=None)
@given(requests(), st.binary(max_size=300))
def test_bytes_are_a_question_or_are_refused(request: Request, data: bytes) -> None:
    with suppress(BadPdu):
        assert encode_request(decode_request(data)) == data or data[0] == Code.WRITE_COILS
    with suppress(BadPdu):
        decode_reply(request, data)
    answer = bank().answer(data, 0)
    assert 2 <= len(answer) <= MOST_PDU


def pieces(data: bytes, cuts: list[int]) -> list[bytes]:
    marks = sorted({0, len(data), *(cut % (len(data) + 1) for cut in cuts)})
    return [data[a:b] for a, b in pairwise(marks)]


@BOTH
@settings(max_examples=300, deadline=None)
@given(st.lists(requests(), max_size=6), st.lists(st.integers(0, 2000), max_size=10))
def test_how_a_stream_is_cut_does_not_matter(framing: Framing, asked: list[Request], cuts: list[int]) -> None:
    sent = [Frame(1, encode_request(one), number if framing is Framing.TCP else 0) for number, one in enumerate(asked)]
    stream = b"".join(framings.encode(framing, frame) for frame in sent)
    frames = framings.of_device(framing)
    assert [frame for piece in pieces(stream, cuts) for frame in frames.feed(piece)] == sent
    assert frames.noise == 0


@BOTH
@settings(max_examples=300, deadline=None)
@given(st.lists(st.binary(max_size=400), max_size=5), requests())
def test_garbage_costs_no_question_that_comes_after_a_silence(
    framing: Framing, junk: list[bytes], asked: Request
) -> None:
    device, now_ns = Device({1: bank()}, framing), 0
    for data in junk:
        now_ns += 1
        device.feed(data, now_ns)
        device.to_send(now_ns)
    now_ns += GAP_NS + 1
    device.feed(framings.encode(framing, Frame(1, encode_request(asked), 7)), now_ns)
    (frame,) = framings.of_host(framing).feed(device.to_send(now_ns))
    assert (frame.unit, frame.pdu[0] & 0x7F) == (1, asked.code)


@BOTH
@settings(max_examples=300, deadline=None)
@given(st.lists(st.binary(max_size=400), max_size=5), requests())
def test_garbage_costs_a_host_no_answer_to_a_later_question(
    framing: Framing, junk: list[bytes], asked: Request
) -> None:
    host, device, now_ns = Host(framing, attempts=1), Device({1: bank()}, framing), 0
    for data in junk:
        now_ns += 10
        host.feed(data, now_ns)
    host.ask(asked)
    device.feed(host.to_send(now_ns), now_ns)
    (answer,) = host.feed(device.to_send(now_ns), now_ns)
    assert answer.values is not None or answer.refusal


@pytest.mark.parametrize(
    "frames", [tcp.TcpFrames(), rtu.RtuFrames(rtu.reply_length), rtu.RtuFrames(rtu.request_length)]
)
def test_a_stream_without_an_end_takes_no_memory(frames: framings.Frames) -> None:
    for start in (b"\x00\x01\x00\x00\x00\xfe\x01", b"\x01\x10\x00\x00\x00\x7b\xf6", b"\x01\x03\xfa"):
        for _ in range(200):
            frames.feed(start + b"\xa5" * 97)
            assert len(frames._kept) < 400  # type: ignore[attr-defined]


def test_a_damaged_frame_costs_itself_alone() -> None:
    good = rtu.encode(Frame(1, b"\x03\x00\x07\x00\x04"))
    for place in range(8):
        for bit in range(8):
            hit = bytearray(good)
            hit[place] ^= 1 << bit
            # Followed by enough that a wrong length cannot wait for more than comes.
            found = rtu.RtuFrames(rtu.request_length).feed(bytes(hit) + good * 40)
            assert found[-20:] == [Frame(1, b"\x03\x00\x07\x00\x04")] * 20
