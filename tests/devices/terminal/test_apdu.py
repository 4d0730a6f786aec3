"""APDUs cut out of a stream, however it comes and whatever it holds."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contracts.clock import SECOND
from contracts.errors import UsageError
from devices.terminal.apdu import MOST_DATA, Apdu, ApduStream
from devices.terminal.control import Control
from devices.terminal.framing import GAP_NS, TcpFraming
from tests.devices.terminal import vectors

CONTROLS = st.sampled_from(sorted(Control))
APDUS = st.lists(st.builds(Apdu, CONTROLS, st.binary(max_size=600)), max_size=6)


@pytest.mark.parametrize("known", vectors.ALL)
def test_what_others_send_is_one_apdu_and_comes_out_as_it_went_in(known: bytes) -> None:
    stream = ApduStream()
    (apdu,) = stream.feed(known)
    assert apdu.encode() == known
    assert not stream.waiting
    assert stream.skipped == 0


@pytest.mark.parametrize(("size", "head"), [(254, "06D3FE"), (255, "06D3FFFF00"), (1000, "06D3FFE803")])
def test_a_length_of_255_and_more_takes_two_more_bytes(size: int, head: str) -> None:
    sent = Apdu(Control.PRINT_BLOCK, b"x" * size).encode()
    assert sent.startswith(bytes.fromhex(head))
    assert ApduStream().feed(sent) == [Apdu(Control.PRINT_BLOCK, b"x" * size)]


def test_an_apdu_that_nobody_would_hear_is_not_made() -> None:
    with pytest.raises(UsageError, match="too long"):
        Apdu(Control.PRINT_BLOCK, bytes(MOST_DATA + 1)).encode()


@given(APDUS, st.lists(st.integers(0, 700), max_size=8))
def test_it_does_not_matter_where_a_stream_is_split(apdus: list[Apdu], cuts: list[int]) -> None:
    sent = b"".join(apdu.encode() for apdu in apdus)
    edges = [0, *sorted(min(cut, len(sent)) for cut in cuts), len(sent)]
    stream = ApduStream()
    found = [apdu for start, end in itertools.pairwise(edges) for apdu in stream.feed(sent[start:end])]
    assert found == apdus
    assert not stream.waiting


@given(st.lists(st.binary(max_size=300), max_size=30))
def test_garbage_is_counted_and_never_hoarded(parts: list[bytes]) -> None:
    stream = ApduStream()
    for part in parts:
        for apdu in stream.feed(part):
            assert len(apdu.data) <= MOST_DATA
        assert len(stream._kept) <= MOST_DATA + 5
    stream.reset()
    assert not stream.waiting


def test_half_a_message_is_forgotten_so_that_the_next_is_heard() -> None:
    framing = TcpFraming()
    assert framing.feed(vectors.APPROVED_12[:9], 0) == []
    assert framing.feed(b"", SECOND) == []
    assert framing.feed(vectors.COMPLETION, SECOND) == [Apdu(Control.COMPLETION)]
    assert framing.skipped == 9


def test_a_pause_shorter_than_the_gap_cuts_nothing() -> None:
    framing = TcpFraming()
    assert framing.feed(vectors.APPROVED_12[:9], 0) == []
    assert framing.feed(vectors.APPROVED_12[9:], GAP_NS) == [Apdu(Control.STATUS, vectors.APPROVED_12[3:])]


def test_data_are_not_shown() -> None:
    assert "4771" not in repr(Apdu(Control.STATUS, vectors.MASTERCARD))
    assert "data" not in repr(Apdu(Control.STATUS, b"data"))
