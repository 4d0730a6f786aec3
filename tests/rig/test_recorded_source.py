"""Which tick a recorded answer belongs to."""

from __future__ import annotations

from pathlib import Path

from contracts.clock import MILLISECOND
from contracts.layout import Layout
from contracts.records import GateAction, GateCommand, Scan, Setup
from contracts.run import RunStart
from rig.recording.reader import Recording
from rig.recording.recorder import Recorder
from rig.replay import RecordedSource

TICK = 50 * MILLISECOND


def scan(at_ns: int) -> Scan:
    return Scan(t_ns=at_ns, source="scanner-in", code=b"5901234123457", symbology="]E0")


def order(at_ns: int) -> GateCommand:
    return GateCommand(t_ns=at_ns, source="stack", gate="gate-in", action=GateAction.OPEN)


def source(folder: Path, *records: Scan | GateCommand) -> RecordedSource:
    start = RunStart(t_ns=0, source="rig", scenario="s", store="tiny", seed=1)
    with Recorder(folder / "s.mcap", start) as recorder:
        recorder.write([Setup(t_ns=0, source="rig", layout=Layout("tiny", (0, 0, 1, 1), (0, 0, 1, 1)))])
        recorder.write(records)
    return RecordedSource(Recording(folder / "s.mcap"))


def answered(recorded: RecordedSource, ticks: int) -> list[list[int]]:
    told = []
    for tick in range(ticks):
        recorded.read(tick * TICK)
        told.append([answer.t_ns for answer in recorded.answers()])
    return told


def test_an_answer_in_a_tick_without_input_is_of_that_tick(tmp_path: Path) -> None:
    recorded = source(tmp_path, scan(0), order(TICK), scan(2 * TICK))
    assert answered(recorded, 3) == [[], [TICK], []]


def test_an_answer_of_a_stack_with_times_of_its_own_waits_for_the_next_input_at_the_most(tmp_path: Path) -> None:
    recorded = source(tmp_path, scan(0), order(900 * TICK), scan(2 * TICK))
    assert answered(recorded, 4) == [[], [], [], [900 * TICK]]
