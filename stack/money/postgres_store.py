"""A ledger in a database of PostgreSQL."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from contracts.errors import DeviceUnavailable, UsageError
from stack.money.errors import LedgerTaken

if TYPE_CHECKING:
    import psycopg

LOCK = 0x57414C4B
"""The advisory lock of whoever writes a ledger; any number that is not used in the same database otherwise."""
PATIENCE = "10s"
"""For the lock: the server takes a moment to notice that a process died."""


class PostgresDatabase:
    """A connection; implements `stack.money.store.Database`. One process has the ledger at a time.

    Args:
        url: "postgresql://user@host:port/name".
    """

    def __init__(self, url: str) -> None:
        self._connection = _connected(url)
        self.run("SET synchronous_commit = on")
        self.run(f"SET lock_timeout = '{PATIENCE}'")
        self.run("SET client_min_messages = warning")
        self._take()

    def run(self, sql: str, cells: Sequence[object] = ()) -> list[tuple[Any, ...]]:
        """Run one statement; return its rows."""
        cursor = self._connection.execute(sql.replace("?", "%s").encode(), cells or None)
        return cursor.fetchall() if cursor.description else []

    def close(self) -> None:
        """Let go of it; may be called twice."""
        self._connection.close()

    def _take(self) -> None:
        import psycopg

        try:
            self.run("SELECT pg_advisory_lock(?)", (LOCK,))
        except psycopg.errors.LockNotAvailable as error:
            self.close()
            raise LedgerTaken("the ledger is in use", hint="end the other process") from error


def _connected(url: str) -> psycopg.Connection[tuple[Any, ...]]:
    try:
        import psycopg
    except ImportError as error:
        raise UsageError(
            "PostgreSQL needs a library that is not installed", hint="pip install 'walkout-rig[postgres]'"
        ) from error
    try:
        return psycopg.connect(url, autocommit=True)
    except psycopg.Error as error:  # its message never holds the password
        raise DeviceUnavailable("the ledger's server does not answer", found=str(error).strip()) from error
