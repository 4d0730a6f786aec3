"""A recording as a source: its sensor records again, in order, to any stack."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from contracts.clock import SECOND, VirtualClock
from contracts.record import Record
from contracts.records import AnswerRecord, Setup
from contracts.run import RunEnd, RunStart
from contracts.truth import TruthRecord
from rig.compare.comparison import Comparison
from rig.judge.whole import with_ending
from rig.keys import deployment_key
from rig.loop import TICK_NS, Progress, is_sensor
from rig.recording.reader import Recording
from rig.run import OnProgress, RunResult, drive, open_stack
from rig.scenario import expectation

LONGEST_NS = 24 * 3600 * SECOND


class RecordedSource:
    """Yields a recording's sensor and truth records as time passes; never what a stack answered.

    Args:
        recording: any recording of this rig.
    """

    def __init__(self, recording: Recording) -> None:
        self._answers: list[tuple[int, AnswerRecord]] = []
        self._found = self._delivered = 0
        self._until_ns = -1
        self._last_ns = 0
        self._end: RunEnd | None = None
        self._inputs = self._read(recording)
        self._next: tuple[int, Record] | None = next(self._inputs, None)

    @property
    def finished(self) -> bool:
        """Whether everything has been delivered."""
        return self._next is None

    def read(self, until_ns: int) -> Sequence[Record]:
        """Return what was delivered up to until_ns in the recorded run."""
        out: list[Record] = []
        self._until_ns = until_ns
        while self._next is not None and self._next[0] <= until_ns:
            out.append(self._next[1])
            self._delivered += 1
            self._next = next(self._inputs, None)
        return out

    def answers(self) -> Sequence[AnswerRecord]:
        """Return what the recorded stack answered to all that was read, as far as not yet returned.

        In a tick without any input it may have answered too, and only its times tell that from the tick before.
        """
        passed = 0
        for before, answer in self._answers:
            if answer.t_ns > self._until_ns and before >= self._delivered:
                break
            passed += 1
        due, self._answers = self._answers[:passed], self._answers[passed:]
        return [answer for _, answer in due]

    @property
    def ends_ns(self) -> int | None:
        """The first tick that the recording does not hold in full; None as long as its end has not been read."""
        if self._next is not None:
            return None
        return self._end.t_ns if self._end else _tick_of(self._last_ns)

    @property
    def whole(self) -> bool:
        """Whether the recorded run came to its end, as far as has been read."""
        return self._end is not None and self._end.status == "finished"

    def close(self) -> None:
        """Let go of the file."""
        self._next = None

    def _read(self, recording: Recording) -> Iterator[tuple[int, Record]]:
        """Yield every record that a source gave, and the time from which it may be delivered again.

        A gate that obeys a stack reports with the time of the order, and that report was delivered a tick later: the
        file's order shows it. So what stands behind an answer comes in a later tick than the answer; an answer with a
        time of its own invention delays nothing by more than a tick.
        """
        due_ns = answered_ns = -1
        for record in recording.records():
            if isinstance(record, AnswerRecord):
                answered_ns = max(answered_ns, record.t_ns)
                self._answers.append((self._found, record))
            elif is_input(record):
                due_ns = max(due_ns, record.t_ns, min(answered_ns, _tick_of(record.t_ns)) + 1)
                self._last_ns = max(self._last_ns, due_ns)
                self._found += 1
                yield due_ns, record
            elif isinstance(record, RunEnd):
                self._end = record


def replay(
    path: Path,
    *,
    record_dir: Path | None,
    stack: str = "reference",
    stack_timeout_s: float = 20.0,
    on_progress: OnProgress | None = None,
    comparison: Comparison | None = None,
    expect_own: bool = True,
) -> RunResult:
    """Feed a recording to a stack, as fast as it takes it, and judge what comes of it.

    Args:
        path: the recording.
        record_dir: where to keep the new recording; None keeps none.
        stack: "reference" or "grpc://host:port".
        stack_timeout_s: wall seconds that a remote stack may take for one tick.
        on_progress: told after every tick.
        comparison: holds the answers against recorded ones.
        expect_own: whether against those in this recording; else it knows already what to expect.
    """
    recording = Recording(path)
    old = recording.start
    setup = replace(recording.setup, key=deployment_key(old.seed))
    source = RecordedSource(recording)
    system = open_stack(stack, stack_timeout_s)
    start = RunStart(
        t_ns=0,
        source="rig",
        scenario=f"{old.scenario}-replay",
        script=old.script,
        store=old.store,
        seed=old.seed,
        renderer=old.renderer,
        stack=stack,
        versions=old.versions,
    )

    def watch(progress: Progress) -> None:
        if comparison is not None:
            _compare(comparison, source, progress, expect_own=expect_own)
        if on_progress is not None:
            on_progress(progress)

    try:
        result = drive(
            start,
            setup,
            source,
            system,
            obey=_ignore,
            finished=lambda: source.finished,
            limit_ns=LONGEST_NS,
            expect=expectation(old.script),
            record_dir=record_dir,
            clock=VirtualClock(),
            on_progress=watch,
        )
        if comparison is not None:
            comparison.end()
        return replace(result, verdict=with_ending(result.verdict, recording))
    finally:
        source.close()
        system.close()


def _tick_of(t_ns: int) -> int:
    """Return the first tick at or after a time."""
    return -(-t_ns // TICK_NS) * TICK_NS


def is_input(record: Record) -> bool:
    """Whether a source gave a record; the store, the stack's answers and the rig's own remarks are not a source's."""
    if isinstance(record, Setup | RunStart | RunEnd):
        return False
    return is_sensor(record) or isinstance(record, TruthRecord)


def _compare(comparison: Comparison, source: RecordedSource, progress: Progress, *, expect_own: bool) -> None:
    """Compare one tick; where the recording was cut the comparison ends, and where its own answers end.

    A replay goes on for a while, so that the stack can finish: a reference made of one holds that, too.
    """
    recorded = source.answers()
    if expect_own:
        comparison.expect(recorded, progress.now_ns)
    if source.ends_ns is not None and (expect_own or not source.whole):
        comparison.ends_ns = min(source.ends_ns, comparison.ends_ns or source.ends_ns)
    comparison.take(progress.answers, progress.now_ns)


def _ignore(_: AnswerRecord) -> None:
    """Let an order pass: the doors of a recorded run moved as they moved."""
