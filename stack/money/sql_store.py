"""The books in a database: every change is one transaction, the outbox in it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from contracts.errors import UsageError
from stack.money.bill import Bill, Request
from stack.money.books import Books, Changes
from stack.money.journal import Posting, Transaction
from stack.money.notes import TABLES
from stack.money.orders import Order
from stack.money.payment import Payment
from stack.money.rows import cells, delete, insert, made, select, upsert
from stack.money.schema import VERSIONS
from stack.money.store import Database

_BALANCES = (
    "SELECT account, currency, SUM(minor) FROM posting JOIN journal ON journal.id = posting.journal "
    "GROUP BY account, currency ORDER BY account, currency"
)
_JOURNAL = (
    "SELECT journal.id, t_ns, what, bill, payment, currency, account, minor FROM journal "
    "LEFT JOIN posting ON posting.journal = journal.id ORDER BY journal.id, line"
)


_DROP = {table: delete(table, kind) for kind, table in TABLES.items()}


class SqlStore:
    """A ledger in a database; implements `stack.money.store.Store`.

    Args:
        database: the connection.
        versions: the schema, version by version.
    """

    def __init__(self, database: Database, versions: Sequence[Sequence[str]] = VERSIONS) -> None:
        self._database = database
        with self._transaction():
            self._migrate(versions)

    def load(self) -> Books:
        """Return the books as they were last written."""
        run = self._database.run
        return Books(
            [made(Bill, row) for row in run(select("bill", Bill))],
            sorted((made(Payment, row) for row in run(select("payment", Payment))), key=_by_number),
            [made(Request, row) for row in run(select("request", Request))],
            [made(Order, row) for row in run(select("outbox", Order, "WHERE done = 0"))],
            {(account, currency): int(minor) for account, currency, minor in run(_BALANCES)},
            int(run("SELECT COALESCE(MAX(id), 0) FROM journal")[0][0]),
            [made(kind, row) for kind, table in TABLES.items() for row in run(select(table, kind))],
        )

    def commit(self, changes: Changes) -> None:
        """Write changes in one transaction."""
        with self._transaction():
            self._write(changes)

    def transactions(self) -> list[Transaction]:
        """Return the whole journal, oldest first."""
        postings: dict[tuple[int, int, str, str, str, str], list[Posting]] = {}
        for *head, account, minor in self._database.run(_JOURNAL):
            lines = postings.setdefault((head[0], head[1], head[2], head[3], head[4], head[5]), [])
            lines += [Posting(account, int(minor))] if account is not None else []
        return [Transaction(*head, tuple(lines)) for head, lines in postings.items()]

    def close(self) -> None:
        """Let go of it; may be called twice."""
        self._database.close()

    def _write(self, changes: Changes) -> None:
        run = self._database.run
        for bill in changes.bills.values():
            run(upsert("bill", Bill), cells(bill))
        for payment in changes.payments.values():
            run(upsert("payment", Payment), cells(payment))
        for request in changes.requests:
            run(insert("request", Request), cells(request))
        for transaction in changes.transactions:
            self._post(transaction)
        for order in changes.orders.values():
            run(insert("outbox", Order), cells(order))
        for key in sorted(changes.done):
            run("UPDATE outbox SET done = 1 WHERE key = ?", (key,))
        for (table, _), note in changes.notes.kept.items():
            run(upsert(table, type(note)), cells(note))
        for table, key in sorted(changes.notes.dropped):
            run(_DROP[table], (key,))

    def _post(self, transaction: Transaction) -> None:
        head = (transaction.id, transaction.t_ns, transaction.what, transaction.bill, transaction.payment)
        sql = "INSERT INTO journal (id, t_ns, what, bill, payment, currency) VALUES (?, ?, ?, ?, ?, ?)"
        self._database.run(sql, (*head, transaction.currency))
        for line, posting in enumerate(transaction.postings):
            row = (transaction.id, line, posting.account, posting.minor)
            self._database.run("INSERT INTO posting (journal, line, account, minor) VALUES (?, ?, ?, ?)", row)

    def _migrate(self, versions: Sequence[Sequence[str]]) -> None:
        run = self._database.run
        run("CREATE TABLE IF NOT EXISTS schema_version (version BIGINT NOT NULL)")
        version = int(run("SELECT COALESCE(MAX(version), 0) FROM schema_version")[0][0])
        if version > len(versions):
            raise UsageError(
                "a ledger of a newer release",
                expected=f"schema version {len(versions)} or older",
                found=str(version),
                hint="use the release that wrote it",
            )
        for number, statements in enumerate(versions[version:], version + 1):
            for statement in statements:
                run(statement)
            run("INSERT INTO schema_version (version) VALUES (?)", (number,))

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        self._database.run("BEGIN")
        try:
            yield
        except BaseException:
            self._database.run("ROLLBACK")
            raise
        self._database.run("COMMIT")


def _by_number(payment: Payment) -> tuple[str, int]:
    """Return the order in which a bill's payments were begun: "v1.10" is after "v1.9"."""
    bill, _, number = payment.id.rpartition(".")
    return (bill, int(number))
