"""The small store with a bank and books on the disk, and a stack in it that dies and is started again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from contracts.checkout import PaymentOrder
from contracts.layout import Account
from contracts.records import AnswerRecord, GateEvent, GateEventKind, Scan, Setup
from stack.core import ReferenceStack
from stack.money.store import Store
from tests.stack.small_store import ACCOUNTS, LAYOUT, Cast
from twin.provider.provider import Provider

PAID = replace(LAYOUT, provider="bank", hold_minor=2000, body_trackers=("tracker",))
CARDS: tuple[Account, ...] = tuple(replace(a, instrument=f"tok-{a.id}~approves") for a in ACCOUNTS)


@dataclass
class Mortal(Cast):
    """Plays on while its stack dies.

    Args:
        ledger: URL of the books.
    """

    ledger: str = "sqlite::memory:"

    def __post_init__(self) -> None:
        self.layout, self.accounts = (PAID, CARDS) if self.layout is LAYOUT else (self.layout, self.accounts)
        self.bank = Provider(1, "bank", quick=True)
        super().__post_init__()
        self.stack.close()
        self.start()

    def start(self) -> None:
        """Begin a process of the stack."""
        parts = {role: lambda _: self for role in ("people", "hands", "loads", "bodies")}
        self.stack = ReferenceStack(parts, ledger=self.ledger)
        self.hear(self.stack.feed([self.setup()], self.t_ns))

    def setup(self) -> Setup:
        """Return what a stack is told first."""
        return Setup(t_ns=0, source="rig", layout=self.layout, accounts=tuple(self.accounts))

    def restart(self) -> None:
        """Let the process die, with all that it has not written, and another one begin."""
        self.books().close()
        self.answers.clear()
        self.start()

    def books(self) -> Store:
        """Return the ledger of the process that runs."""
        assert self.stack._run
        return self.stack._run._checkout._cashier._desk._store

    def feed(self, *records: object) -> None:
        """Let the bank answer what is due, and hear what the stack orders."""
        self.hear(self.stack.feed([*records, *self.bank.due(self.t_ns)], self.t_ns))  # type: ignore[list-item]

    def hear(self, said: Sequence[AnswerRecord]) -> None:
        """Hear what the stack says, and pass orders on to the bank."""
        self.answers += said
        for order in said:
            if isinstance(order, PaymentOrder):
                self.bank.take(self.t_ns, order)

    def show(self, name: str) -> None:
        """Show a code at the gate."""
        self.feed(Scan(t_ns=self.t_ns, source="scanner-in", code=name.encode()))

    def come_through(self, track: str) -> None:
        """Walk in where the gate is open."""
        self.walk(track, 0.0, 0.0)
        self.feed(GateEvent(t_ns=self.t_ns, source="gate-in", kind=GateEventKind.PASSED_IN))
        self.walk(track, 1.2, 0.0)

    def taken(self) -> int:
        """Return what the bank has taken and not given back, minor units."""
        return sum(held.taken - held.given_back for held in self.bank.holdings.values())
