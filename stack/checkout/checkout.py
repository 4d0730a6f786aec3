"""The checkout half of the stack: who is let in, what is owed, and what became of the money.

At a gate: a code or palm -> AccountBook -> Entry (which holds an amount, if the store wants one) -> let in.
Walked out: a receipt -> Entry, which prices and settles it.
At a till: goods, palms, codes and keys -> Till -> Sale -> Cashier -> Receipt.
On a phone: what the app asks -> Phones.
The money: Cashier -> ledger, and only then PaymentOrder; PaymentResult -> Cashier -> whoever waits for it.
"""

from __future__ import annotations

from collections.abc import Sequence

from contracts.biometrics import BioScan
from contracts.checkout import (
    BalanceChange,
    PalmEnrolled,
    PaymentResult,
    PhoneRequest,
    Receipt,
    TerminalEvent,
    TillEvent,
)
from contracts.records import AnswerRecord, PalmScan, Scan, Setup
from stack.accounts.pop import PopDesk
from stack.checkout.asked import Asked
from stack.checkout.cashier import Cashier
from stack.checkout.entry import Entry
from stack.checkout.held import Held
from stack.checkout.kept_traits import KeptTraits
from stack.checkout.left_over import LeftOvers
from stack.checkout.matching import Matching
from stack.checkout.open_visits import OpenVisits
from stack.checkout.palm_desk import PalmDesk
from stack.checkout.phones import Phones
from stack.checkout.purse import Purse, bought
from stack.checkout.shop import Shop
from stack.checkout.till import Till
from stack.checkout.used_codes import UsesKept
from stack.money.bill import Bill, BillKind
from stack.money.bill_table import BillState
from stack.money.desk import Desk
from stack.money.kept import OpenVisit
from stack.money.payment import Payment
from stack.money.store import Store
from stack.visits.identity import AccountBook

MERCHANT = "WALKOUT"

Paid = Scan | PalmScan | BioScan | PalmEnrolled | TillEvent | TerminalEvent | PhoneRequest | PaymentResult


