"""One till: scans, palms and keys in, a sale built up, paid and printed."""

from __future__ import annotations

from collections.abc import Callable

from contracts.biometrics import BioScan
from contracts.checkout import BalanceChange, Receipt, ReceiptStatus, TillEvent, TillKey
from contracts.codes import mpm, pop
from contracts.codes.gs1 import Gs1
from contracts.codes.gtin import Gtin
from contracts.codes.payment_code import PaymentCode
from contracts.codes.recognise import recognise
from contracts.codes.shown import digest
from contracts.codes.token import Token
from contracts.codes.top_up import TopUp
from contracts.layout import Account
from contracts.records import AnswerRecord, PalmScan, Scan, ScreenCommand
from contracts.trade import DOOR_OPEN, TillInfo, TillKind
from stack.accounts.pop import PopBound, PopDesk
from stack.checkout import terminals
from stack.checkout.asked import Asked
from stack.checkout.cashier import Cashier
from stack.checkout.dynamic import dynamic
from stack.checkout.labels import Priced, priced
from stack.checkout.sale import Sale
from stack.checkout.sale_table import SaleEvent, SaleState
from stack.checkout.shop import Shop
from stack.money.basket import Item
from stack.money.bill import Bill, Owed
from stack.money.bill_table import BillState
from stack.money.currency import written
from stack.money.errors import NotPossible
from stack.visits.identity import AccountBook

Say = Callable[[AnswerRecord], None]
ANEW = "This till was started anew. Please begin again."
NOT_SURE = "It is not sure yet whether this was paid. Please ask a member of staff."


