"""Every codec takes anything, by Hypothesis; `make fuzz` does the same by atheris, a million inputs and more."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.fuzz.codecs import CODECS
from tests.fuzz.pieces import pieces_of


@pytest.mark.parametrize("name", CODECS)
@settings(max_examples=60, deadline=None)
@given(data=st.binary(max_size=400))
def test_a_codec_takes_anything(name: str, data: bytes) -> None:
    CODECS[name](pieces_of(data))


def test_pieces_are_cut_by_what_leads_them() -> None:
    assert pieces_of(b"\x02ab\x00\x01c\x05de") == [b"ab", b"", b"c", b"de"]
    assert pieces_of(b"") == []
