"""The stack's side of a flow as a process: it takes up the ledger where it is, and ends when nothing is open."""

from __future__ import annotations

from collections.abc import Sequence

from contracts.checkout import PaymentResult
from contracts.clock import SECOND
from contracts.errors import DeviceUnavailable
from stack.money.bill_table import BillState
from stack.money.books import Books
from stack.money.desk import Desk
from stack.money.errors import NotPossible
from stack.money.payments import Payments
from stack.money.provider_client import ProviderClient
from stack.money.sql_store import SqlStore
from stack.money.store import connect
from tests.crash.flows import FLOWS, Asked
from tests.crash.steps import StepClient, StepDatabase, Steps

STEP_NS = 2 * SECOND
LONGEST_S = 1_000
"""Bench time; a flow that is not finished by then is lost."""


def run(ledger: str, provider: str, flow: str, die_at: int) -> int:
    """Play a flow from where its ledger is to its end; return how many steps that took.

    Args:
        ledger: its URL.
        provider: the provider's URL.
        flow: its name.
        die_at: the step at which this process kills itself, 0 for none.
    """
    steps = Steps(die_at)
    desk = Desk(SqlStore(StepDatabase(connect(ledger), steps)))
    client = StepClient(ProviderClient(provider, timeout_s=60), steps)
    now_ns, waiting = reached_ns(desk.payments.books), list(FLOWS[flow])
    results: Sequence[PaymentResult] = ()
    while waiting or unfinished(desk.payments.books):
        idle = not unfinished(desk.payments.books)
        now_ns = max(now_ns + STEP_NS, min(asked.at_s for asked in waiting) * SECOND if idle else 0)
        waiting = ask(desk.payments, waiting, now_ns)
        orders = desk.feed(now_ns, results).orders
        try:
            results = client.exchange(now_ns, orders)
        except DeviceUnavailable:
            results = ()
        if now_ns > LONGEST_S * SECOND:
            raise RuntimeError(f"{flow} does not come to its end")
    desk.close()
    return steps.count


def ask(payments: Payments, waiting: Sequence[Asked], now_ns: int) -> list[Asked]:
    """Ask for what is due; return what must be asked again: not due yet, or the money is still on its way."""
    left = []
    for asked in waiting:
        if asked.at_s * SECOND > now_ns:
            left.append(asked)
            continue
        try:
            asked.act(payments, now_ns)
        except NotPossible:
            left += [asked] if unfinished(payments.books) else []
    return left


def unfinished(books: Books) -> bool:
    """Whether money is under way or owed."""
    return bool(books.under_way) or any(bill.state is BillState.OWED for bill in books.bills.values())


def reached_ns(books: Books) -> int:
    """Return the bench time that the ledger has come to."""
    times = [payment.asked_ns for payment in books.payments.values()] + [bill.t_ns for bill in books.bills.values()]
    return max(times, default=0)
