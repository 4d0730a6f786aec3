"""What must be true after any deaths: by the ledger, by the books of bank and terminals, and by what was printed."""

from __future__ import annotations

from collections.abc import Iterator

from contracts.checkout import BalanceChange, Receipt, ReceiptStatus
from stack.money.bill import Bill, BillKind
from stack.money.bill_table import BillState
from stack.money.books import Books
from stack.money.invariants import check
from stack.money.kept import OpenVisit
from stack.money.notes import Slip, Started
from stack.money.store import open_store
from tests.crash.whole import Whole

_TERMINAL = "terminal:"


def wrong_after(whole: Whole, ledger: str) -> list[str]:
    """Return everything that is wrong with a play that has come to its end, one sentence each."""
    store = open_store(ledger)
    try:
        books = store.load()
        wrong = check(store, at_rest=True)
    finally:
        store.close()
    return [*wrong, *_money(whole, books), *_printed(whole, books), *_told(whole, books), *_left_open(books)]


def _left_open(books: Books) -> Iterator[str]:
    """Yield bills without an end, of which nobody in the store knows."""
    known = {visit.bill for visit in books.notes.all(OpenVisit)}
    for bill in books.bills.values():
        if bill.state is BillState.OPEN and bill.id not in known:
            yield f"{bill.id} was begun, and nobody will end it"


def _money(whole: Whole, books: Books) -> Iterator[str]:
    """Yield where bank or terminals have other money than the ledger: charged twice, or lost."""
    at_terminals = 0
    for payment in books.payments.values():
        if payment.instrument.startswith(_TERMINAL):
            at_terminals += payment.left_minor
            continue
        there = whole.bank.holdings.get(payment.id)
        taken = there.taken - there.given_back if there else 0
        if taken != payment.left_minor:
            yield f"{payment.id}: the bank has {taken}, the ledger {payment.left_minor}"
    if not set(whole.bank.holdings) <= set(books.payments):
        yield "the bank knows payments that the ledger does not"
    taken = sum(whole.approved.values())
    if taken != at_terminals:
        yield f"the terminals have {taken}, the ledger {at_terminals}"


def _printed(whole: Whole, books: Books) -> Iterator[str]:
    """Yield receipts without their charge, and charges of sales without their receipt."""
    final: dict[str, Receipt] = {}
    for receipt in whole.receipts:
        if receipt.status is not ReceiptStatus.FINAL or not receipt.till:
            continue
        before = final.setdefault(receipt.visit, receipt)
        if _content(before) != _content(receipt):
            yield f"two receipts of {receipt.visit} that differ"
        bill = books.bills.get(receipt.visit)
        if bill is None or bill.state is not BillState.PAID or _owed(bill) != _content(receipt):
            yield f"the receipt of {receipt.visit} is not its bill"
    for bill in books.bills.values():
        paid_at_a_till = bill.kind is BillKind.SALE and bill.state is BillState.PAID and "entry-" not in bill.id
        if paid_at_a_till and bill.id not in final:
            yield f"{bill.id} was paid, and nothing was printed"
    broken_off = {receipt.visit for receipt in whole.receipts if receipt.status is ReceiptStatus.VOID}
    yield from (f"{visit} was broken off and paid" for visit in sorted(broken_off & final.keys()))


def _told(whole: Whole, books: Books) -> Iterator[str]:
    """Yield stored value that was bought and never told, and what still waits to be printed."""
    told = {answer.key for answer in whole.heard if isinstance(answer, BalanceChange)}
    for bill in books.bills.values():
        if bill.kind is BillKind.TOP_UP and bill.state is BillState.PAID and bill.id not in told:
            yield f"{bill.id} was bought, and nobody was told"
    starts = books.notes.find(Started, "stack")
    last = f"run-{starts.times}/" if starts and starts.times else ""
    for slip in books.notes.all(Slip):
        if slip.bill in books.bills or not slip.bill.startswith(last):
            yield f"{slip.bill} waits to be printed"


def _content(receipt: Receipt) -> tuple[object, ...]:
    rest = receipt.total_minor > receipt.balance_minor
    return (receipt.account, receipt.total_minor, receipt.balance_minor, receipt.instrument if rest else "")


def _owed(bill: Bill) -> tuple[object, ...]:
    rest = bill.total_minor > bill.balance_minor
    return (bill.account, bill.total_minor, bill.balance_minor, bill.instrument if rest else "")
