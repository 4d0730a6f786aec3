"""The reference walk-out stack behind its port: one `Run` from each `Setup` on, and a ledger for it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from contracts.errors import UsageError
from contracts.records import AnswerRecord, SensorRecord, Setup
from stack.money.store import open_store
from stack.parts import Factory
from stack.run import Run

FORGETFUL = "sqlite::memory:"


class ReferenceStack:
    """The default system under test.

    Args:
        parts: role ("people", "hands", "loads", "bodies", "floor", "meetings", "views") -> name of a part, or what
            makes one of a layout; the rest are defaults (`stack.parts.NAMED`).
        ledger: URL of the books; the default forgets them with the run.
    """

    def __init__(self, parts: Mapping[str, str | Factory] | None = None, ledger: str = FORGETFUL) -> None:
        self._chosen, self._ledger = parts, ledger
        self._run: Run | None = None

    def feed(self, records: Sequence[SensorRecord], now_ns: int) -> Sequence[AnswerRecord]:
        """Take everything delivered up to now_ns and answer."""
        for record in records:
            if isinstance(record, Setup):
                self.close()
                self._run = Run(record, self._chosen, open_store(self._ledger))
            elif self._run is None:
                raise UsageError(
                    "the stack does not know its store", expected="Setup first", found=type(record).__name__
                )
            else:
                self._run.take(record, now_ns)
        return self._run.answer(now_ns) if self._run else ()

    def balance(self, account: str) -> int:
        """Return the stored value of an account, minor units; 0 before `Setup`."""
        return self._run.balance(account) if self._run else 0

    def close(self) -> None:
        """Let go of everything; may be called twice."""
        if self._run:
            self._run.close()
        self._run = None
