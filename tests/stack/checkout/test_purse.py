"""Money onto an account from the card on file, and palms that are forgotten, as the app asks for them."""

from __future__ import annotations

from dataclasses import replace

from contracts.checkout import (
    BalanceChange,
    PaymentOrder,
    PhoneAction,
    PhoneRequest,
    PhoneView,
    Receipt,
    ReceiptLine,
)
from contracts.clock import SECOND
from contracts.layout import Account
from contracts.records import AnswerRecord, PalmScan, Setup
from stack.checkout.checkout import Checkout
from stack.money.store import open_store
from stack.visits.identity import AccountBook
from tests.stack.small_store import LAYOUT
from twin.provider.provider import Provider

ANA = Account("ana", palm_handles=("palm-ana",), instrument="tok-ana")
EVE = Account("eve", instrument="tok-eve~declines")
BEN = Account("ben", palm_handles=("palm-ben",))


class Shop:
    """A checkout and a provider that talk to one another."""

    def __init__(self, provider: str = "acquirer") -> None:
        layout = replace(LAYOUT, provider=provider, hold_minor=2000)
        setup = Setup(t_ns=0, source="rig", layout=layout, accounts=(ANA, BEN, EVE))
        self.book = AccountBook(setup.accounts)
        self.checkout = Checkout(setup, self.book, open_store("sqlite::memory:"))
        self.bank = Provider(7, quick=True)
        self.now_ns = 0
        self.said: list[AnswerRecord] = []

    def ask(self, action: PhoneAction, account: str = "ana", amount_minor: int = 0) -> None:
        request = PhoneRequest(
            t_ns=self.now_ns, source=f"app-{account}", account=account, action=action, amount_minor=amount_minor
        )
        self.checkout.take(request, self.now_ns)
        self.wait()

    def wait(self) -> None:
        for _ in range(20):
            self.now_ns += SECOND // 4
            for result in self.bank.due(self.now_ns):
                self.checkout.take(result, self.now_ns)
            answers = self.checkout.answer(self.now_ns)
            for answer in answers:
                if isinstance(answer, PaymentOrder):
                    self.bank.take(self.now_ns, answer)
            self.said += answers

    def told(self) -> list[str]:
        return [f"{said.phone}: {said.text}" for said in self.said if isinstance(said, PhoneView)]

    def changes(self) -> list[tuple[str, int, int]]:
        return [(s.account, s.amount_minor, s.balance_minor) for s in self.said if isinstance(s, BalanceChange)]


def test_a_card_on_file_fills_the_account() -> None:
    shop = Shop()
    shop.ask(PhoneAction.TOP_UP, amount_minor=2500)
    shop.ask(PhoneAction.TOP_UP, amount_minor=1500)
    assert shop.changes() == [("ana", 2500, 2500), ("ana", 1500, 4000)]
    assert shop.told() == ["app-ana: Added 25.00 USD.", "app-ana: Added 15.00 USD."]
    assert (shop.checkout.balance("ana"), shop.checkout.balance("ben")) == (4000, 0)


def test_an_amount_outside_the_limits_is_refused_and_nothing_is_ordered() -> None:
    shop = Shop()
    shop.ask(PhoneAction.TOP_UP, amount_minor=1499)
    assert shop.changes() == []
    assert shop.told() == ["app-ana: Not possible: a deposit outside the limits; 15.00 USD to 500.00 USD."]
    assert not [said for said in shop.said if isinstance(said, PaymentOrder)]


def test_who_has_no_card_on_file_is_told_so() -> None:
    shop = Shop()
    shop.ask(PhoneAction.TOP_UP, "ben", 2500)
    assert shop.told() == ["app-ben: There is no card on file."]


def test_a_store_without_a_provider_charges_no_card() -> None:
    shop = Shop(provider="")
    shop.ask(PhoneAction.TOP_UP, amount_minor=2500)
    assert shop.told() == ["app-ana: There is no card on file."]
    assert shop.checkout.balance("ana") == 0


def test_a_declined_card_adds_nothing_and_says_why() -> None:
    shop = Shop()
    shop.ask(PhoneAction.TOP_UP, "eve", 2500)
    assert shop.changes() == []
    assert shop.told() == ["app-eve: Not added: insufficient funds."]


def test_a_forgotten_palm_opens_nothing_and_others_still_do() -> None:
    shop = Shop()
    assert shop.book.by_palm("palm-ana").account == "ana"
    shop.ask(PhoneAction.FORGET_PALM)
    assert "not enrolled" in shop.book.look_up(PalmScan(t_ns=0, source="palm-in", handle="palm-ana")).refusal
    assert shop.book.by_palm("palm-ben").account == "ben"


def test_stored_value_that_pays_for_a_visit_is_told_under_the_receipts_name() -> None:
    shop = Shop()
    shop.ask(PhoneAction.TOP_UP, amount_minor=2500)
    assert shop.checkout.ask("ana", "gate-in", shop.now_ns)
    shop.wait()
    shop.checkout.admitted("v7", "ana", "gate-in")
    lines = (ReceiptLine("soap", 2, 300, 0.99),)
    receipt = Receipt(
        t_ns=0, source="stack", visit="v7", account="ana", lines=lines, total_minor=600, currency="USD", left_ns=0
    )
    shop.checkout.settle(shop.checkout.price(receipt), shop.now_ns)
    shop.wait()
    told = [said for said in shop.said if isinstance(said, BalanceChange)]
    assert [(said.key, said.amount_minor, said.balance_minor) for said in told[1:]] == [("v7", -600, 1900)]
