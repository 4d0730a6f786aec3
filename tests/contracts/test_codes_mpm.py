"""Merchant-presented codes: the specification's example, what it proves, and what is wrong in others."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contracts.codes import mpm, mpm_compose
from contracts.codes.mpm import Mpm
from contracts.codes.mpm_compose import Merchant
from contracts.codes.mpm_fields import Field, find
from contracts.codes.mpm_parts import ASK, Additional, Localised, MerchantAccount, Tip, TipKind
from contracts.errors import BadCode
from tests.contracts.code_vectors import MPM_EMVCO, MPM_LONG_CITY
from tests.contracts.drawn import steady

STALL = Merchant(
    accounts=(MerchantAccount("26", "D15600000000", parts=(Field("05", "A93FO3230Q"),)),),
    category="5411",
    country="CN",
    name="BEST TRANSPORT",
    city="BEIJING",
    currency="156",
)


def test_the_specifications_example_says_what_it_says() -> None:
    code = mpm.parse(MPM_EMVCO)
    assert code.dynamic
    assert code.amount == Decimal("23.72")
    assert [code.value(one) for one in ("52", "53", "58", "59", "60")] == [
        "4111",
        "156",
        "CN",
        "BEST TRANSPORT",
        "BEIJING",
    ]
    assert [(one.id, one.scheme) for one in code.accounts] == [("29", "D15600000000"), ("31", "D15600000001")]
    assert code.tip == Tip(TipKind.ASKED)
    assert code.additional == Additional(store="1234", customer=ASK, terminal="A6008667", ask_for="ME")
    assert code.localised == Localised("ZH", "最佳运输", "北京")


def test_lengths_count_characters_and_the_checksum_runs_over_utf_8() -> None:
    assert mpm.parse(MPM_EMVCO).value("64") == "0002ZH0104最佳运输0202北京"
    assert mpm.checksum(MPM_EMVCO[:-4]) == "A13A"
    wrong = MPM_EMVCO.replace("6420", "6432")  # the template's length in bytes
    with pytest.raises(BadCode):
        mpm.parse(wrong[:-4] + mpm.checksum(wrong[:-4]))


@pytest.mark.parametrize("text", [MPM_EMVCO, MPM_LONG_CITY])
def test_nothing_is_lost_on_the_way_through(text: str) -> None:
    assert mpm.unchecked(mpm.parse(text, strict=False)) == text


def test_a_code_from_the_field_that_breaks_a_rule_is_read_when_asked_to() -> None:
    code = mpm.parse(MPM_LONG_CITY, strict=False)
    assert (code.value("60"), code.amount, code.accounts[0].number) == (
        "Banteay Meanchey",
        Decimal("10.00"),
        "3721011637210116" + "0123456789ABCDE",
    )
    with pytest.raises(BadCode) as refused:
        mpm.parse(MPM_LONG_CITY)
    assert str(refused.value).startswith("field 60 (merchant city) at position 55:")


@steady
@given(st.integers(0, len(MPM_EMVCO) - 1), st.sampled_from("0123456789AZ最"))
def test_every_single_wrong_character_is_found(place: int, other: str) -> None:
    wrong = MPM_EMVCO[:place] + other + MPM_EMVCO[place + 1 :]
    if wrong == MPM_EMVCO:
        return
    with pytest.raises(BadCode):
        mpm.parse(wrong)


ids = st.integers(65, 79).map(lambda one: f"{one:02d}")
unknown = st.dictionaries(ids, st.text(st.characters(codec="utf-8"), min_size=1, max_size=99), max_size=4)


@steady
@given(unknown, st.integers(1, 10**9), st.text(st.characters(codec="utf-8"), min_size=1, max_size=25))
def test_a_code_comes_back_with_all_its_unknown_fields(others: dict[str, str], cents: int, bill: str) -> None:
    extra = [Field(one, value) for one, value in others.items()]
    amount = Decimal(cents).scaleb(-2)
    text = mpm_compose.dynamic(STALL, amount, additional=Additional(bill=bill), extra=extra)
    code = mpm.parse(text)
    assert (code.amount, code.additional.bill, code.accounts) == (amount, bill, STALL.accounts)
    assert {one.id: one.value for one in code.fields if one.id >= "65"} == others
    assert mpm.build(code) == text


def test_a_printed_code_leaves_the_amount_to_the_customer() -> None:
    code = mpm.parse(mpm_compose.static(STALL, tip=Tip(TipKind.PERCENT, "12.5")))
    assert (code.dynamic, code.amount, code.tip) == (False, None, Tip(TipKind.PERCENT, "12.5"))


def test_a_name_in_another_language_stands_beside_the_first() -> None:
    merchant = Merchant(
        STALL.accounts, "5411", "KR", "Gimbap", "Seoul", "410", localised=Localised("KO", "김밥", "서울")
    )
    code = mpm.parse(mpm_compose.dynamic(merchant, Decimal(4500), tip=Tip(TipKind.FIXED, "500")))
    assert code.localised == Localised("KO", "김밥", "서울")
    assert (code.amount, code.tip) == (Decimal(4500), Tip(TipKind.FIXED, "500"))


@steady
@given(st.text(max_size=60))
def test_any_text_is_read_or_refused(text: str) -> None:
    body = mpm.START + "01" + text + "6304"
    try:
        code = mpm.parse(body + mpm.checksum(body), strict=False)
    except BadCode:
        return
    assert mpm.unchecked(code) == body + mpm.checksum(body)


def test_a_field_that_is_not_there_is_empty() -> None:
    assert find(Mpm((Field("00", "01"),)).fields, "54") == ""
    assert Mpm((Field("00", "01"),)).localised is None
