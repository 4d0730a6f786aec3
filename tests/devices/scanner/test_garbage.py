"""Whatever comes, at whatever time: no codec and no emulated device raises, keeps much, or stays deaf afterwards."""

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contracts.clock import SECOND
from contracts.codes.symbols import split_aim
from devices.scanner.codec import Codec
from devices.scanner.device_side import DeviceSide
from devices.scanner.hid_device import HidDevice
from devices.scanner.hid_pos import MICROSCAN, HidCodec
from devices.scanner.honeywell import HoneywellCodec, triggered
from devices.scanner.ssi import SsiCodec, SsiProfile, raw_profile
from devices.scanner.ssi_device import SsiDevice
from devices.scanner.text import TextCodec, TextProfile
from devices.scanner.text_device import TextDevice
from tests.devices.scanner.stepping import codes

FRAMED = TextProfile(prefix=b"\x02", suffix=b"\r\n", aim=True, acknowledged=True, most_bytes=64)
CODECS: dict[str, Callable[[], Codec]] = {
    "text": lambda: TextCodec(TextProfile(most_bytes=64)),
    "silence": lambda: TextCodec(TextProfile(suffix=b"", most_bytes=64)),
    "framed": lambda: TextCodec(FRAMED),
    "honeywell": HoneywellCodec,
    "ssi": lambda: SsiCodec(SsiProfile(most_bytes=64)),
    "ssi-raw": lambda: TextCodec(raw_profile()),
    "hid": HidCodec,
    "microscan": lambda: HidCodec(MICROSCAN),
}
SIDES: dict[str, Callable[[], DeviceSide]] = {
    "text": lambda: TextDevice(TextProfile()),
    "silence": lambda: TextDevice(TextProfile(suffix=b"")),
    "framed": lambda: TextDevice(FRAMED),
    "honeywell": lambda: TextDevice(triggered()),
    "ssi": lambda: SsiDevice(SsiProfile()),
    "ssi-raw": lambda: TextDevice(raw_profile()),
    "hid": HidDevice,
    "microscan": lambda: HidDevice(MICROSCAN),
}
HOST_WORDS = [b"\x16T\r", b"\x16U\r", b"\x16M\rcbrena?.", b"\x06", b"\x15", b"\x00", bytes.fromhex("04E90400FF0F")]
DEVICE_WORDS = [
    b"\r", b"\n", b"\x02", b"]Q1", b"CBRENA1\x06", b"\x02\x38", b"\x01\x3e", b"\x04\xd0\x00\x00\xff\x2c",
    b"\x04\xd1\x00", b"\xff\xf3\x00\x02", bytes.fromhex("12F300000B35393031323334313233343537FC52"),
]  # fmt: skip
TIMES = st.integers(0, 3 * SECOND) | st.just(0)


def steps(words: list[bytes]) -> st.SearchStrategy[list[tuple[bytes, int]]]:
    return st.lists(st.tuples(st.sampled_from(words) | st.binary(max_size=80), TIMES), max_size=20)


@pytest.mark.parametrize("name", CODECS)
@given(steps=steps(DEVICE_WORDS))
def test_a_codec_takes_anything_and_then_still_reads(name: str, steps: list[tuple[bytes, int]]) -> None:
    codec, side, now_ns = CODECS[name](), SIDES[name](), 0
    codec.scan(True, now_ns)
    for data, span_ns in steps:
        now_ns += span_ns
        assert all(split_aim(read.aim_id.encode())[1] == b"" for read in codec.feed(data, now_ns))
        assert len(codec.to_send()) <= 10 * (len(data) + 10)
    for _ in range(10):
        # Whatever was begun is given up; what stands to be sent is answered by nobody.
        now_ns += 7 * SECOND
        codec.feed(b"", now_ns)
        side.feed(codec.to_send(), now_ns)
    side.feed(b"\x16T\r", now_ns)
    side.feed(raw_profile().on, now_ns)
    side.show(b"a code", "]Q1")
    wire = b"".join(sent.data for sent in side.to_send(now_ns))
    assert codes(codec.feed(wire, now_ns) + codec.feed(b"", now_ns + SECOND)) == [b"a code"]


@pytest.mark.parametrize("name", SIDES)
@given(steps=steps(HOST_WORDS))
def test_an_emulated_device_takes_anything(name: str, steps: list[tuple[bytes, int]]) -> None:
    side, now_ns = SIDES[name](), 0
    for data, span_ns in steps:
        now_ns += span_ns
        side.show(data or b"code", "]Q1")
        side.feed(data, now_ns)
        side.to_send(now_ns)


@pytest.mark.parametrize("name", CODECS)
def test_no_stream_is_kept(name: str) -> None:
    codec = CODECS[name]()
    for byte in (b"x", b"\x02", b"\xff\xf3\x00\x02", b"\x02\x38" + b"x" * 61 + b"\x01"):
        for _ in range(3):
            codec.feed(byte * (65536 // len(byte)), 0)
            codec.to_send()
    kept = [len(value) for part in (codec, *vars(codec).values()) for value in buffers(part)]
    assert max(kept, default=0) <= 2 * 4096 + 2


def buffers(part: object) -> list[bytearray]:
    return [value for value in getattr(part, "__dict__", {}).values() if isinstance(value, bytearray)]
