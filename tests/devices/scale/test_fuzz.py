"""Codecs take any bytes, in any pieces, without losing what comes after them."""

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from devices.scale.frames import MOST, Frames
from devices.scale.hx711_line import check
from devices.scale.profile import PROFILES, codec
from devices.scale.reading import Noise, Reading

COUNTS = b"9 20971 -7"
FRAMES = {
    "mt-sics": [b"S S     100.00 g\r\n", b"S D      -1.00 g\r\n", b"S +\r\n", b"ES\r\n"],
    "mt-sics-stable": [b"S I\r\n"],
    "toledo-8217": [b"\x0201.250\r", b"\x02?\x02\r", b"\x02?\x0d\r", b"\x02E\r"],
    "toledo-8217-kg": [b"\x0201.250N\r"],
    "toledo-8213": [b"\x02?\x61\r"],
    "nci": [b"\n01.250LB\r\nS20\r\x03", b"\nS10\r\x03", b"\n?\r\x03"],
    "sma": [b"\n 1G       1.250kg \r", b"\n?\r"],
    "hx711-10": [COUNTS + b"*" + check(COUNTS) + b"\r\n"],
    "hx711-80": [COUNTS + b"*" + check(COUNTS) + b"\r\n"],
}
# What ends a piece of garbage in every protocol here, so that it does not swallow the frame after it.
ENDS = b"\x00\x03\r\r\n"


def fresh(name: str):
    return codec(name, 2 if name.startswith("hx711") else 1)


def pieces(data: bytes, cuts: list[int]) -> list[bytes]:
    marks = sorted({0, len(data), *(cut % (len(data) + 1) for cut in cuts)})
    return [data[a:b] for a, b in pairwise(marks)]


def said(name: str, parts: list[bytes]) -> list[str]:
    reader = fresh(name)
    # By their words: two NaN are not equal.
    return [repr(event) for part in parts for event in reader.feed(part)]


def test_every_profile_has_frames_here() -> None:
    assert sorted(FRAMES) == sorted(PROFILES)
    for name, frames in FRAMES.items():
        for frame in frames:
            (event,) = fresh(name).feed(frame)
            assert not isinstance(event, Noise)


@pytest.mark.parametrize("name", sorted(PROFILES))
@settings(deadline=None, max_examples=150)
@given(data=st.data())
def test_how_a_stream_is_cut_does_not_matter(name: str, data: st.DataObject) -> None:
    mixed = st.lists(st.one_of(st.binary(max_size=120), st.sampled_from(FRAMES[name])), max_size=8)
    stream = b"".join(data.draw(mixed))
    cuts = data.draw(st.lists(st.integers(0, 2000), max_size=10))
    assert said(name, pieces(stream, cuts)) == said(name, [stream])


@pytest.mark.parametrize("name", sorted(PROFILES))
@settings(deadline=None, max_examples=150)
@given(data=st.data())
def test_garbage_between_frames_costs_no_frame(name: str, data: st.DataObject) -> None:
    frames = data.draw(st.lists(st.sampled_from(FRAMES[name]), max_size=6))
    junk = [data.draw(st.binary(max_size=300)) + ENDS for _ in frames]
    events = said(name, [bytes(part) for pair in zip(junk, frames, strict=True) for part in pair])
    wanted = [said(name, [frame])[0] for frame in frames]
    rest = iter(events)
    assert all(event in rest for event in wanted)


def test_a_stream_without_an_end_takes_no_memory() -> None:
    frames = Frames(0x0A)
    for _ in range(100):
        assert frames.feed(b"x" * 1000) == []
        assert len(frames._kept) <= MOST + 1
    assert b"S S 1 g" in frames.feed(b"\nS S 1 g\n")


def test_half_a_frame_of_8217_does_not_take_the_next_one_with_it() -> None:
    for half in (b"\x02", b"\x0201.2", b"\x02?", b"\x02?\x01"):
        (event,) = fresh("toledo-8217-kg").feed(half + b"\x0201.250\r")
        assert isinstance(event, Reading)
        assert event.grams == (1250.0,)
