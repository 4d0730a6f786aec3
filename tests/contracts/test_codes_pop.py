"""Codes of tills and of reloadable accounts."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contracts.codes import pop, top_up
from contracts.codes.digits import check_97, passes_97, passes_luhn
from contracts.codes.pop import Pop
from contracts.codes.top_up import TopUp
from contracts.errors import BadCode
from tests.contracts.drawn import steady

ids = st.from_regex(r"[A-Z0-9-]{1,20}", fullmatch=True)


@steady
@given(ids, ids, st.one_of(st.just(""), ids))
def test_a_point_of_payment_comes_back(merchant: str, till: str, basket: str) -> None:
    assert pop.read(Pop(merchant, till, basket).code()) == Pop(merchant, till, basket)


def test_a_point_of_payment_as_it_is_written() -> None:
    assert Pop("BOOKS", "TILL-2").code() == "POP1:BOOKS:TILL-2::E1A7"
    assert Pop("BOOKS", "TILL-2", "B7").code() == "POP1:BOOKS:TILL-2:B7:9C3C"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "POP1:",
        "POP1:A:B:C",
        "POP2:BOOKS:TILL-2::0000",
        "POP1:BOOKS:TILL-3::E1A7",
        "POP1:b:TILL-2::E1A7",
        "POP1::::x",
    ],
)
def test_what_was_misread_is_refused(text: str) -> None:
    with pytest.raises(BadCode):
        pop.read(text)


@steady
@given(st.text("0123456789", min_size=16, max_size=16))
def test_a_reloadable_number_comes_back(number: str) -> None:
    code = TopUp(number).code()
    assert len(code) == 20
    assert top_up.read(code) == TopUp(number)


@steady
@given(st.text("0123456789", min_size=16, max_size=16), st.integers(0, 19), st.integers(1, 9))
def test_every_single_wrong_digit_is_found(number: str, place: int, off: int) -> None:
    code = TopUp(number).code()
    wrong = code[:place] + str((int(code[place]) + off) % 10) + code[place + 1 :]
    with pytest.raises(BadCode):
        top_up.read(wrong)


@steady
@given(st.text("0123456789", min_size=16, max_size=16), st.integers(0, 18))
def test_every_swap_of_neighbours_is_found(number: str, place: int) -> None:
    code = TopUp(number).code()
    swapped = code[:place] + code[place + 1] + code[place] + code[place + 2 :]
    assert swapped == code or not passes_97(swapped)


def test_the_check_digits_are_those_of_the_standard() -> None:
    assert check_97("794") == "44"  # ISO/IEC 7064's example
    assert not passes_97("44")
    assert not passes_97("")


def test_a_code_is_too_long_for_a_card_number() -> None:
    assert len(TopUp("4" * 16).code()) > 19
    assert passes_luhn("4111111111111111")


@pytest.mark.parametrize("text", ["", "1", "81" + "0" * 17, "71" + "0" * 18, "81" + "0" * 17 + "x"])
def test_what_is_no_reloadable_number_is_refused(text: str) -> None:
    with pytest.raises(BadCode):
        top_up.read(text)