class Till:
    """One till.

    Args:
        info: as installed.
        shop: what goods cost.
        book: whose codes and palms those are.
        accounts: by id.
        cashier: where the money is.
        pops: who has scanned which till's code.
        asked: which tills show a code for phones.
        say: sends an answer.
    """

    def __init__(
        self,
        info: TillInfo,
        shop: Shop,
        book: AccountBook,
        accounts: dict[str, Account],
        cashier: Cashier,
        pops: PopDesk,
        asked: Asked,
        say: Say,
    ) -> None:
        self.info = info
        self._shop, self._book, self._accounts = shop, book, accounts
        self._cashier, self._pops, self._asked, self._say = cashier, pops, asked, say
        self.now_ns = 0
        self._sale: Sale | None = None
        self._sales = 0
        self._cash: TillEvent | None = None

    def scan(self, record: Scan) -> None:
        """Take what the till's scanner read."""
        if self._cash is not None:
            self._deposit(record.code, record.t_ns)
            return
        match recognise(record.code, record.symbology):
            case Gtin() as code:
                self._goods(code)
            case Gs1(item=Gtin() as code):
                self._goods(code)
            case Gs1() as label:
                self._piece(label)
            case TopUp():
                self._show("No cash was keyed in.")
            case PaymentCode():
                self._pay(f"sha256:{digest(record.code)}", record.t_ns)
            case Token():
                self._shown(record)
            case _ if record.code.startswith(b"sha256:"):  # a recording: a code of our own, or of another wallet
                self._shown(record)
            case other:
                self._show(f"Not known here: {getattr(other, 'why', 'this code')}.")

    def palm(self, record: PalmScan | BioScan) -> None:
        """Take whom the till's palm reader, or another biometric reader, knew."""
        shown = self._book.look_up(record)
        if shown.account:
            self._known(shown.account, record.t_ns)
        else:
            self._show(shown.refusal)

    def key(self, event: TillEvent) -> None:
        """Take a key that was pressed."""
        match event.key:
            case TillKey.TOTAL:
                self._total(event.amount_minor)
            case TillKey.CARD:
                if self._total(event.amount_minor) and self.info.terminal:
                    self._pay(terminals.at(self.info.terminal), event.t_ns)
            case TillKey.TOP_UP:
                self._cash = event
                self._show(f"{written(event.amount_minor, self._shop.currency)} in cash. Please show your bar code.")
            case TillKey.CANCEL:
                self._cancel(event.t_ns)

    def paid(self, bill: Bill, now_ns: int) -> None:
        """Hear of the bill of this till's sale."""
        sale = self._sale
        if sale is None or bill.id != sale.bill:
            return
        if bill.state is BillState.PAID:
            sale.move(SaleEvent.PAID)
            self._sale = None
            self._pops.close(self.info.id.upper())
            self.finish(self._cashier.slips.receipt(bill, now_ns))
        elif bill.state is BillState.HELD and sale.move(SaleEvent.REFUSED):
            self._show(f"Not paid: {bill.reason}. Please pay another way.")

    def finish(self, receipt: Receipt) -> None:
        """Print a receipt, and say so on the screen: also one of a sale that was begun before the last start."""
        self._say(receipt)
        if receipt.status is not ReceiptStatus.FINAL:
            self._show(ANEW if receipt.status is ReceiptStatus.VOID else NOT_SURE)
            return
        self._show(f"Paid {written(receipt.total_minor, self._shop.currency)}. Thank you.")
        if self.info.kind is TillKind.VENDING:
            self._show(DOOR_OPEN)

    def _piece(self, label: Gs1) -> None:
        """Add a piece that says its own price."""
        piece = priced(label, self._shop.currency)
        if piece is None:
            self._show(f"Not sold here: {label.why}.")
        else:
            self._goods(piece.article, piece)

    def _goods(self, code: Gtin, piece: Priced | None = None) -> None:
        """Add an article, at the price of its label where that says one."""
        product = self._shop.product(code)
        if product is None:
            self._show(f"Not sold here: {code.digits}.")
            return
        sale = self._open()
        if sale.move(SaleEvent.GOODS):
            sale.items.append(Item(product.id, 1, piece.minor if piece else None))
            cost = written(piece.minor if piece else product.price_minor, self._shop.currency)
            self._show(f"{product.name}{piece.weight if piece else ''} {cost}")

    def _open(self) -> Sale:
        if self._sale is None:
            self._sales += 1
            self._sale = Sale(f"{self.info.id}-sale-{self._sales}", self.info.id, run=self._cashier.run)
            self._cashier.slips.open(self._sale)
            self._pops.open(self.info.id.upper(), self._sale.id.upper())
        return self._sale

    def _total(self, amount_minor: int) -> bool:
        """Ask for the money, with an amount that was keyed in; return whether there is anything to pay."""
        sale = self._open() if amount_minor else self._sale
        if sale is None or not sale.move(SaleEvent.TOTAL):
            return False
        if not self._cashier.known(sale.bill):
            sale.agreed_minor = amount_minor
            self._reprice(sale)
        code = self._code(sale)
        how = "Please scan this code." if code else "Please show your palm, code or card."
        self._show(f"{written(sale.total_minor, self._shop.currency)}. {how}", code)
        return True

    def _code(self, sale: Sale) -> bytes:
        """Return what phones can scan to pay a sale, b"" where the till has no merchant's code."""
        if not (self.info.screen and self.info.printed.startswith(mpm.START) and sale.total_minor):
            return b""
        self._asked.show(sale, self)
        return dynamic(self.info.printed, sale.total_minor, self._shop.currency, sale.id).encode()

    def _reprice(self, sale: Sale) -> None:
        sale.priced = self._shop.price(sale.items, member=self._is_member(sale.account))

    def pay_by_phone(self, account: str, now_ns: int) -> bool:
        """Somebody agreed on their phone to what the screen shows; return whether it is being collected."""
        sale = self._sale
        if sale is None or sale.state is not SaleState.ASKED:
            return False
        return self._known(account, now_ns)

    def _shown(self, record: Scan) -> None:
        shown = self._book.look_up(record)
        if shown.account and self._agreed(shown.account, record.t_ns):
            self._known(shown.account, record.t_ns)
        elif shown.refusal and record.code.startswith(b"sha256:"):
            self._pay(record.code.decode(), record.t_ns)
        elif shown.refusal:
            self._show(shown.refusal)

    def _agreed(self, account: str, now_ns: int) -> bool:
        """Whether somebody who shows a code may pay: where a till's own code is to be scanned first, by whom it was."""
        if not self.info.printed.startswith(pop.HEAD):
            return True
        bound = self._pops.shown(self.info.id.upper(), account, now_ns)
        if isinstance(bound, PopBound):
            return True
        self._show("Please scan the code of this till with the app first.")
        return False

    def _known(self, account: str, now_ns: int) -> bool:
        """Somebody is known: they pay, or are a member when the goods are totalled. Return whether they pay."""
        sale = self._open()
        if sale.state is SaleState.PAYING:  # money is on its way, whoever else is seen now
            return False
        if sale.account != account and not self._begin_for(account, sale, now_ns):
            self._show(NOT_SURE)
            return False
        if sale.state is not SaleState.ASKED:
            return False
        if not self._cashier.known(sale.bill):  # what was tried once comes to the same the second time
            self._reprice(sale)
        return self._pay(self._accounts[account].instrument, now_ns, from_balance=True)

    def _begin_for(self, account: str, sale: Sale, now_ns: int) -> bool:
        """Make a sale somebody's; what was billed to somebody else is given up. Return whether that can be."""
        if self._cashier.known(sale.bill):
            if not self._cashier.give_up(sale.bill, now_ns):
                return False
            self._cashier.slips.drop(sale.bill)
            sale.bills, sale.tries = sale.bills + 1, 0
        sale.account = account
        return True

    def _pay(self, instrument: str, now_ns: int, *, from_balance: bool = False) -> bool:
        """Collect the total at an instrument, whoever's it is; return whether there was anything to pay."""
        sale = self._sale
        if sale is None or sale.priced is None or not sale.move(SaleEvent.SHOWN):
            self._show("There is nothing to pay.")
            return False
        sale.tries += 1
        self._cashier.slips.open(sale)
        if self._cashier.known(sale.bill):
            self._cashier.retry(f"{sale.bill}/try-{sale.tries}", sale.bill, instrument, now_ns)
            return True
        owed = Owed(sale.total_minor, sale.priced.tax_minor, sale.priced.discount_minor)
        self._cashier.bill(
            sale.bill, owed, now_ns, account=sale.account, instrument=instrument, from_balance=from_balance
        )
        return True

    def _cancel(self, now_ns: int) -> None:
        if self._sale and self._sale.move(SaleEvent.CANCEL):
            self._cashier.give_up(self._sale.bill, now_ns)
            self._cashier.slips.drop(self._sale.bill)
            self._sale = None
            self._pops.close(self.info.id.upper())
            self._show("Cancelled.")

    def _deposit(self, code: bytes, now_ns: int) -> None:
        """Put the cash that was keyed in on the account of a bar code."""
        cash, account = self._cash, self._book.by_top_up(code)
        if cash is None or not account:
            self._show("This bar code is not known here.")
            return
        self._cash = None
        try:
            balance = self._cashier.deposit(cash.sale, account, cash.amount_minor, now_ns)
        except NotPossible as error:
            self._show(f"Not possible: {error.what}; {error.expected}.")
            return
        self._say(
            BalanceChange(
                t_ns=now_ns,
                source="stack",
                account=account,
                amount_minor=cash.amount_minor,
                balance_minor=balance,
                currency=self._shop.currency,
                key=cash.sale,
                reason="cash top-up",
                till=self.info.id,
            )
        )

    def _is_member(self, account: str) -> bool:
        owner = self._accounts.get(account)
        return bool(owner and owner.loyalty)

    def _show(self, text: str, code: bytes = b"") -> None:
        if self.info.screen:
            said = ScreenCommand(t_ns=self.now_ns, source="stack", screen=self.info.screen, text=text, code=code)
            self._say(said)
