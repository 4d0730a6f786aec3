"""Any sequence of visits, requests, silences and restarts keeps the ledger right, and ends with all of it finished."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from stack.money import stored_value
from stack.money.bill_table import BillState
from stack.money.errors import KeyReused, NotPossible
from stack.money.invariants import check
from stack.money.payment_table import PaymentState
from tests.stack.money.till import Till
from twin.provider.behaviour import BEHAVIOURS

BILLS = st.sampled_from(["v1", "v2", "v3"])
KEYS = st.sampled_from(["k1", "k2", "k3", "k4"])
AMOUNTS = st.integers(1, 9_000)


class Shop(RuleBasedStateMachine):
    """A desk, a ledger and a provider that does what its instruments say."""

    @initialize(quick=st.booleans())
    def open(self, quick: bool) -> None:
        self.till = Till(quick=quick)

    @rule(bill=BILLS, behaviour=st.sampled_from(sorted(BEHAVIOURS)), hold=st.sampled_from([0, 500, 5_000]))
    def enter(self, bill: str, behaviour: str, hold: int) -> None:
        self._try(lambda: self.till.enter(bill, f"tok-{bill}~{behaviour}", hold))

    @rule(bill=BILLS, total=AMOUNTS | st.just(0), balance=st.booleans(), doubt=st.sampled_from(["", "", "unsure"]))
    def leave(self, bill: str, total: int, balance: bool, doubt: str) -> None:
        self._try(lambda: self.till.leave(bill, total, total // 11, from_balance=balance, doubt=doubt))

    @rule(key=KEYS, bill=BILLS, card=st.sampled_from(["", "tok-good"]))
    def collect(self, key: str, bill: str, card: str) -> None:
        self._try(lambda: self.till.payments.collect(key, bill, self.till.now_ns, card))

    @rule(bill=BILLS)
    def void(self, bill: str) -> None:
        self._try(lambda: self.till.payments.void(bill, self.till.now_ns, "given up"))

    @rule(key=KEYS, bill=BILLS | KEYS, amount=AMOUNTS)
    def refund(self, key: str, bill: str, amount: int) -> None:
        self._try(lambda: self.till.payments.refund(key, bill, self.till.now_ns, amount, amount // 11))

    @rule(key=KEYS, amount=AMOUNTS)
    def deposit(self, key: str, amount: int) -> None:
        books = self.till.payments.books
        self._try(lambda: stored_value.deposit(books, key, self.till.now_ns, "ana", amount, "USD"))

    @rule(key=KEYS, amount=AMOUNTS, card=st.sampled_from(["tok-good", "tok~lands-late"]))
    def top_up(self, key: str, amount: int, card: str) -> None:
        how = {"account": "ana", "amount_minor": amount, "currency": "USD", "instrument": card}
        self._try(lambda: self.till.payments.top_up(key, self.till.now_ns, **how))

    @rule(key=KEYS, amount=AMOUNTS)
    def pay_out(self, key: str, amount: int) -> None:
        books = self.till.payments.books
        self._try(lambda: stored_value.pay_out(books, key, self.till.now_ns, "ana", amount, "USD"))

    @rule(seconds=st.sampled_from([0.25, 1, 5, 60]))
    def wait(self, seconds: float) -> None:
        self.till.wait(seconds)

    @rule()
    def lose_what_is_not_written(self) -> None:
        self.till.restart()

    @rule(deaf=st.booleans())
    def line(self, deaf: bool) -> None:
        self.till.deaf = deaf

    @invariant()
    def the_ledger_is_right(self) -> None:
        if hasattr(self, "till"):
            assert check(self.till.store) == []

    def teardown(self) -> None:
        if not hasattr(self, "till"):
            return
        self.till.deaf = False
        self.till.wait(400)
        assert check(self.till.store, at_rest=True) == []
        books = self.till.payments.books
        for payment in books.payments.values():
            there = self.till.provider.holdings[payment.id]
            assert payment.left_minor == there.taken - there.given_back
            waits_for_somebody = books.bills[payment.bill].state in (BillState.OPEN, BillState.HELD)
            assert waits_for_somebody or there.taken or there.void or not there.held
            assert waits_for_somebody or payment.state is not PaymentState.AUTHORISED

    def _try(self, do: Callable[[], None]) -> None:
        """Do something that may be refused; what is refused must leave nothing behind."""
        with suppress(KeyReused, NotPossible):
            do()


Shop.TestCase.settings = settings(
    max_examples=40, stateful_step_count=25, derandomize=True, deadline=None, suppress_health_check=list(HealthCheck)
)
test_shop = Shop.TestCase
