"""Where the books are kept. A store writes changes in one piece or not at all."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Protocol

from contracts.errors import UsageError
from stack.money.books import Books, Changes
from stack.money.journal import Transaction


class Store(Protocol):
    """A ledger that outlives the process."""

    def load(self) -> Books:
        """Return the books as they were last written."""

    def commit(self, changes: Changes) -> None:
        """Write changes; when this returns they are on the disk."""

    def transactions(self) -> list[Transaction]:
        """Return the whole journal, oldest first."""

    def close(self) -> None:
        """Let go of it; may be called twice."""


class Database(Protocol):
    """One connection to a database that speaks SQL."""

    def run(self, sql: str, cells: Sequence[object] = ()) -> list[tuple[Any, ...]]:
        """Run one statement with `?` for its values; return its rows."""

    def close(self) -> None:
        """Let go of it; may be called twice."""


def open_store(url: str) -> Store:
    """Open the ledger that a URL names, and make it where there is none.

    Args:
        url: "postgresql://user@host/name"; "sqlite:ledger.db"; "sqlite::memory:" for one that is forgotten.

    Raises:
        UsageError: no such kind of ledger.
        LedgerTaken: another process has it.
    """
    from stack.money.sql_store import SqlStore

    database = connect(url)
    try:
        return SqlStore(database)
    except BaseException:
        database.close()
        raise


def connect(url: str) -> Database:
    """Return a connection to the database that a URL names, without looking at what is in it."""
    if url.startswith(("postgresql://", "postgres://")):
        from stack.money.postgres_store import PostgresDatabase

        return PostgresDatabase(url)
    if url.startswith("sqlite:"):
        from stack.money.sqlite_store import SqliteDatabase

        return SqliteDatabase(url.removeprefix("sqlite:"))
    scheme = url.split(":", maxsplit=1)[0]  # the rest may hold a password
    raise UsageError("no such kind of ledger", expected="sqlite:FILE or postgresql://...", found=scheme)
