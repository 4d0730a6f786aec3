"""Plays flows through deaths and says what is wrong afterwards: by the ledger, and by the provider's own books."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import Any

from stack.money.invariants import check
from stack.money.store import Store, open_store
from tests.crash import bank
from tests.crash.flows import FIRST
from tests.docs.pages import ROOT

MakeLedger = Callable[[bool], str]


@dataclass(slots=True)
class Tally:
    """How many processes were killed.

    Args:
        stack: of the stack.
        provider: of the provider.
        plays: flows that were played to their end.
        wrong: violations.
        by_others: of the stack, unplanned: by somebody else on the machine.
    """

    stack: int = 0
    provider: int = 0
    plays: int = 0
    wrong: int = 0
    by_others: int = 0

    def __str__(self) -> str:
        others = f", and {self.by_others} by others on this machine" if self.by_others else ""
        return (
            f"{self.stack + self.provider} kills ({self.stack} of the stack, {self.provider} of the provider) in "
            f"{self.plays} plays{others}: {self.wrong} violations"
        )


class Driver:
    """Plays flows.

    Args:
        ledger: makes an empty ledger, with its tables or without, and returns its URL.
        folder: for the provider's memories.
        tally: where kills are counted.
    """

    def __init__(self, nursery: subprocess.Popen[str], ledger: MakeLedger, folder: Path, tally: Tally) -> None:
        self._nursery, self._ledger, self._folder, self._tally = nursery, ledger, folder, tally
        self._numbers = count()

    def play(self, flow: str, shop_dies: list[int], bank_dies: list[int]) -> dict[str, Any]:
        """Play a flow through deaths to its end; return how many there were, after all has been checked."""
        ledger, state = self._ledger(flow != FIRST), self._folder / f"bank{next(self._numbers)}.db"
        job = {"ledger": ledger, "flow": flow, "state": str(state), "shop_dies": shop_dies, "bank_dies": bank_dies}
        ended = self._say(job)
        self._tally.plays += 1
        self._tally.stack += ended["shop_killed"]
        self._tally.provider += ended["bank_killed"]
        self._tally.by_others += ended["by_others"]
        wrong = violations(ledger, state) if ended["steps"] >= 0 else [f"the stack did not finish: {ended['how']}"]
        self._tally.wrong += len(wrong)
        assert wrong == [], (wrong, job)
        return ended

    def new_ledger(self) -> str:
        """Make an empty ledger; return its URL."""
        return self._ledger(True)

    def _say(self, job: dict[str, Any]) -> dict[str, Any]:
        assert self._nursery.stdin
        assert self._nursery.stdout
        self._nursery.stdin.write(json.dumps(job) + "\n")
        self._nursery.stdin.flush()
        return dict(json.loads(self._nursery.stdout.readline()))


@contextmanager
def nursery() -> Iterator[subprocess.Popen[str]]:
    """Run the process that the others are born of."""
    command = [sys.executable, "-m", "tests.crash.nursery"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=ROOT) as process:
        yield process
        assert process.stdin
        process.stdin.close()


def violations(ledger: str, state: Path) -> list[str]:
    """Return what is wrong with a ledger, also where the provider's own books differ from it."""
    store = open_store(ledger)
    try:
        return check(store, at_rest=True) + list(against(store, bank.truth(state)))
    finally:
        store.close()


def against(store: Store, truth: dict[str, tuple[int, int, bool]]) -> Iterator[str]:
    """Yield where a ledger that has come to rest differs from the provider's own books."""
    books = store.load()
    for payment in books.payments.values():
        taken, held, void = truth.get(payment.id, (0, 0, False))
        if taken != payment.left_minor:
            yield f"{payment.id}: the provider has {taken}, the ledger {payment.left_minor}"
        if held and not (payment.captured_minor or void):
            yield f"{payment.id} ({payment.state}): the provider still holds {held}"
    if not set(truth) <= set(books.payments):
        yield f"the provider knows payments that the ledger does not: {sorted(set(truth) - set(books.payments))}"
