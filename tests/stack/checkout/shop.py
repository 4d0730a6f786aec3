"""A till, a printed code and a gate with a provider behind them, driven record by record."""

from __future__ import annotations

from typing import Any, TypeVar

from contracts.checkout import PaymentOrder, PhoneAction, PhoneRequest, Receipt, TerminalOrder, TillEvent, TillKey
from contracts.clock import MILLISECOND, SECOND
from contracts.codes.mpm_compose import Merchant, static
from contracts.codes.mpm_parts import MerchantAccount
from contracts.codes.token import FIRST_KEY_ID, derive
from contracts.codes.top_up import TopUp
from contracts.geometry import Pose
from contracts.layout import Account, Layout, Product
from contracts.record import Record
from contracts.records import PalmScan, Scan, Setup
from contracts.trade import Promotion, PromotionKind, TillInfo, TillKind
from stack.checkout.checkout import Checkout
from stack.money.store import open_store
from stack.visits.identity import AccountBook
from twin.provider.provider import Provider

KEY = bytes(range(32))
STALL = static(Merchant((MerchantAccount("26", "com.walkout"),), "5411", "US", "Pear Stall", "Springfield", "840"))
TAXI = static(Merchant((MerchantAccount("26", "com.walkout"),), "4121", "US", "Taxi 7", "Springfield", "840"))
TABLE = "POP1:WALKOUT:TABLE-4::3CE8"
POP = "POP1:WALKOUT:TILL-2::5FE3"
NOVEL, ATLAS = "9780000000019", "9780000000033"
R = TypeVar("R", bound=Record)

LAYOUT = Layout(
    "books",
    (0, 0, 4, 4),
    (0, 0, 4, 4),
    products=(
        Product("novel", NOVEL, "Novel", 400.0, 1.0, price_minor=1500),
        Product("atlas", ATLAS, "Atlas", 800.0, 1.0, price_minor=3000),
    ),
    tills=(
        TillInfo("till-1", Pose.at(1, 1), scanner="s1", palm_reader="p1", terminal="t1", screen="x1"),
        TillInfo("till-2", Pose.at(2, 1), scanner="s2", screen="x2", printed=POP),
        TillInfo("stall", Pose.at(3, 1), TillKind.PRINTED, printed=STALL),
        TillInfo("table-4", Pose.at(1, 3), TillKind.PRINTED, printed=TABLE),
        TillInfo("machine", Pose.at(2, 3), TillKind.VENDING, scanner="s5", palm_reader="p5", screen="x5"),
        TillInfo("taxi", Pose.at(4, 1), TillKind.PRINTED, screen="x4", printed=TAXI),
    ),
    provider="bank",
    hold_minor=2000,
    promotions=(
        Promotion("members", PromotionKind.PRICE, ("novel",), price_minor=1200, members=True),
        Promotion("elsewhere", PromotionKind.MATCH, ("atlas", "novel"), price_minor=1400),
    ),
)


def account(name: str, handle: str, loyalty: str = "", bank: str = "approves") -> Account:
    return Account(
        name,
        palm_handles=(f"palm-{name}",),
        loyalty=loyalty,
        handle=handle,
        instrument=f"tok-{name}~{bank}",
        top_up=handle * 2,
    )


ACCOUNTS = (
    account("ana", "11111111", "prime"),
    account("ben", "22222222"),
    account("cat", "33333333", bank="declines"),
    account("dan", "44444444", "prime", bank="declines"),
)


