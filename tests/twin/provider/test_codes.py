"""Payment codes of other wallets: known by digest, good for a minute and for one payment."""

from contracts.checkout import PaymentAction, PaymentOrder, PaymentOutcome
from contracts.clock import SECOND
from contracts.codes.payment_code import VALID_NS, Wallet, recognise
from contracts.codes.shown import hidden
from contracts.steps import OtherWallet
from twin.provider.codes import WalletCodes
from twin.provider.provider import Provider
from twin.wallet import TwinWallet


def held(bank: Provider, code: bytes, now_ns: int, payment: str = "p") -> tuple[PaymentOutcome, str]:
    order = PaymentOrder(
        t_ns=now_ns, source="stack", provider="bank", key=f"{payment}/1", payment=payment,
        action=PaymentAction.AUTHORISE, amount_minor=10, currency="CNY", instrument=hidden(code).decode(),
    )  # fmt: skip
    (result,) = bank.exchange(now_ns, [order])
    return result.outcome, result.reason


def made(wallet: OtherWallet) -> tuple[TwinWallet, Provider]:
    codes = WalletCodes()
    return TwinWallet(wallet, "mei", 1, codes), Provider(1, "bank", quick=True, codes=codes)


def test_a_fresh_code_pays_once_and_a_new_one_is_drawn_after_it() -> None:
    wallet, bank = made(OtherWallet(of="wechat"))
    code = wallet.code(0)
    assert wallet.code(SECOND) == code
    assert held(bank, code, SECOND)[0] is PaymentOutcome.APPROVED
    assert held(bank, code, SECOND)[0] is PaymentOutcome.APPROVED  # the same order once more
    assert held(bank, code, 2 * SECOND, "q") == (PaymentOutcome.DECLINED, "the code was used")
    assert wallet.code(2 * SECOND) != code


def test_a_code_ends_after_a_minute() -> None:
    wallet, bank = made(OtherWallet(of="wechat"))
    code = wallet.code(0)
    assert wallet.code(VALID_NS) != code
    assert held(bank, code, VALID_NS) == (PaymentOutcome.DECLINED, "the code has expired")


def test_a_code_shown_late_has_expired_and_one_that_was_made_up_is_unknown() -> None:
    late, bank = made(OtherWallet(of="wechat", behind_ns=VALID_NS))
    assert held(bank, late.code(0), 0)[1] == "the code has expired"
    forged, bank = made(OtherWallet(of="wechat", known=False))
    assert held(bank, forged.code(0), 0)[1] == "no wallet knows this code"


def test_a_wallet_behaves_as_its_bank_does() -> None:
    wallet, bank = made(OtherWallet(of="alipay", bank="declines"))
    assert held(bank, wallet.code(0), 0)[1] == "insufficient funds"


def test_the_codes_are_those_of_the_wallets() -> None:
    for of, kind, digits in (("wechat", Wallet.WECHAT, 18), ("alipay", Wallet.ALIPAY_PLUS, 24)):
        text = made(OtherWallet(of=of))[0].code(0).decode()  # type: ignore[arg-type]
        code = recognise(text)
        assert code is not None
        assert (code.wallet, len(text)) == (kind, digits)
