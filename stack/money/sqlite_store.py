"""A ledger in a file of SQLite."""

from __future__ import annotations

import fcntl
import os
import sqlite3
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from contracts.errors import UsageError
from stack.money.errors import LedgerTaken

_SETTINGS = ("PRAGMA journal_mode = WAL", "PRAGMA synchronous = FULL", "PRAGMA foreign_keys = ON")
"""FULL waits for the disk at every commit. WAL's usual NORMAL may lose the last commits at a power cut: a payment
would have been ordered that nobody remembers."""


class SqliteDatabase:
    """A connection; implements `stack.money.store.Database`. One process has it at a time.

    Args:
        file: path, or ":memory:".
    """

    def __init__(self, file: str) -> None:
        self._lock = -1 if file == ":memory:" else _locked(Path(file))
        try:
            self._connection = sqlite3.connect(file, isolation_level=None)
            for setting in _SETTINGS:
                self._connection.execute(setting)
        except sqlite3.Error as error:
            self._unlock()
            raise UsageError("not a ledger", where=file, expected="a file of SQLite", found=str(error)) from error

    def run(self, sql: str, cells: Sequence[object] = ()) -> list[tuple[Any, ...]]:
        """Run one statement; return its rows."""
        return self._connection.execute(sql, cells).fetchall()

    def close(self) -> None:
        """Let go of it; may be called twice."""
        self._connection.close()
        self._unlock()

    def _unlock(self) -> None:
        if self._lock >= 0:
            os.close(self._lock)
            self._lock = -1


def _locked(file: Path) -> int:
    """Lock a file beside the ledger for this process; the kernel lets go of it when the process dies."""
    lock = file.with_name(file.name + ".lock")
    try:
        handle = os.open(lock, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    except OSError as error:
        raise UsageError("the ledger cannot be opened", where=str(file), found=str(error)) from error
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as error:
        os.close(handle)
        raise LedgerTaken("the ledger is in use", where=str(file), hint="end the other process") from error
    return handle
