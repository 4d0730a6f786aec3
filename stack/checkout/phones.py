"""What the app on a phone asks: prices, payments at codes that a merchant prints, and the account's own code."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from contracts.checkout import PhoneAction, PhoneRequest, PhoneView
from contracts.codes.gs1 import Gs1
from contracts.codes.gtin import Gtin
from contracts.codes.mpm import Mpm
from contracts.codes.pop import Pop
from contracts.codes.recognise import recognise
from contracts.layout import Account, Layout
from contracts.records import AnswerRecord
from contracts.trade import TillKind
from stack.accounts.pop import PopBound, PopDesk
from stack.checkout.asked import Asked, Payer
from stack.checkout.cashier import Cashier
from stack.checkout.matching import Matching
from stack.checkout.sale import Sale
from stack.checkout.sale_table import SaleEvent
from stack.checkout.shop import Shop
from stack.money.basket import Item
from stack.money.bill import Bill, Owed
from stack.money.bill_table import BillState
from stack.money.currency import minor_of, written

NOT_KNOWN = "This code is not known here."


@dataclass(slots=True)
class _Open:
    """What a phone is about to agree to."""

    sale: Sale
    phone: str
    merchant: str
    payer: Payer | None = None
    """Whose screen showed the code: it settles the sale itself."""


class Phones:
    """All phones.

    Args:
        layout: the store.
        shop: what goods cost.
        accounts: by id.
        cashier: where the money is.
        pops: who has scanned which till's code.
        asked: which tills show a code for phones.
        matching: gives back the difference to lower prices of others.
        say: sends an answer.
    """

    def __init__(
        self,
        layout: Layout,
        shop: Shop,
        accounts: dict[str, Account],
        cashier: Cashier,
        pops: PopDesk,
        asked: Asked,
        matching: Matching,
        say: Callable[[AnswerRecord], None],
    ) -> None:
        self._till_of = {till.printed: till.id for till in layout.tills if till.printed}
        self._tables = {t.printed.encode(): t.id for t in layout.tills if t.kind is TillKind.PRINTED}
        self._shop, self._accounts, self._cashier = shop, accounts, cashier
        self._pops, self._asked, self._matching, self._say = pops, asked, matching, say
        self._open: dict[str, _Open] = {}
        self._paying: dict[str, _Open] = {}
        self._sales = 0
        self.now_ns = 0

    def take(self, request: PhoneRequest) -> None:
        """Take what the app of a phone asks."""
        if request.action is PhoneAction.CONFIRMED:
            self._agree(request)
        elif request.action is PhoneAction.CHOSE:
            self._choose(request)
        elif request.action is PhoneAction.SCANNED:
            self._scanned(request)

    def paid(self, bill: Bill, now_ns: int) -> None:
        """Hear of a bill that a phone agreed to."""
        paying = self._paying.get(bill.id)
        if paying is None or bill.state not in (BillState.PAID, BillState.HELD):
            return
        del self._paying[bill.id]
        if bill.state is BillState.PAID:
            if paying.payer is None:
                paying.sale.move(SaleEvent.PAID)
                self._say(self._cashier.slips.receipt(bill, now_ns))
            text = f"Paid {written(paying.sale.total_minor, bill.currency)} to {paying.merchant}."
        else:
            text = f"Not paid: {bill.reason}."
            if paying.payer is None:  # nothing changes hands
                self._cashier.give_up(bill.id, now_ns)
                self._cashier.slips.drop(bill.id)
        self._show(paying.phone, text)

    def _scanned(self, request: PhoneRequest) -> None:
        match recognise(request.code, ""):
            case (Gtin() as code) | Gs1(item=Gtin() as code):
                self._show(request.source, self._price(code, request.account))
            case Pop() if request.code in self._tables:
                self._order(self._tables[request.code], request)
            case Pop():
                bound = self._pops.scanned(request.code, request.account, request.t_ns)
                if isinstance(bound, PopBound):
                    self._show(request.source, "Now show your code at the till.")
                else:
                    self._show(request.source, f"Not now: {bound.reason}.")
            case Mpm() as code:
                self._merchant(code, request)
            case _:
                self._show(request.source, NOT_KNOWN)

    def _price(self, code: Gtin, account: str) -> str:
        """Say what an article costs, to a member what it costs them; who has bought it too dear gets the difference."""
        product = self._shop.product(code)
        if product is None:
            return f"Not sold here: {code.digits}."
        owner = self._accounts.get(account)
        prices = [self._shop.price([Item(product.id, 1)], member=member).total_minor for member in (False, True)]
        usual, member = (written(minor, self._shop.currency) for minor in prices)
        mine = f", for members {member}" if prices[1] < prices[0] else ""
        back = self._matching.claim(account, product.id, self.now_ns)
        given = f". Another shop is cheaper: {written(back, self._shop.currency)} given back" if back else ""
        return f"{product.name}: {member if mine and owner and owner.loyalty else usual}{mine}{given}"

    def _merchant(self, code: Mpm, request: PhoneRequest) -> None:
        """A code that a merchant prints or shows: ask whether the customer agrees."""
        if code.dynamic:
            self._shown_by_till(code, request)
            return
        text = request.code.decode("utf-8")
        till, merchant = self._till_of.get(text, ""), code.value("59")
        amount = minor_of(str(code.amount), self._shop.currency) if code.amount else request.amount_minor
        if not till or not amount:
            self._show(request.source, NOT_KNOWN if not till else f"How much do you pay to {merchant}?")
            return
        self._sales += 1
        sale = Sale(
            f"{till}-scan-{self._sales}", till, account=request.account, agreed_minor=amount, run=self._cashier.run
        )
        sale.move(SaleEvent.TOTAL)
        self._open[request.source] = _Open(sale, request.source, merchant)
        self._show(request.source, f"Pay {written(amount, self._shop.currency)} to {merchant}?", asks=True)

    def _order(self, table: str, request: PhoneRequest) -> None:
        """The code of a table: begin an order there."""
        self._sales += 1
        sale = Sale(f"{table}-order-{self._sales}", table, account=request.account, run=self._cashier.run)
        self._open[request.source] = _Open(sale, request.source, table)
        self._show(request.source, f"What shall we bring to {table}?")

    def _choose(self, request: PhoneRequest) -> None:
        """Put an article into the order that is open, and say what it comes to."""
        wanted, code = self._open.get(request.source), recognise(request.code, "")
        item = code.item if isinstance(code, Gs1) else code
        product = self._shop.product(item) if isinstance(item, Gtin) else None
        if wanted is None or product is None or not wanted.sale.move(SaleEvent.GOODS):
            self._show(request.source, "Please scan the code of a table first." if wanted is None else NOT_KNOWN)
            return
        owner = self._accounts.get(request.account)
        wanted.sale.items.append(Item(product.id, 1))
        wanted.sale.priced = self._shop.price(wanted.sale.items, member=bool(owner and owner.loyalty))
        amount = written(wanted.sale.total_minor, self._shop.currency)
        self._show(request.source, f"{product.name}. In all: {amount}. Order and pay?", asks=True)

    def _shown_by_till(self, code: Mpm, request: PhoneRequest) -> None:
        """A code for one payment: it names the sale, and must say what that comes to."""
        found = self._asked.find(code.additional.reference)
        right = found is not None and code.amount is not None
        if not right or found is None or minor_of(str(code.amount), self._shop.currency) != found[0].total_minor:
            self._show(request.source, NOT_KNOWN)
            return
        sale, payer = found
        self._open[request.source] = _Open(sale, request.source, code.value("59"), payer)
        amount = written(sale.total_minor, self._shop.currency)
        self._show(request.source, f"Pay {amount} to {code.value('59')}?", asks=True)

    def _agree(self, request: PhoneRequest) -> None:
        """The customer agrees: collect."""
        wanted, owner = self._open.pop(request.source, None), self._accounts.get(request.account)
        if wanted and owner and wanted.payer and wanted.payer.pay_by_phone(owner.id, request.t_ns):
            self._paying[wanted.sale.bill] = wanted
            return
        if wanted and wanted.sale.items:
            wanted.sale.move(SaleEvent.TOTAL)
        if wanted is None or wanted.payer or owner is None or not wanted.sale.move(SaleEvent.SHOWN):
            self._show(request.source, "There is nothing to agree to.")
            return
        self._paying[wanted.sale.bill] = wanted
        self._cashier.slips.open(wanted.sale)
        priced = wanted.sale.priced
        owed = Owed(wanted.sale.total_minor, *((priced.tax_minor, priced.discount_minor) if priced else ()))
        self._cashier.bill(wanted.sale.bill, owed, request.t_ns, account=owner.id, instrument=owner.instrument)

    def _show(self, phone: str, text: str, *, asks: bool = False) -> None:
        self._say(PhoneView(t_ns=self.now_ns, source="stack", phone=phone, text=text, asks=asks))
