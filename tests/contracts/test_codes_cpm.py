"""Consumer-presented codes: the specification's examples, and that no card number gets out."""

import base64

import pytest

from contracts.codes import cpm, masking, tlv
from contracts.codes.cpm import Application, Cpm
from contracts.codes.tlv import Tlv
from contracts.errors import BadCode
from tests.contracts.code_vectors import CPM_1, CPM_2

PAN = "1234567890123458"


def test_the_first_example_says_what_it_says() -> None:
    code = cpm.parse(CPM_1)
    assert code.applications == (Application("A0000000555555"),)
    (track2,) = (one.value for one in tlv.walk(code.objects) if one.tag == "57")
    assert track2.hex().upper() == "1234567890123458D191220112345F"


def test_the_second_example_says_what_it_says() -> None:
    code = cpm.parse(CPM_2)
    assert len(base64.b64decode(CPM_2)) == 124
    assert code.applications == (
        Application("A0000000555555", "Product1"),
        Application("A0000000666666", "Product2"),
    )
    values = {one.tag: one.value.hex() for one in tlv.walk(code.objects)}
    assert values["9F10"] == "06010a03000000"
    assert values["5A"] == PAN
    assert bytes.fromhex(values["5F20"]) == b"CARDHOLDER/EMV"


@pytest.mark.parametrize("text", [CPM_1, CPM_2])
def test_nothing_is_lost_on_the_way_through(text: str) -> None:
    assert cpm.build(cpm.parse(text)) == text


@pytest.mark.parametrize("text", [CPM_1, CPM_2])
def test_what_is_masked_holds_no_card_number_and_no_name(text: str) -> None:
    masked = cpm.parse(text).masked()
    data = tlv.write(masked.objects)
    assert PAN not in data.hex()
    assert PAN[:12] not in data.hex()
    assert b"CARDHOLDER" not in data
    assert masked.last_four == PAN[-4:]
    assert cpm.parse(cpm.build(masked)) == masked
    assert masked.masked() == masked


def test_track_2_keeps_its_shape_and_loses_expiry_and_all_behind() -> None:
    track2 = bytes.fromhex("1234567890123458D191220112345F")
    assert masking.mask_track2(track2).hex().upper() == "EEEEEEEEEEEE3458DEEEEEEEEEEEEF"
    assert masking.mask_pan(bytes.fromhex("123456789012345F")).hex().upper() == "EEEEEEEEEEE2345F"
    assert masking.mask_text("123") == "***"


@pytest.mark.parametrize("text", [CPM_1, CPM_2])
def test_no_text_form_and_no_error_shows_a_card_number(text: str) -> None:
    code = cpm.parse(text)
    for shown in (repr(code), str(code), f"{code.objects}"):
        assert PAN[:8] not in shown
        assert PAN.encode()[:8] not in shown.encode()
    with pytest.raises(BadCode) as refused:
        cpm.parse(text[:-8])
    assert PAN[:6] not in str(refused.value)


@pytest.mark.parametrize(
    ("objects", "says"),
    [
        ((), "object 85"),
        ((Tlv("85", b"CPV02"), Tlv("61", parts=(Tlv("4F", b"A"),))), "object 85"),
        ((Tlv("61", parts=(Tlv("4F", b"A"),)), Tlv("85", b"CPV01")), "found: object 61"),
        ((Tlv("85", b"CPV01"),), "object 61"),
        ((Tlv("85", b"CPV01"), Tlv("61", parts=(Tlv("50", b"A"),))), "object 4F"),
    ],
)
def test_what_must_be_there(objects: tuple[Tlv, ...], says: str) -> None:
    with pytest.raises(BadCode) as built:
        cpm.build(Cpm(objects))
    with pytest.raises(BadCode) as parsed:
        cpm.parse(base64.b64encode(tlv.write(objects)))
    assert says in str(built.value)
    assert says in str(parsed.value)


@pytest.mark.parametrize("text", ["", "hQVDUFY", "not base64!", "最佳", "A" * 600])
def test_what_is_no_such_code_is_refused(text: str) -> None:
    with pytest.raises(BadCode):
        cpm.parse(text)
