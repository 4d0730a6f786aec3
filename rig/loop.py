"""The run loop: everything is delivered in order of time, recorded, fed to the stack, and its orders carried out."""

from __future__ import annotations

import heapq
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Protocol, TypeGuard, TypeVar

from contracts.clock import MILLISECOND, SECOND, Clock
from contracts.errors import StackDied, WalkoutError
from contracts.ports import Source, Stack
from contracts.record import Record
from contracts.records import AnswerRecord, SensorRecord, Setup

R = TypeVar("R", bound=Record)

TICK_NS = 50 * MILLISECOND
# After the last sensor record of a run the stack may still be deciding; receipts are due within 5 s of leaving.
GRACE_NS = 6 * SECOND


class Sink(Protocol):
    """Where records are kept."""

    def write(self, records: Iterable[Record]) -> None:
        """Keep records in the order given."""

    def tick(self, now_ns: int) -> None:
        """Learn that the run has reached now_ns."""


@dataclass(frozen=True, slots=True)
class Progress:
    """Where a run stands.

    Args:
        now_ns: bench time.
        late_ns: how late this tick was; 0 on virtual time.
        records: everything delivered in this tick.
        answers: everything answered in it.
    """

    now_ns: int
    late_ns: int
    records: Sequence[Record]
    answers: Sequence[Record]


class Loop:
    """One run. Sources, stack, recorder and clock are handed in; the loop owns only the order of things.

    Args:
        sources: the twin, a bench, a recording; merged by time, ties in this order.
        stack: the system under test.
        sink: the recorder.
        clock: virtual, or the wall's.
        obey: carries out the stack's orders to gates, screens and terminals.
        finished: whether the sources have nothing more to tell.
        limit_ns: the longest that the run may take.
    """

    def __init__(
        self,
        sources: Sequence[Source],
        stack: Stack,
        sink: Sink,
        clock: Clock,
        *,
        obey: Callable[[AnswerRecord], None],
        finished: Callable[[], bool],
        limit_ns: int,
    ) -> None:
        self._sources, self._stack, self._sink, self._clock = sources, stack, sink, clock
        self._obey, self._finished, self._limit_ns = obey, finished, limit_ns
        self._seq = 0
        self.now_ns = 0
        self.out_of_time = False

    def run(self, setup: Setup) -> Iterator[Progress]:
        """Run tick by tick until the sources are finished and the stack has had its grace.

        Args:
            setup: the first record.
        """
        waiting: list[Record] = [setup]
        ends_ns: int | None = None
        while ends_ns is None or self.now_ns < ends_ns:
            late_ns = self._clock.wait_until(self.now_ns)
            waiting.extend(heapq.merge(*(s.read(self.now_ns) for s in self._sources), key=lambda r: r.t_ns))
            records = self._stamp(waiting)
            waiting = []
            self._sink.write(records)
            answers = self._stamp(self._feed([r for r in records if is_sensor(r)]))
            self._sink.write(answers)
            for answer in answers:
                self._obey(answer)
            self._sink.tick(self.now_ns)
            yield Progress(self.now_ns, late_ns, records, answers)
            ends_ns = self._end(ends_ns)
            self.now_ns += TICK_NS

    def _end(self, ends_ns: int | None) -> int | None:
        """Return when the run ends: its grace begins anew when an order has given the sources more to tell."""
        finished = self._finished()
        if self.now_ns >= self._limit_ns:
            self.out_of_time = self.out_of_time or not finished
            return ends_ns or self.now_ns + GRACE_NS
        return (ends_ns or self.now_ns + GRACE_NS) if finished else None

    def _feed(self, records: Sequence[SensorRecord]) -> Sequence[AnswerRecord]:
        """Feed the stack; whatever it raises is the product's fault, not the rig's."""
        try:
            return self._stack.feed(records, self.now_ns)
        except WalkoutError:
            raise
        except Exception as error:
            raise StackDied(
                "the stack failed",
                where=f"the tick at {self.now_ns / SECOND:.2f} s",
                expected="answers",
                found=f"{type(error).__name__}: {error}",
                hint="the trace above ends in the stack's own code",
            ) from error

    def _stamp(self, records: Sequence[R]) -> list[R]:
        first, self._seq = self._seq, self._seq + len(records)
        return [replace(record, seq=first + index) for index, record in enumerate(records)]


def is_sensor(record: Record) -> TypeGuard[SensorRecord]:
    """Whether a record may go to a stack. Truth may not, nor what a stack itself once said."""
    return isinstance(record, SensorRecord)
