"""What must be true after walk-outs through any deaths: of every visit, of its money, and of what was printed."""

from __future__ import annotations

from collections.abc import Iterator

from contracts.checkout import Receipt, ReceiptStatus
from contracts.records import VisitChange, VisitState
from stack.money.bill_table import BillState
from stack.money.books import Books
from stack.money.invariants import check
from stack.money.kept import OpenVisit
from stack.money.notes import Slip
from stack.money.payment_table import PaymentState
from stack.money.store import Store
from tests.stack.restartable import Mortal

TRUE = {"ana": (210,), "ben": (0,)}
"""What a visit of each comes to: she takes a bottle each time, he takes one and puts it back. All else is held."""


def wrong_after(play: Mortal, store: Store) -> list[str]:
    """Return everything that is wrong, one sentence each."""
    books = store.load()
    return [*check(store, at_rest=True), *_left_open(books), *_bank(play, books), *_receipts(play, books)]


def _left_open(books: Books) -> Iterator[str]:
    yield from (f"{visit.id} is still open" for visit in books.notes.all(OpenVisit))
    yield from (f"{slip.bill} waits to be printed" for slip in books.notes.all(Slip))
    for bill in books.bills.values():
        if bill.state in (BillState.OPEN, BillState.OWED):
            yield f"bill {bill.id} is {bill.state}"


def _bank(play: Mortal, books: Books) -> Iterator[str]:
    """Yield where the bank has other money than the ledger."""
    for payment in books.payments.values():
        there = play.bank.holdings.get(payment.id)
        taken = there.taken - there.given_back if there else 0
        if taken != payment.left_minor:
            yield f"{payment.id}: the bank has {taken}, the ledger {payment.left_minor}"
        kept = payment.state is PaymentState.AUTHORISED and books.bills[payment.bill].state is not BillState.HELD
        if kept:
            yield f"{payment.id} holds money for nothing"
    if not set(play.bank.holdings) <= set(books.payments):
        yield "the bank knows payments that the ledger does not"


def _receipts(play: Mortal, books: Books) -> Iterator[str]:
    """Yield visits without a receipt, receipts that differ, and money that no receipt names."""
    final: dict[str, Receipt] = {}
    held: dict[str, Receipt] = {}
    for receipt in play.said(Receipt):
        kind = final if receipt.status is ReceiptStatus.FINAL else held
        before = kind.setdefault(receipt.visit, receipt)
        if before.total_minor != receipt.total_minor:
            yield f"two receipts of {receipt.visit} that differ"
        if receipt.status is ReceiptStatus.REVIEW and not receipt.reason:
            yield f"{receipt.visit} is held without a reason"
    for receipt in final.values():
        if receipt.total_minor not in TRUE.get(receipt.account, ()):
            yield f"{receipt.account} is charged {receipt.total_minor} for {receipt.visit}"
    if sum(1 for receipt in final.values() if receipt.account == "ana") > 2:
        yield "ana is charged for more visits than she made"
    yield from (f"{visit} is final and held" for visit in sorted(final.keys() & held.keys()))
    came_in = {change.visit for change in play.said(VisitChange) if change.state is VisitState.INSIDE}
    yield from (f"{visit} came in and has no receipt" for visit in sorted(came_in - final.keys() - held.keys()))
    owed = sum(receipt.total_minor for receipt in final.values())
    if owed != play.taken():
        yield f"receipts come to {owed}, and {play.taken()} were taken"
    paid = sum(1 for bill in books.bills.values() if bill.state is BillState.PAID and bill.total_minor)
    if paid != sum(1 for receipt in final.values() if receipt.total_minor):
        yield "bills that were paid and final receipts are not as many"
