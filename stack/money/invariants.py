"""What must be true of a ledger at every moment, whatever died; `check` names all that is not.

No bill is charged twice, none is lost, none is closed without its money or the reason, and the books balance.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from contracts.errors import RigFault
from stack.money import occasions
from stack.money.bill import Bill, BillKind
from stack.money.bill_table import BillState
from stack.money.books import Books
from stack.money.collecting import due_minor
from stack.money.journal import Account, Transaction, account, totals
from stack.money.payment import Payment
from stack.money.payment_table import PaymentState
from stack.money.store import Store


def check(store: Store, *, at_rest: bool = False) -> list[str]:
    """Return what is wrong with a ledger, one sentence each; nothing when all is right.

    Args:
        store: the ledger.
        at_rest: whether everything begun must be finished.
    """
    try:
        journal = store.transactions()
    except RigFault as fault:
        return [str(fault)]
    books = store.load()
    wrong = [*_journal(journal, books)]
    for bill in books.bills.values():
        wrong += [f"bill {bill.id} ({bill.state}): {text}" for text in _bill(books, bill)]
    for payment in books.payments.values():
        wrong += [f"payment {payment.id} ({payment.state}): {text}" for text in _payment(books, payment, journal)]
    wrong += [*_outbox(books)]
    return wrong + ([*_unfinished(books)] if at_rest else [])


def _journal(journal: Sequence[Transaction], books: Books) -> Iterator[str]:
    sums = totals(journal)
    for currency in sorted({currency for _, currency in sums}):
        rest = sum(minor for (_, of), minor in sums.items() if of == currency)
        if rest:
            yield f"the ledger comes to {rest} {currency}, not to 0"
    if [transaction.id for transaction in journal] != list(range(1, len(journal) + 1)):
        yield "a transaction is missing from the journal"
    if sums != books.balances:
        yield "the balances are not those of the journal"
    for (name, currency), minor in sorted(sums.items()):
        if name.startswith(f"{Account.STORED}/") and minor > 0:
            yield f"stored value below zero: {name} {-minor} {currency}"
    taken = sum(payment.left_minor for payment in books.payments.values())
    clearing = sum(minor for (name, _), minor in sums.items() if name == Account.CLEARING)
    if clearing != taken:
        yield f"the provider owes {clearing} by the ledger and {taken} by the payments"


def _bill(books: Books, bill: Bill) -> Iterator[str]:
    due = due_minor(books, bill)
    owed = books.balance(occasions.receivable(bill), bill.currency)
    held = books.balance(account(Account.HELD, bill.id), bill.currency)
    if due < 0:
        yield f"charged {-due} more than it comes to"
    if bill.state is BillState.OPEN and (due or owed or held):
        yield "something is owed before the receipt is written"
    if bill.state is BillState.PAID and due:
        yield f"closed as paid, and {due} are missing"
    if bill.state in (BillState.HELD, BillState.VOID) and not bill.reason:
        yield f"{bill.state} without a reason"
    if bill.state is BillState.VOID and due != bill.total_minor:
        yield f"given up, and {bill.total_minor - due} of it are kept"
    if bill.kind is BillKind.SALE and bill.state is not BillState.OPEN:
        right = {BillState.HELD: (0, due), BillState.VOID: (0, 0)}.get(bill.state, (due, 0))
        if (owed, held) != right:
            yield f"receivable and held are {owed} and {held}, not {right[0]} and {right[1]}"


def _payment(books: Books, payment: Payment, journal: Sequence[Transaction]) -> Iterator[str]:
    if not 0 <= payment.refunded_minor <= payment.captured_minor <= payment.authorised_minor:
        amounts = f"{payment.refunded_minor} {payment.captured_minor} {payment.authorised_minor}"
        yield f"refunded <= captured <= authorised does not hold: {amounts}"
    taken = [t for t in journal if t.payment == payment.id and t.what in ("captured", "landed too late")]
    if len(taken) != bool(payment.captured_minor):
        yield f"taken {len(taken)} times by the journal"
    if payment.at_rest and payment.state is not PaymentState.REVIEW:
        back = books.balance(account(Account.OWED_BACK, payment.id), payment.currency)
        if back:
            yield f"at rest, and {-back} are still owed back"
        if payment.landed and payment.left_minor:
            yield "landed too late and was kept"


def _outbox(books: Books) -> Iterator[str]:
    for order in books.orders.values():
        if books.payments[order.payment].pending != order.key:
            yield f"order {order.key} waits to be sent, and its payment has gone on"
    for name in sorted(books.under_way):
        if books.payments[name].pending not in books.orders:
            yield f"payment {name} is under way, and its order is not in the outbox"


def _unfinished(books: Books) -> Iterator[str]:
    yield from (f"payment {name} is not finished" for name in sorted(books.under_way))
    for bill in books.bills.values():
        if bill.state is BillState.OWED:
            yield f"bill {bill.id} is not finished"
        holds = [payment.id for payment in books.of_bill(bill.id) if payment.state is PaymentState.AUTHORISED]
        if holds and bill.state in (BillState.PAID, BillState.VOID):
            yield f"bill {bill.id} is {bill.state}, and {', '.join(holds)} still holds money"
