"""Every step of a process that could be its last: at the chosen one it kills itself as the kernel would."""

from __future__ import annotations

import os
import signal
from collections.abc import Sequence
from typing import Any, NoReturn

from contracts.checkout import PaymentOrder, PaymentResult
from stack.money.provider_client import ProviderClient
from stack.money.store import Database


class Steps:
    """Counts steps.

    Args:
        die_at: the step that is not survived, 1 = the first; 0 for none.
    """

    def __init__(self, die_at: int = 0) -> None:
        self.count = 0
        self._die_at = die_at

    def step(self) -> None:
        """Come to the next step."""
        self.count += 1
        if self.count == self._die_at:
            die()


def die() -> NoReturn:
    """End this process without any clean-up, as a power cut or the kernel does."""
    os.kill(os.getpid(), signal.SIGKILL)
    raise AssertionError("survived SIGKILL")


class StepDatabase:
    """A database with a step before and after each statement: within a transaction and around its commit."""

    def __init__(self, database: Database, steps: Steps) -> None:
        self._database, self._steps = database, steps

    def run(self, sql: str, cells: Sequence[object] = ()) -> list[tuple[Any, ...]]:
        """Run one statement; reading changes nothing and is no step."""
        if sql.startswith("SELECT"):
            return self._database.run(sql, cells)
        self._steps.step()
        rows = self._database.run(sql, cells)
        if sql == "COMMIT":
            self._steps.step()
        return rows

    def close(self) -> None:
        self._database.close()


class StepClient:
    """A client with a step before orders leave and one after the answers have come."""

    def __init__(self, client: ProviderClient, steps: Steps) -> None:
        self._client, self._steps = client, steps

    def exchange(self, now_ns: int, orders: Sequence[PaymentOrder]) -> list[PaymentResult]:
        if orders:
            self._steps.step()
        results = self._client.exchange(now_ns, orders)
        if orders or results:
            self._steps.step()
        return results
