"""Payment codes of wallets."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contracts.clock import SECOND
from contracts.codes import payment_code
from contracts.codes.digits import passes_luhn
from contracts.codes.payment_code import Wallet
from contracts.errors import BadCode
from tests.contracts.code_vectors import ALIPAY_PLUS, ALIPAY_PLUS_19, WECHAT
from tests.contracts.drawn import steady


@pytest.mark.parametrize(
    ("text", "wallet"),
    [
        (WECHAT, Wallet.WECHAT),
        ("155056725249518813", Wallet.WECHAT_HK),
        ("100000000000000000", Wallet.WECHAT),
        (ALIPAY_PLUS, Wallet.ALIPAY_PLUS),
        (ALIPAY_PLUS_19, Wallet.ALIPAY_PLUS),
        ("281010897274821897274821", Wallet.ALIPAY_PLUS),
        ("28024456785672301", Wallet.ALIPAY),
        ("280244567856723011", Wallet.ALIPAY),
        ("2802445678567230112", Wallet.ALIPAY),
        ("2893612204263067830", Wallet.ALIPAY),
        ("25" + "0" * 30, Wallet.ALIPAY_PLUS),
    ],
)
def test_whose_code_it_is(text: str, wallet: Wallet) -> None:
    code = payment_code.recognise(text)
    assert code is not None
    assert (code.wallet, code.digits) == (wallet, text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "165056725249518813",  # WeChat ends at 15
        "13505672524951881",
        "1350567252495188133",
        "31" + "0" * 22,
        "2802445678567230",  # 16 digits
        "25" + "0" * 31,
        "1350567252495188\N{FULLWIDTH DIGIT ONE}3",
        "13505672524951881\n",
    ],
)
def test_what_is_nobodys_code(text: str) -> None:
    assert payment_code.recognise(text) is None


def test_what_is_known_of_a_code() -> None:
    code = payment_code.recognise(ALIPAY_PLUS)
    assert code is not None
    assert code.issuer == "251001"
    assert code.valid_ns == 60 * SECOND
    wechat = payment_code.recognise(WECHAT)
    assert wechat is not None
    assert wechat.issuer == ""


def test_the_digits_pay_so_no_text_form_shows_them() -> None:
    code = payment_code.recognise(WECHAT)
    assert code is not None
    assert WECHAT not in f"{code} {code!r}"
    assert code.masked() == "*" * 14 + "8813"


@steady
@given(st.text("0123456789", min_size=16, max_size=16))
def test_what_a_wallet_makes_is_recognised(user: str) -> None:
    made = [
        payment_code.wechat(user),
        payment_code.wechat(user, hong_kong=True),
        payment_code.alipay_plus("251001", user),
    ]
    assert [payment_code.recognise(one.digits) for one in made] == made
    assert [one.wallet for one in made] == [Wallet.WECHAT, Wallet.WECHAT_HK, Wallet.ALIPAY_PLUS]


@pytest.mark.parametrize(("issuer", "user"), [("251001", "1"), ("991001", "1" * 16), ("25100x", "1" * 16)])
def test_no_wallet_makes_others(issuer: str, user: str) -> None:
    with pytest.raises(BadCode, match="no wallet"):
        payment_code.alipay_plus(issuer, user)


def test_a_payment_code_can_pass_for_a_card_number_by_chance() -> None:
    # Why a search for card numbers in recordings must know which field it looks at.
    passing = [end for end in range(10) if passes_luhn(f"13505672524951881{end}")]
    assert len(passing) == 1
    assert passes_luhn("4111111111111111")
    assert not passes_luhn("4111111111111112")
    assert not passes_luhn("")
