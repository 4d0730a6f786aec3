"""What a merchant-presented code may not say, with the field and the place in the message."""

import pytest

from contracts.codes import mpm
from contracts.codes.mpm import Mpm
from contracts.codes.mpm_fields import Field, read, write
from contracts.errors import BadCode

GOOD = (
    Field("00", "01"),
    Field("01", "11"),
    Field("26", "0003ABC"),
    Field("52", "5411"),
    Field("53", "840"),
    Field("58", "US"),
    Field("59", "A"),
    Field("60", "B"),
)


def with_field(field_id: str, value: str) -> Mpm:
    """Return the good code with a field replaced or added."""
    kept = [one for one in GOOD if one.id != field_id]
    return Mpm(tuple(sorted([*kept, Field(field_id, value)], key=lambda one: one.id)))


def test_the_good_code_is_good() -> None:
    assert mpm.parse(mpm.build(Mpm(GOOD))) == Mpm(GOOD)


@pytest.mark.parametrize(
    ("field_id", "value", "says"),
    [
        ("01", "13", "field 01 (point of initiation)"),
        ("26", "0103ABC", "does not say whose it is"),
        ("26", "00", "field has no head"),
        ("52", "541", "field 52 (merchant category)"),
        ("53", "USD", "field 53 (currency)"),
        ("54", "1,50", "field 54 (amount)"),
        ("54", "0.00", "the value is zero"),
        ("54", "12345678901234", "at most 13 characters"),
        ("55", "04", "field 55 (tip or fee)"),
        ("55", "02", "field 56 (fixed fee) is missing"),
        ("55", "03", "field 57 (percentage fee) is missing"),
        ("56", "1.00", "field 56 (fixed fee) does not go"),
        ("57", "100", "field 57 (percentage fee)"),
        ("58", "us", "field 58 (country)"),
        ("59", "A" * 26, "field 59 (merchant name)"),
        ("60", "B" * 16, "field 60 (merchant city)"),
        ("61", "1" * 11, "field 61 (postal code)"),
        ("62", "0126" + "x" * 26, "field 01 of the additional data is too long"),
        ("64", "0002ZH", "language template is not complete"),
        ("80", "0103abc", "does not say whose it is"),
    ],
)
def test_contents_that_are_not_allowed(field_id: str, value: str, says: str) -> None:
    wrong = with_field(field_id, value)
    with pytest.raises(BadCode) as built:
        mpm.build(wrong)
    with pytest.raises(BadCode) as parsed:
        mpm.parse(mpm.unchecked(wrong))
    assert says in str(built.value)
    assert says in str(parsed.value)
    assert "position" in str(parsed.value) or "missing" in str(parsed.value) or "does not go" in str(parsed.value)


@pytest.mark.parametrize("field_id", ["52", "53", "58", "59", "60"])
def test_what_must_be_there(field_id: str) -> None:
    with pytest.raises(BadCode, match=rf"field {field_id} .* is missing"):
        mpm.build(Mpm(tuple(one for one in GOOD if one.id != field_id)))


def test_there_must_be_an_account() -> None:
    with pytest.raises(BadCode, match="no merchant account"):
        mpm.build(Mpm(tuple(one for one in GOOD if one.id != "26")))


def test_the_payload_format_comes_first() -> None:
    with pytest.raises(BadCode, match="field 00"):
        mpm.build(Mpm(GOOD[1:]))


def test_a_field_may_stand_once() -> None:
    with pytest.raises(BadCode, match="stands twice"):
        read("0102110102xx")


@pytest.mark.parametrize(
    ("text", "where"), [("01", "position 0"), ("010211xx02", "position 6"), ("010211020", "position 6")]
)
def test_a_broken_structure_is_refused_with_its_place(text: str, where: str) -> None:
    with pytest.raises(BadCode) as refused:
        read(text)
    assert where in str(refused.value)


def test_a_place_inside_a_template_counts_from_the_start_of_the_code() -> None:
    text = mpm.unchecked(with_field("62", "0103abc05xx"))
    with pytest.raises(BadCode) as refused:
        mpm.parse(text)
    assert f"additional data, position {text.index('05xx')}" in str(refused.value)


@pytest.mark.parametrize("value", ["", "x" * 100])
def test_a_value_must_fit_its_length(value: str) -> None:
    with pytest.raises(BadCode, match="wrong length"):
        write([Field("59", value)])


@pytest.mark.parametrize("text", ["", "hello", "000201", "6304A13A", "0002016304FFFF"])
def test_what_is_no_such_code_is_refused(text: str) -> None:
    with pytest.raises(BadCode):
        mpm.parse(text)


def test_the_checksum_must_be_the_last_field() -> None:
    body = "0002016304ABCD5902xx6304"
    with pytest.raises(BadCode, match="not the last"):
        mpm.parse(body + mpm.checksum(body))