class Desk:
    """A checkout with its provider, on a clock of 50 ms ticks."""

    def __init__(self, ledger: str = "sqlite::memory:") -> None:
        self._ledger = ledger
        self.start()
        self.bank = Provider(1, "bank", quick=True)
        self.deaf = False
        self.now_ns = 0
        self.said: list[Any] = []
        self.ordered: list[PaymentOrder] = []

    def start(self) -> None:
        """Begin a process of the stack."""
        setup = Setup(t_ns=0, source="rig", layout=LAYOUT, accounts=ACCOUNTS, key=KEY)
        self.store = open_store(self._ledger)
        self.book = AccountBook(ACCOUNTS, KEY)
        self.checkout = Checkout(setup, self.book, self.store)

    def restart(self) -> None:
        """Let the process die, with what it has not written, and another one begin; what follows is heard alone."""
        self.store.close()
        self.said.clear()
        self.start()

    def take(self, record: Any) -> None:
        self.checkout.take(record, self.now_ns)
        self.run()

    def run(self, seconds: float = 0.2) -> None:
        ends_ns = self.now_ns + round(seconds * SECOND)
        while self.now_ns < ends_ns:
            self.now_ns += 50 * MILLISECOND
            answers = self.checkout.answer(self.now_ns)
            self.said += answers
            for order in (a for a in answers if isinstance(a, PaymentOrder)):
                self.ordered.append(order)
                self.bank.take(self.now_ns, order)
            for result in () if self.deaf else self.bank.due(self.now_ns):
                self.checkout.take(result, self.now_ns)

    def scan(self, code: str, till: str = "s1", symbology: str = "]Q1") -> None:
        self.take(Scan(t_ns=self.now_ns, source=till, code=code.encode(), symbology=symbology))

    def goods(self, *numbers: str, till: str = "s1") -> None:
        for number in numbers:
            self.scan(number, till, "]E0")

    def key(self, key: TillKey, amount_minor: int = 0, till: str = "till-1", sale: str = "") -> None:
        self.take(TillEvent(t_ns=self.now_ns, source=till, key=key, amount_minor=amount_minor, sale=sale))

    def palm(self, name: str, reader: str = "p1") -> None:
        self.take(PalmScan(t_ns=self.now_ns, source=reader, handle=f"palm-{name}" if name else ""))

    def take_quietly_palm(self, name: str) -> None:
        """Let a palm pay, and stop at the very tick that prints the receipt."""
        self.checkout.take(PalmScan(t_ns=self.now_ns, source="p1", handle=f"palm-{name}"), self.now_ns)
        before = len(self.all(Receipt))
        while len(self.all(Receipt)) == before:
            self.run(0.05)

    def app(self, action: PhoneAction, code: str = "", amount_minor: int = 0, name: str = "ana") -> None:
        self.take(
            PhoneRequest(
                t_ns=self.now_ns,
                source=f"phone-{name}",
                account=name,
                action=action,
                code=code.encode(),
                amount_minor=amount_minor,
            )
        )

    def give(self, name: str, minor: int) -> None:
        """Put cash on an account."""
        self.key(TillKey.TOP_UP, minor, sale="gift")
        self.scan(self.top_up_of(name), symbology="]C0")
        self.said.clear()

    def code_of(self, name: str) -> str:
        handle = next(a.handle for a in ACCOUNTS if a.id == name)
        return derive(KEY, FIRST_KEY_ID, handle).code_at(self.now_ns)

    def top_up_of(self, name: str) -> str:
        return TopUp(next(a.top_up for a in ACCOUNTS if a.id == name)).code()

    def all(self, kind: type[R]) -> list[R]:
        return [answer for answer in self.said if isinstance(answer, kind)]

    def taken(self, name: str) -> int:
        """Return what the bank holds taken from an account's card."""
        instrument = next(a.instrument for a in ACCOUNTS if a.id == name)
        payments = {o.payment for o in self.ordered if o.instrument == instrument}
        return sum(self.bank.holdings[p].taken - self.bank.holdings[p].given_back for p in payments)

    @property
    def terminal_key(self) -> str:
        return self.all(TerminalOrder)[-1].key

    def screen(self, screen: str = "x1") -> str:
        return next((a.text for a in reversed(self.said) if getattr(a, "screen", "") == screen), "")

    def phone(self, name: str = "ana") -> str:
        return next((a.text for a in reversed(self.said) if getattr(a, "phone", "") == f"phone-{name}"), "")
