"""A provider that remembers: everything that it was told stands in a file, and a new process is told it again.

The core is deterministic, so its inputs are its state. They are on the disk before they are acted on.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from pathlib import Path

from contracts.checkout import PaymentOrder, PaymentResult
from contracts.errors import UsageError
from twin.provider.behaviour import behaviour_of
from twin.provider.provider import Provider
from twin.provider.wire import body_of, orders_of


class Memory:
    """The file of inputs.

    Args:
        file: SQLite; made where there is none.
    """

    def __init__(self, file: Path) -> None:
        try:
            self._database = sqlite3.connect(file, isolation_level=None)
            self._database.execute("PRAGMA journal_mode = WAL")
            self._database.execute("PRAGMA synchronous = FULL")
            self._database.execute("CREATE TABLE IF NOT EXISTS told (n INTEGER PRIMARY KEY, body TEXT NOT NULL)")
        except sqlite3.Error as error:
            raise UsageError("not a provider's memory", where=str(file), found=str(error)) from error

    def told(self) -> list[str]:
        """Return all inputs, oldest first."""
        return [row[0] for row in self._database.execute("SELECT body FROM told ORDER BY n")]

    def tell(self, body: str) -> None:
        """Add an input; when this returns it is on the disk."""
        self._database.execute("INSERT INTO told (body) VALUES (?)", (body,))

    def close(self) -> None:
        """Let go of the file; may be called twice."""
        self._database.close()


class LastingProvider:
    """A provider with a memory.

    Args:
        provider: a new one, which is told everything again.
        memory: what it was told.
    """

    def __init__(self, provider: Provider, memory: Memory) -> None:
        self.core, self._memory = provider, memory
        self._now_ns = 0
        for body in memory.told():
            self._now_ns, orders = orders_of(body)
            provider.exchange(self._now_ns, orders)

    def exchange(self, now_ns: int, orders: Sequence[PaymentOrder]) -> list[PaymentResult]:
        """Take orders and return the answers that are due; time never runs back, whoever asks.

        Raises:
            UsageError: an order that no provider could take; nothing is remembered of it.
        """
        for order in orders:
            behaviour_of(order.instrument)
        self._now_ns = max(now_ns, self._now_ns)
        if orders:
            self._memory.tell(body_of(self._now_ns, orders))
        return self.core.exchange(self._now_ns, orders)
