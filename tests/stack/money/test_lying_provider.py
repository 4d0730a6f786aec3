"""Answers of every kind, right, late, foreign or absurd: no payment takes a wrong turn and the ledger stays right."""

from __future__ import annotations

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from contracts.checkout import PaymentAction, PaymentOutcome, PaymentResult
from contracts.clock import SECOND
from stack.money.bill import Owed
from stack.money.desk import Desk
from stack.money.invariants import check
from stack.money.payment_table import MACHINE, PaymentState
from stack.money.sql_store import SqlStore
from stack.money.sqlite_store import SqliteDatabase


class Lies(RuleBasedStateMachine):
    """A desk, and answers that nobody gave."""

    def __init__(self) -> None:
        super().__init__()
        self.store = SqlStore(SqliteDatabase(":memory:"))
        self.desk = Desk(self.store)
        self.now_ns = 0
        self.keys = ["nobody's"]
        self.seen: dict[str, PaymentState] = {}

    @rule(bill=st.sampled_from(["v1", "v2"]), hold=st.sampled_from([0, 500]))
    def enter(self, bill: str, hold: int) -> None:
        books = self.desk.payments.books
        if bill not in books.bills:
            self.desk.payments.begin(bill, self.now_ns, currency="USD", instrument="tok", hold_minor=hold)

    @rule(total=st.sampled_from([0, 300, 700]))
    def leave(self, total: int) -> None:
        for bill in self.desk.payments.books.bills.values():
            if not bill.total_minor and bill.state == "open":
                self.desk.payments.settle(bill.id, self.now_ns, Owed(total))

    @rule(seconds=st.sampled_from([1, 4, 45]))
    def wait(self, seconds: int) -> None:
        self.now_ns += seconds * SECOND
        self._note(self.desk.feed(self.now_ns).orders)

    @rule(
        data=st.data(),
        action=st.sampled_from(PaymentAction),
        outcome=st.sampled_from(PaymentOutcome),
        amount=st.sampled_from([0, 1, 300, 500, 10**9]),
    )
    def answer(self, data: st.DataObject, action: PaymentAction, outcome: PaymentOutcome, amount: int) -> None:
        key = data.draw(st.sampled_from(self.keys[-6:]))
        result = PaymentResult(
            t_ns=self.now_ns,
            source="provider",
            key=key,
            payment=key.split("/")[0],
            action=action,
            outcome=outcome,
            amount_minor=amount,
        )
        self._note(self.desk.feed(self.now_ns, [result]).orders)

    @invariant()
    def the_ledger_is_right(self) -> None:
        assert check(self.store) == []

    @invariant()
    def ends_are_ends(self) -> None:
        for name, before in self.seen.items():
            now = self.desk.payments.books.payments[name].state
            assert before not in (PaymentState.VOIDED, PaymentState.DECLINED, PaymentState.REFUNDED) or now is before
        self.seen = {name: payment.state for name, payment in self.desk.payments.books.payments.items()}
        assert set(self.seen.values()) <= set(MACHINE.table.values())

    def _note(self, orders: object) -> None:
        self.keys += [order.key for order in orders]  # type: ignore[attr-defined]


Lies.TestCase.settings = settings(
    max_examples=100, stateful_step_count=30, derandomize=True, deadline=None, suppress_health_check=list(HealthCheck)
)
test_lies = Lies.TestCase
