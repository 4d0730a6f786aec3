"""Answers held against recorded ones as they come, until the first that differs."""

from __future__ import annotations

from collections import Counter, defaultdict, deque
from collections.abc import Iterable

from contracts.clock import SECOND
from contracts.record import Record
from rig.compare.difference import Difference, differing, unmatched
from rig.compare.names import name_of
from rig.compare.rules import STRICT, Order, Rules
from rig.compare.values import ABSENT, first_mismatch
from rig.recording.redact import redacted

# Some stacks stamp answers with a time before the tick that they answer: only later is one surely missing.
PATIENCE_NS = SECOND


class Comparison:
    """Holds what a stack answers against what was recorded.

    Args:
        rules: what may differ.

    Attributes:
        difference: the first one; None as long as everything agrees.
        agreed: how many messages of each kind agreed, by name.
        taken: every answer before the end, as it may be kept.
        ends_ns: ticks from this one on are not compared: the recording ends there, or was cut.
    """

    def __init__(self, rules: Rules = STRICT) -> None:
        self._rules = rules
        self._waiting: dict[str, deque[tuple[Record, int]]] = defaultdict(deque)
        self.difference: Difference | None = None
        self.agreed: Counter[str] = Counter()
        self.taken: list[Record] = []
        self.ends_ns: int | None = None

    def expect(self, recorded: Iterable[Record], due_ns: int | None = None) -> None:
        """Learn of more recorded answers, in order.

        Args:
            recorded: the answers.
            due_ns: the tick that they are the answers of; None where only their own times are known.
        """
        for record in recorded:
            if not self._rules.ignores(name_of(record)):
                due = record.t_ns + PATIENCE_NS if due_ns is None else due_ns
                self._waiting[self._line(record)].append((record, due))

    def take(self, answers: Iterable[Record], now_ns: int) -> None:
        """Compare the answers of one tick; all that was recorded up to it must be known by then.

        Args:
            answers: in order.
            now_ns: the tick.
        """
        if self._over(now_ns):
            return
        for answer in answers:
            kept = redacted(answer)
            self.taken.append(kept)
            if self.difference is None and not self._rules.ignores(name_of(kept)):
                self._compare(kept)
        if self.difference is None:
            self._miss(now_ns)

    def end(self) -> None:
        """No more answers come: whatever is still waiting is missing."""
        if self.difference is None:
            self._miss(None)

    def _over(self, now_ns: int) -> bool:
        return self.ends_ns is not None and now_ns >= self.ends_ns

    def _line(self, record: Record) -> str:
        """Return the line in which a message waits: one for all, or one a kind."""
        return name_of(record) if self._rules.order is Order.EACH else ""

    def _compare(self, answer: Record) -> None:
        waiting = self._waiting[self._line(answer)]
        number = self.agreed.total()
        if not waiting:
            self.difference = unmatched(ABSENT, answer, number)
            return
        recorded, _ = waiting.popleft()
        mismatch = first_mismatch(recorded, answer, self._rules, name_of(recorded))
        if mismatch is None:
            self.agreed[name_of(recorded)] += 1
        else:
            self.difference = differing(recorded, answer, mismatch, number)

    def _miss(self, now_ns: int | None) -> None:
        """Tell of the earliest recorded answer that should have come by now, or by the end."""
        late = [line[0][0] for line in self._waiting.values() if line and self._overdue(*line[0], now_ns)]
        if late:
            first = min(late, key=lambda record: record.t_ns)
            self.difference = unmatched(first, ABSENT, self.agreed.total())

    def _overdue(self, recorded: Record, due_ns: int, now_ns: int | None) -> bool:
        if now_ns is None:
            return self.ends_ns is None or recorded.t_ns < self.ends_ns
        tolerance = self._rules.tolerance(f"{name_of(recorded)}.t_ns")
        return due_ns + (tolerance.absolute if tolerance else 0.0) <= now_ns
