"""BER-TLV and the checksum."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contracts.codes import tlv
from contracts.codes.crc import crc16
from contracts.codes.tlv import Tlv
from contracts.errors import BadCode
from tests.contracts.drawn import steady

PRIMITIVE = ["85", "4F", "57", "5A", "5F20", "9F10", "9F8101", "DFFF7F"]
CONSTRUCTED = ["61", "62", "7F21", "BF0C", "E1"]
leaf = st.builds(Tlv, st.sampled_from(PRIMITIVE), st.binary(max_size=300))
objects = st.recursive(
    st.lists(leaf, max_size=4).map(tuple),
    lambda inner: st.lists(
        st.builds(lambda tag, parts: Tlv(tag, parts=parts), st.sampled_from(CONSTRUCTED), inner)
    ).map(tuple),
    max_leaves=8,
)


def depth(items: tuple[Tlv, ...]) -> int:
    return 1 + max((depth(one.parts) for one in items), default=0) if items else 0


def test_the_checksum_is_the_catalogues() -> None:
    assert crc16(b"123456789") == 0x29B1


@steady
@given(objects)
def test_what_is_written_is_read_again(items: tuple[Tlv, ...]) -> None:
    if depth(items) <= tlv.DEEPEST:
        assert tlv.read(tlv.write(items)) == items


@steady
@given(st.binary(max_size=60))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    try:
        items = tlv.read(data)
    except BadCode:
        return
    assert tlv.read(tlv.write(items)) == items


def test_a_primitive_object_is_left_whole_whatever_is_in_it() -> None:
    # The value begins like an object of its own: 06, length 1.
    (one,) = tlv.read(bytes.fromhex("9F1007 06010A03000000"))
    assert (one.tag, one.value, one.parts) == ("9F10", bytes.fromhex("06010A03000000"), ())


@pytest.mark.parametrize(("size", "head"), [(127, "857F"), (128, "858180"), (255, "8581FF"), (256, "85820100")])
def test_long_lengths(size: int, head: str) -> None:
    data = tlv.write([Tlv("85", bytes(size))])
    assert data.hex().upper().startswith(head)
    assert tlv.read(data) == (Tlv("85", bytes(size)),)


def test_a_length_in_a_longer_form_is_read_and_written_in_the_shortest() -> None:
    items = tlv.read(bytes.fromhex("85 82 0001 AA"))
    assert tlv.write(items) == bytes.fromhex("8501AA")


@pytest.mark.parametrize(
    ("data", "says"),
    [
        ("85", "object 85 has no length"),
        ("8505 41", "object 85 is cut off"),
        ("9F", "a tag is cut off"),
        ("9F81", "a tag is cut off"),
        ("8580 0000", "length of object 85"),
        ("8585 0000000001 00", "length of object 85"),
        ("8582 01", "length of object 85"),
        ("6103 4F0541", "byte 2: object 4F is cut off"),
        ("61 14" + "61 12 61 10 61 0E 61 0C 61 0A 61 08 61 06 61 04 61 02 61 00", "nest too deep"),
    ],
)
def test_broken_bytes_are_refused_with_their_place(data: str, says: str) -> None:
    with pytest.raises(BadCode) as refused:
        tlv.read(bytes.fromhex(data))
    assert says in str(refused.value)


def test_the_text_form_shows_no_value() -> None:
    secret = bytes.fromhex("1234567890123458")
    shown = repr(tlv.read(tlv.write([Tlv("62", parts=(Tlv("5A", secret),))])))
    assert shown == "(Tlv(62, [Tlv(5A, 8 bytes)]),)"