class Checkout:
    """Everything about money in one run.

    Args:
        setup: the store, its accounts and the key of their phones.
        book: whose codes and palms those are.
        ledger: where the books are kept.
    """

    def __init__(self, setup: Setup, book: AccountBook, ledger: Store) -> None:
        layout = setup.layout
        accounts = {account.id: account for account in setup.accounts}
        shop = Shop(layout)
        self._cashier = Cashier(Desk(ledger, layout.provider), layout.currency)
        self._entry = Entry(layout, accounts, shop, self._cashier)
        pops, asked = PopDesk(MERCHANT), Asked()
        self._matching = Matching(layout, shop, accounts, self._cashier, self._say)
        self._phones = Phones(layout, shop, accounts, self._cashier, pops, asked, self._matching, self._say)
        self._palms = PalmDesk(layout, book, self._say, self._cashier.run)
        self._traits = KeptTraits(self._cashier.notes, book)
        self._purse = Purse(accounts, self._cashier, book, layout.provider, self._say)
        tills = [Till(till, shop, book, accounts, self._cashier, pops, asked, self._say) for till in layout.tills]
        self._tills = {till.info.id: till for till in tills}
        self._till_of = {d: t for t in tills for d in (t.info.scanner, t.info.palm_reader, t.info.bio_reader) if d}
        self._used = UsesKept(self._cashier.notes, setup.key)
        book.keep_uses(self._used)
        self.open_visits = OpenVisits(self._cashier.notes)
        self._left = LeftOvers(self._cashier, self._tills, layout.currency, self._changed, self._say, self._entry.has)
        self._answers: list[AnswerRecord] = []

    def begin(self, now_ns: int) -> None:
        """Take up what must be known before anything is shown or pressed; once more changes nothing."""
        self._used.begin(now_ns)
        self._palms.remind(self._traits.begin(now_ns), now_ns)
        self._matching.begin(now_ns)

    def take(self, record: Paid, now_ns: int) -> None:
        """Take what a till, a phone, a terminal or the provider says; what is for nobody here is let be."""
        self._phones.now_ns = now_ns
        for till in self._tills.values():
            till.now_ns = now_ns
        match record:
            case PaymentResult() | TerminalEvent():
                self._cashier.hear(record)
            case PhoneRequest():
                self._traits.watch(record.account)
                self._phones.take(record)
                self._palms.take(record, now_ns)
                self._purse.take(record, now_ns)
                self._traits.note(now_ns)
            case PalmEnrolled():
                self._palms.enrolled(record, now_ns)
                self._traits.note(now_ns)
            case TillEvent() if record.source in self._tills:
                self._tills[record.source].key(record)
            case Scan() if record.source in self._till_of:
                self._till_of[record.source].scan(record)
            case PalmScan() | BioScan() if record.source in self._till_of:
                self._till_of[record.source].palm(record)

    @property
    def run(self) -> str:
        """What stands before the names that this process gives, "" for the first on these books."""
        return self._cashier.run

    def ask(self, account: str, gate: str, now_ns: int) -> bool:
        """Ask for a hold before somebody is let in; return whether one is needed. `decided` says what came of it."""
        return self._entry.ask(account, gate, now_ns)

    def decided(self, now_ns: int) -> Sequence[Held]:
        """Return the holds that were decided since the last call and whose turn it is."""
        return self._entry.decided(now_ns)

    def admitted(self, visit: str, account: str, gate: str) -> None:
        """Somebody was let in."""
        self.open_visits.hold(visit, self._entry.admitted(visit, account, gate))

    def lapsed(self, visit: str, now_ns: int) -> None:
        """Nothing will be owed for a visit: nobody came in, or somebody else of the party pays."""
        self._entry.lapsed(visit, now_ns)

    def go_on(self, note: OpenVisit) -> None:
        """Go on with a visit that an earlier process had begun."""
        self._entry.go_on(note.id, note.bill)

    def abandon(self, note: OpenVisit, now_ns: int) -> None:
        """Close a visit of another run, with the reason."""
        self._entry.abandon(note, now_ns)
        self.open_visits.drop(note.id)

    def write(self) -> None:
        """Write down who was let in, before the gate hears of it."""
        self._cashier.write()

    def price(self, receipt: Receipt) -> Receipt:
        """Return a walk-out's receipt with promotions, member prices and tax."""
        return self._entry.price(receipt)

    def settle(self, receipt: Receipt, now_ns: int) -> None:
        """Collect a walk-out's receipt."""
        self._matching.note(receipt)
        self._entry.settle(receipt, now_ns)

    def answer(self, now_ns: int) -> list[AnswerRecord]:
        """Let time pass; return what goes out, all of it written down before."""
        self.begin(now_ns)  # who has no visits does not begin before
        self._left.begin(now_ns)
        orders = list(self._cashier.tick(now_ns, self))
        answers, self._answers = [*self._answers, *orders], []
        return answers

    def balance(self, account: str) -> int:
        """Return the stored value of an account, minor units."""
        return self._cashier.balance(account)

    def close(self) -> None:
        """Let go of the ledger; may be called twice."""
        self._cashier.close()

    # what becomes of money
    def paid(self, bill: Bill, now_ns: int) -> None:
        """Hear of a bill: whoever waits for it is told."""
        if bill.state is BillState.PAID and bill.balance_minor:
            self._changed(bill, now_ns)
        for till in self._tills.values():
            till.paid(bill, now_ns)
        self._phones.paid(bill, now_ns)
        self._purse.paid(bill, now_ns)

    def paid_before(self, bill: Bill, now_ns: int) -> None:
        """Hear of a bill that an earlier process has begun."""
        if self._entry.has(bill.id):
            self.paid(bill, now_ns)
        else:
            self._left.paid(bill, now_ns)

    def _changed(self, bill: Bill, now_ns: int) -> None:
        """Say that stored value was bought, or that it paid."""
        if bill.kind is BillKind.TOP_UP:
            self._say(bought(bill, self._cashier.balance(bill.account), now_ns))
            return
        self._say(
            BalanceChange(
                t_ns=now_ns,
                source="stack",
                account=bill.account,
                amount_minor=-bill.balance_minor,
                balance_minor=self._cashier.balance(bill.account),
                currency=bill.currency,
                key=self._entry.receipt_of(bill.id),
                reason="paid",
            )
        )

    def moved(self, payment: Payment, now_ns: int) -> None:  # noqa: ARG002  # as listeners are called
        """Hear of a payment: who waits at a gate is let in, or not."""
        self._entry.moved(payment)

    def _say(self, answer: AnswerRecord) -> None:
        if isinstance(answer, Receipt):
            self._matching.note(answer)
        self._answers.append(answer)
