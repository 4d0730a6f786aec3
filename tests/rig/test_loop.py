"""The run loop orders, stamps, records, feeds and obeys."""

from collections.abc import Iterable, Sequence

import pytest

from contracts.clock import VirtualClock
from contracts.errors import StackDied
from contracts.record import Record
from contracts.records import AnswerRecord, Scan, ScreenCommand, SensorRecord, Setup
from contracts.truth import TruthRecord
from rig.loop import GRACE_NS, TICK_NS, Loop
from tests.rig.fakes import SETUP, FakeSource, FakeStack


class Kept:
    def __init__(self) -> None:
        self.records: list[Record] = []
        self.ticks: list[int] = []

    def write(self, records: Iterable[Record]) -> None:
        self.records.extend(records)

    def tick(self, now_ns: int) -> None:
        self.ticks.append(now_ns)


def run(seconds: float = 1.0, limit_ns: int = 10**12) -> tuple[Loop, Kept, FakeStack, list[AnswerRecord]]:
    source, stack, kept, obeyed = FakeSource(seconds), FakeStack(), Kept(), list[AnswerRecord]()
    loop = Loop(
        [source],
        stack,
        kept,
        VirtualClock(),
        obey=obeyed.append,
        finished=lambda: source.finished,
        limit_ns=limit_ns,
    )
    for _ in loop.run(SETUP):
        pass
    return loop, kept, stack, obeyed


def test_every_record_is_kept_once_in_order_of_time_with_a_running_number() -> None:
    _, kept, _, _ = run()
    assert isinstance(kept.records[0], Setup)
    assert [r.seq for r in kept.records] == list(range(len(kept.records)))
    times = [r.t_ns for r in kept.records if not isinstance(r, ScreenCommand)]
    assert times == sorted(times)
    assert len(kept.records) == len(FakeSource().all()) + 2


def test_the_stack_is_fed_all_sensors_and_no_truth() -> None:
    _, kept, stack, _ = run()
    assert any(isinstance(r, TruthRecord) for r in kept.records)
    assert not any(isinstance(r, TruthRecord) for r in stack.seen)
    assert len(stack.seen) == len([r for r in kept.records if not isinstance(r, TruthRecord | ScreenCommand)])


def test_orders_are_recorded_behind_what_caused_them_and_obeyed() -> None:
    _, kept, _, obeyed = run()
    scan = next(r for r in kept.records if isinstance(r, Scan))
    answer = next(r for r in kept.records if isinstance(r, ScreenCommand))
    assert answer.seq > scan.seq
    assert 0 <= answer.t_ns - scan.t_ns < TICK_NS
    assert obeyed == [answer]


def test_the_stack_has_its_grace_and_then_the_run_ends() -> None:
    loop, kept, _, _ = run(seconds=1.0)
    assert kept.ticks[-1] == 10**9 + GRACE_NS - TICK_NS
    assert not loop.out_of_time


def test_a_run_that_does_not_end_is_stopped_at_its_limit() -> None:
    loop, kept, _, _ = run(seconds=100.0, limit_ns=2 * 10**9)
    assert loop.out_of_time
    assert kept.ticks[-1] < 2 * 10**9 + GRACE_NS


class Broken(FakeStack):
    def feed(self, records: Sequence[SensorRecord], now_ns: int) -> Sequence[AnswerRecord]:
        if now_ns > 300_000_000:
            raise KeyError("no such shelf")
        return super().feed(records, now_ns)


def test_a_stack_that_raises_is_the_products_fault() -> None:
    source, kept = FakeSource(), Kept()
    loop = Loop(
        [source],
        Broken(),
        kept,
        VirtualClock(),
        obey=lambda _: None,
        finished=lambda: source.finished,
        limit_ns=10**12,
    )
    with pytest.raises(StackDied, match="KeyError: 'no such shelf'"):
        list(loop.run(SETUP))
    assert kept.ticks[-1] == 300_000_000
