"""A store for looking at the app: a visit is under way, goods are taken, cards are good. Nobody is behind it.

The pages, the prices and the money are the real ones; what a twin or a shop would report is made up here.
"""

from __future__ import annotations

from collections.abc import Sequence

from contracts.checkout import PaymentOrder, PaymentOutcome, PaymentResult, PhoneRequest, Receipt, ReceiptLine
from contracts.clock import SECOND
from contracts.geometry import Pose
from contracts.layout import Account, Layout, Product
from contracts.records import AnswerRecord, CartChange, Hypothesis, SensorRecord, Setup, VisitChange, VisitState
from contracts.trade import Promotion, PromotionKind, TaxRate, TillInfo
from stack.checkout.checkout import Checkout
from stack.money.store import open_store
from stack.visits.identity import AccountBook

KEY = bytes(range(32))
"""Guards nothing: the demo has no gate."""
ACCOUNTS = (
    Account("ana", loyalty="gold", handle="31415926", instrument="tok-ana", top_up="2718281828459045"),
    Account("ben", palm_handles=("palm-ben",), handle="27182818"),
)
PRODUCTS = (
    Product("water", "4000000000013", "Spring water 0.5 l", 520.0, 3.0, price_minor=120, tax_class="food"),
    Product("cola", "4000000000020", "Kestrel cola 0.5 l", 521.0, 3.0, price_minor=180),
    Product("nuts", "4000000000037", "Tallow nuts 200 g", 210.0, 2.0, price_minor=320, tax_class="food"),
    Product("soap", "4000000000044", "Soap & lavender", 300.0, 2.0, price_minor=300),
)
LAYOUT = Layout(
    name="demo",
    bounds_m=(0.0, 0.0, 6.0, 4.0),
    inside_m=(0.0, 0.0, 6.0, 4.0),
    products=PRODUCTS,
    tills=(TillInfo("till-1", Pose.at(1.0, 1.0)),),
    provider="bank",
    promotions=(
        Promotion("three colas for two", PromotionKind.N_FOR_M, ("cola",), take=3, pay=2),
        Promotion("members' nuts", PromotionKind.PRICE, ("nuts",), price_minor=250, members=True),
    ),
    tax_rates=(TaxRate("standard", 190_000), TaxRate("food", 70_000)),
)
SETUP = Setup(t_ns=0, source="demo", layout=LAYOUT, accounts=ACCOUNTS, key=KEY)
TAKEN = ((5, "water", 1), (10, "cola", 1), (20, "cola", 1), (35, "cola", 1), (50, "nuts", 2), (70, "water", -1))
"""Seconds of the visit, product, count."""
BEFORE = (("v1", "", (("cola", 3), ("nuts", 1))), ("till-1-sale-1", "till-1", (("soap", 1), ("water", 2))))
"""Receipts of earlier days: number, till, goods."""


class DemoStack:
    """Answers as a stack would."""

    def __init__(self) -> None:
        self._checkout: Checkout | None = None
        self._orders: list[PaymentOrder] = []
        self._said = 0

    def feed(self, records: Sequence[SensorRecord], now_ns: int) -> Sequence[AnswerRecord]:
        """Take what the app asks, and go on with the visit."""
        answers: list[AnswerRecord] = []
        for record in records:
            if isinstance(record, Setup):
                self._checkout = Checkout(
                    record, AccountBook(record.accounts, record.key), open_store("sqlite::memory:")
                )
                answers += [self._checkout.price(receipt) for receipt in _receipts()]
                answers.append(VisitChange(t_ns=0, source="demo", visit="v2", state=VisitState.INSIDE, account="ana"))
            elif isinstance(record, PhoneRequest) and self._checkout:
                self._checkout.take(record, now_ns)
        return [*answers, *self._taken(now_ns), *self._paid(now_ns)]

    def close(self) -> None:
        """Let go of the ledger; may be called twice."""
        if self._checkout:
            self._checkout.close()

    def balance(self, account: str) -> int:
        """Return the stored value of an account, minor units."""
        return self._checkout.balance(account) if self._checkout else 0

    def _taken(self, now_ns: int) -> list[AnswerRecord]:
        due = [one for one in TAKEN[self._said :] if one[0] * SECOND <= now_ns]
        first, self._said = self._said, self._said + len(due)
        return [
            CartChange(t_ns=now_ns, source="demo", event=f"e{number}", chosen=Hypothesis("v2", product, count, 0.99))
            for number, (_, product, count) in enumerate(due, start=first)
        ]

    def _paid(self, now_ns: int) -> list[AnswerRecord]:
        """Let the bank approve what was ordered a tick ago."""
        if self._checkout is None:
            return []
        for order in self._orders:
            self._checkout.take(_approved(order, now_ns), now_ns)
        answers = self._checkout.answer(now_ns)
        self._orders = [answer for answer in answers if isinstance(answer, PaymentOrder)]
        return answers


def _receipts() -> list[Receipt]:
    price = {product.id: product.price_minor for product in PRODUCTS}
    return [
        Receipt(
            t_ns=0,
            source="demo",
            visit=number,
            account="ana",
            lines=tuple(ReceiptLine(product, count, price[product], 0.99) for product, count in goods),
            total_minor=0,
            currency=LAYOUT.currency,
            left_ns=0,
            till=till,
        )
        for number, till, goods in BEFORE
    ]


def _approved(order: PaymentOrder, now_ns: int) -> PaymentResult:
    return PaymentResult(
        t_ns=now_ns,
        source=order.provider,
        key=order.key,
        payment=order.payment,
        action=order.action,
        outcome=PaymentOutcome.APPROVED,
        reference="demo",
        amount_minor=order.amount_minor,
    )
