"""A flow in one process on bench time: deaths are exceptions, the line is unkind. The same every time, and quick."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from contracts.clock import SECOND
from stack.money.desk import Desk
from stack.money.invariants import check
from stack.money.sql_store import SqlStore
from stack.money.sqlite_store import SqliteDatabase
from tests.crash.driver import against
from tests.crash.flows import FLOWS, Asked
from tests.crash.line import Fate, Line
from tests.crash.shop import LONGEST_S, STEP_NS, ask, reached_ns, unfinished
from twin.provider.provider import Provider


class Died(BaseException):
    """The process is gone: nothing but a new one goes on."""


@dataclass(frozen=True, slots=True)
class Script:
    """What happens to one play.

    Args:
        flow: its name.
        dies: at which step each of the stack's processes dies, one after the other; the last one lives.
        down_s: how long nobody is there after each death.
        orders: what becomes of the orders, by number.
        answers: the same for answers.
        quick: whether the provider leaves its usual delay out.
    """

    flow: str
    dies: tuple[int, ...] = ()
    down_s: int = 0
    orders: Mapping[int, Fate] = field(default_factory=dict)
    answers: Mapping[int, Fate] = field(default_factory=dict)
    quick: bool = True


class Mortal:
    """A database in memory that outlives its processes; counts steps as `tests.crash.steps` does."""

    def __init__(self) -> None:
        self._database = SqliteDatabase(":memory:")
        self._written = True
        self.count = self._die_at = 0

    def born(self, die_at: int) -> None:
        """Begin a process, which dies at a step, 0 for none; what the last one had not committed is gone."""
        self.count, self._die_at = 0, die_at
        if not self._written:
            self.run("ROLLBACK")

    def run(self, sql: str, cells: Sequence[object] = ()) -> list[tuple[Any, ...]]:
        if not sql.startswith(("SELECT", "ROLLBACK")):
            self.step()
        rows = self._database.run(sql, cells)
        self._written = sql in ("COMMIT", "ROLLBACK") or (self._written and sql != "BEGIN")
        if sql == "COMMIT":
            self.step()
        return rows

    def step(self) -> None:
        self.count += 1
        if self.count == self._die_at:
            raise Died

    def close(self) -> None:
        """Stay: the next process finds it."""


class Rehearsal:
    """One play; `play` returns what is wrong, at any moment and at the end."""

    def __init__(self, script: Script) -> None:
        self.script = script
        self.line = Line(Provider(7, quick=script.quick), script.orders, script.answers)
        self.database = Mortal()
        SqlStore(self.database)
        self.deaths = self.steps = 0

    def play(self) -> list[str]:
        for die_at in (*self.script.dies, 0):
            self.database.born(die_at)
            try:
                wrong = self._live()
            except Died:
                self.deaths += 1
                self.line.wait(self.script.down_s * SECOND)
                continue
            self.steps = self.database.count
            return wrong or self._end()
        raise AssertionError("nobody was left to live")

    def _live(self) -> list[str]:
        """Play from where the ledger is until nothing is open; return what is wrong on the way."""
        store = SqlStore(self.database)
        desk = Desk(store)
        books = desk.payments.books
        now_ns, waiting = reached_ns(books), list[Asked](FLOWS[self.script.flow])
        while waiting or unfinished(books):
            idle = not unfinished(books)
            before_ns = now_ns
            now_ns = max(now_ns + STEP_NS, min(asked.at_s for asked in waiting) * SECOND if idle else 0)
            self.line.wait(now_ns - before_ns)
            waiting = ask(desk.payments, waiting, now_ns)
            orders = desk.feed(now_ns, self.line.hear()).orders
            if orders:
                self.database.step()
            self.line.send(orders)
            self.line.wait(0)
            if orders:
                self.database.step()
            wrong = check(store)
            if wrong or now_ns > LONGEST_S * SECOND:
                return wrong or ["the stack did not come to the end"]
        desk.close()
        return []

    def _end(self) -> list[str]:
        """Let all that is on its way arrive, and hear it; then both books must agree."""
        self.database.born(0)
        store = SqlStore(self.database)
        desk, now_ns = Desk(store), LONGEST_S * SECOND
        while not self.line.empty:
            self.line.wait(STEP_NS)
            now_ns += STEP_NS
            self.line.send(desk.feed(now_ns, self.line.hear()).orders)
        core = self.line.provider
        truth = {name: (has.taken - has.given_back, has.held, has.void) for name, has in core.holdings.items()}
        return check(store, at_rest=True) + list(against(store, truth))
