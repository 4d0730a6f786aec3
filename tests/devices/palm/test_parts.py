"""Pictures out of an endless HTTP answer: cut anywhere, with and without lengths, and what is none."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from devices.palm.jpeg import MOST_PIXELS, grey, jpeg_size, pack
from devices.palm.parts import MOST_BYTES, Parts, Trouble

HEAD = b"HTTP/1.0 200 OK\r\nContent-type: multipart/x-mixed-replace;boundary=--mark\r\n\r\n"
WITH = b"--mark\r\nContent-Type: image/jpeg\r\nContent-Length: 4\r\n\r\nabcd\r\n"
WITHOUT = b"--mark\r\nContent-Type: image/jpeg\r\n\r\nefgh\r\n"
STREAM = HEAD + WITH + WITHOUT + WITH


@given(st.lists(st.integers(0, len(STREAM)), max_size=6))
def test_pictures_are_found_wherever_the_stream_is_cut(cuts: list[int]) -> None:
    parts, found = Parts(), list[bytes]()
    edges = [0, *sorted(cuts), len(STREAM)]
    for begin, end in pairwise(edges):
        found += parts.feed(STREAM[begin:end])
    assert found == [b"abcd", b"efgh", b"abcd"]
    assert not parts.troubles


@given(st.lists(st.binary(max_size=400), max_size=20))
def test_garbage_is_counted_and_little_of_it_is_kept(pieces: list[bytes]) -> None:
    parts = Parts()
    parts.feed(HEAD)
    for piece in pieces:
        parts.feed(piece)
    assert len(parts._kept) <= MOST_BYTES
    assert parts.feed(b"\r\n" + WITH + WITH)[-1:] == [b"abcd"] or parts.troubles


@pytest.mark.parametrize("answer", [b"HTTP/1.0 404 Not Found\r\n\r\n", b"HTTP/1.0 200 OK\r\n\r\nhello", b"x" * 9000])
def test_an_answer_that_is_no_stream_is_told_of(answer: bytes) -> None:
    parts = Parts()
    assert parts.feed(answer) == []
    assert parts.refused == answer[:80].partition(b"\r\n")[0].decode()
    assert parts.troubles == {Trouble.REFUSED: 1}


def test_a_part_that_claims_too_much_is_left_out() -> None:
    parts = Parts()
    huge = b"--mark\r\nContent-Length: 99999999\r\n\r\n"
    assert parts.feed(HEAD + huge + b"\r\n" + WITH) == [b"abcd"]
    assert parts.troubles[Trouble.TOO_LONG] == 1


def test_a_picture_that_claims_to_be_huge_is_never_unpacked() -> None:
    import numpy as np

    jpeg = bytearray(pack(np.zeros((8, 16), np.uint8)))
    assert jpeg_size(bytes(jpeg)) == (16, 8)
    at = jpeg.index(b"\xff\xc0") + 5
    jpeg[at : at + 4] = b"\xff\xff\xff\xff"
    assert MOST_PIXELS < 0xFFFF * 0xFFFF
    assert grey(bytes(jpeg)) is None


@given(st.binary(max_size=300))
def test_bytes_that_are_no_picture_are_none(data: bytes) -> None:
    assert grey(data) is None
