"""GTINs, and what a store's scale prints."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contracts.codes import gtin
from contracts.codes.gtin import Restricted
from contracts.codes.measure import Pattern
from contracts.codes.price_digit import price_digit
from contracts.errors import BadCode
from tests.contracts.drawn import steady

digits12 = st.text("0123456789", min_size=12, max_size=12)


def test_the_check_digit_that_three_generators_agree_on() -> None:
    assert gtin.with_check_digit("590123412345") == "5901234123457"


@pytest.mark.parametrize(
    ("text", "gtin13"),
    [
        ("5901234123457", "5901234123457"),
        ("036000291452", "0036000291452"),  # UPC-A
        ("96385074", "0000096385074"),  # EAN-8
        ("00036000291452", "0036000291452"),
    ],
)
def test_every_length_becomes_thirteen_digits(text: str, gtin13: str) -> None:
    assert gtin.normalised(text) == gtin13


@steady
@given(digits12, st.integers(0, 12), st.integers(1, 9))
def test_every_single_wrong_digit_is_found(digits: str, place: int, off: int) -> None:
    right = gtin.with_check_digit(digits)
    wrong = right[:place] + str((int(right[place]) + off) % 10) + right[place + 1 :]
    gtin.read(right)
    with pytest.raises(BadCode, match="check digit"):
        gtin.read(wrong)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("5901234123458", "expected: 7\n  found: 8"),
        ("590123412345", "check digit"),
        ("59012341234", "8 or 12 or 13 or 14 digits"),
        ("59012341234X7", "position 11"),
        ("59012341234\N{FULLWIDTH DIGIT FIVE}7", "position 11"),
        ("15901234123454", "number of a case"),
    ],
)
def test_what_is_no_gtin_is_refused_with_its_reason(text: str, says: str) -> None:
    with pytest.raises(BadCode) as refused:
        gtin.read(text)
    assert says in str(refused.value)


@pytest.mark.parametrize(
    ("digits", "restricted"),
    [
        ("200000000000", Restricted.REGION),
        ("299999999999", Restricted.REGION),
        ("021234567890", Restricted.VARIABLE_MEASURE),
        ("041234567890", Restricted.COMPANY),
        ("590123412345", None),
        ("301234567890", None),
    ],
)
def test_ranges_that_no_company_owns(digits: str, restricted: Restricted | None) -> None:
    assert gtin.read(gtin.with_check_digit(digits)).restricted is restricted


def test_short_numbers_have_a_range_of_their_own() -> None:
    assert gtin.read(gtin.with_check_digit("2123456")).restricted is Restricted.SHORT
    assert gtin.read("96385074").restricted is None


@pytest.mark.parametrize(("value", "digit"), [("2875", "9"), ("14685", "6")])
def test_the_digit_of_a_price_is_that_of_the_specification(value: str, digit: str) -> None:
    assert price_digit(value) == digit


@steady
@given(st.integers(0, 999999), st.integers(0, 99999))
def test_a_weight_comes_back_from_its_label(item: int, grams: int) -> None:
    pattern = Pattern("2PPPPPPWWWWWC", decimals=3)
    label = pattern.write(f"{item:06d}", Decimal(grams).scaleb(-3))
    read = pattern.read(label)
    assert (read.item, read.amount, read.is_price) == (f"{item:06d}", Decimal(grams) / 1000, False)
    assert read.item_gtin13 == pattern.write(f"{item:06d}", Decimal(0))


@steady
@given(st.integers(0, 99999), st.integers(0, 9999))
def test_a_price_is_guarded_by_a_digit_of_its_own(item: int, cents: int) -> None:
    pattern = Pattern("21PPPPPVMMMMC", decimals=2)
    label = pattern.write(f"{item:05d}", Decimal(cents).scaleb(-2))
    assert pattern.read(label).amount == Decimal(cents) / 100
    other = gtin.with_check_digit(label[:7] + str((int(label[7]) + 1) % 10) + label[8:-1])
    with pytest.raises(BadCode, match="check digit of the value"):
        pattern.read(other)


def test_a_label_of_another_pattern_is_not_guessed_at() -> None:
    pattern = Pattern("21PPPPPVMMMMC", decimals=2)
    assert not pattern.matches("5901234123457")
    with pytest.raises(BadCode, match="not of the store's pattern"):
        pattern.read("5901234123457")


@pytest.mark.parametrize(
    "shape", ["2PPPPPPWWWWW", "5PPPPPPWWWWWC", "2PPPPPWWMMMMC", "2PPPPVWWWWWWC", "2PPPPPPPPPPPC", ""]
)
def test_a_pattern_that_says_nothing_is_refused(shape: str) -> None:
    with pytest.raises(BadCode):
        Pattern(shape)


@pytest.mark.parametrize("amount", ["100", "-1", "1.2345"])
def test_an_amount_that_does_not_fit_is_refused(amount: str) -> None:
    with pytest.raises(BadCode, match="does not fit"):
        Pattern("2PPPPPPWWWWWC", decimals=3).write("000001", Decimal(amount))
