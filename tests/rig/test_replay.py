"""A recording, fed to a stack again, brings the same answers; broken ones are never called a verdict."""

import json
from pathlib import Path

import pytest

from contracts.errors import BadRecording
from contracts.record import Record
from contracts.records import AnswerRecord, SensorRecord, Setup
from contracts.run import Checkpoint, RunEnd, RunStart
from contracts.truth import TruthRecord
from rig.judge import Outcome
from rig.recording.reader import Recording
from rig.recording.recorder import Recorder
from rig.replay import RecordedSource, replay
from rig.run import RunResult
from tests.contracts.test_wire import plain
from tests.rig.kiosk import Here, Made, made


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory) -> Made:
    return made(tmp_path_factory, "first")


@pytest.fixture(scope="module")
def again(first: Made, tmp_path_factory: pytest.TempPathFactory) -> RunResult:
    return replay(first.path("two"), record_dir=tmp_path_factory.mktemp("replay"))


def said(recording: Recording, until_ns: int) -> list[object]:
    """Return what the stack answered."""
    return [plain(r) for r in recording.records() if isinstance(r, AnswerRecord) and r.t_ns <= until_ns]


def test_a_replay_brings_the_same_answers_as_the_run(first: Made, again: RunResult) -> None:
    live = first.recording("two")
    assert live.end is not None
    assert again.recording is not None
    answers = said(live, live.end.t_ns)
    assert len(answers) > 100
    assert said(Recording(again.recording), live.end.t_ns - 1) == answers


def test_a_replay_is_the_run_byte_for_byte_as_far_as_the_run_went(first: Made, again: RunResult) -> None:
    """Checkpoints are digests of all that came before: gates reported then when they report now."""
    assert again.recording is not None
    mine, its = (
        [(r.t_ns, r.digest) for r in recording.records(["/rig/checkpoint"]) if isinstance(r, Checkpoint)]
        for recording in (first.recording("two"), Recording(again.recording))
    )
    assert len(mine) > 20
    assert its[: len(mine) - 1] == mine[:-1]


def test_a_replay_brings_the_same_receipts_and_verdict(first: Made, again: RunResult) -> None:
    live, new = ([plain(r) for r in rec.records(["/stack/receipt"])] for rec in (
        first.recording("two"), Recording(again.recording or Path()),
    ))  # fmt: skip
    assert len(new) == 2
    assert new == live
    assert again.verdict.outcome is Outcome.PASS
    told = next(run for run in first.told if run["scenario"] == "two")
    assert [dict(person.charged) for person in again.verdict.people] == [
        p["charged"] for p in told["verdict"]["people"]
    ]


def test_a_replay_is_a_recording_of_its_own(again: RunResult) -> None:
    assert again.recording is not None
    assert again.recording.name == "two-replay.mcap"
    new = Recording(again.recording)
    assert new.start.scenario == "two-replay"
    assert new.end is not None
    assert new.end.status == "finished"
    assert again.digest == new.digest()


def test_the_command_tells_a_replay_as_it_tells_a_run(
    first: Made, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    here = Here(capsys)
    code, out, _ = here("replay", first.path("look"), "--record", tmp_path, "--json")
    told = json.loads(out)
    assert code == 0
    assert told["scenario"] == "look-replay"
    assert told["verdict"]["outcome"] == "pass"
    assert Path(told["recording"]).is_file()


def begun(first: Made, path: Path, status: str) -> Path:
    """Write the first three seconds of a visit, and end them in some way."""
    whole = first.recording("look")
    recorder = Recorder(path, whole.start)
    for record in whole.records(end_ns=3 * 10**9):
        if not isinstance(record, RunStart | RunEnd | Checkpoint):
            recorder.write([record])
            recorder.tick(record.t_ns)
    recorder.close(status, now_ns=3 * 10**9)
    return path


def test_a_recorded_source_gives_sensors_and_truth_in_time_and_no_answers(first: Made) -> None:
    recording = first.recording("look")
    source = RecordedSource(recording)
    early, late = source.read(10**9), source.read(10**10)
    assert all(r.t_ns <= 10**9 for r in early)
    assert all(r.t_ns > 10**9 for r in late)
    given: list[Record] = [*early, *late]
    assert all(isinstance(r, SensorRecord | TruthRecord) for r in given)
    assert not source.finished
    given += source.read(10**12)
    assert source.finished
    wanted = [r for r in recording.records() if isinstance(r, SensorRecord | TruthRecord) and not isinstance(r, Setup)]
    assert [(r.t_ns, r.source, r.seq) for r in given] == [(r.t_ns, r.source, r.seq) for r in wanted]
    source.close()


@pytest.mark.parametrize(
    ("status", "why"), [("interrupted", "the recorded run was interrupted"), ("out of time", "out of time")]
)
def test_what_was_broken_off_is_replayed_and_not_judged(first: Made, tmp_path: Path, status: str, why: str) -> None:
    result = replay(begun(first, tmp_path / "a.mcap", status), record_dir=None)
    assert result.verdict.outcome is Outcome.ERROR
    assert why in result.verdict.troubles[0]
    assert result.simulated_ns > 3 * 10**9


def test_a_recording_without_its_beginning(tmp_path: Path) -> None:
    (tmp_path / "x.mcap").write_bytes(b"")
    with pytest.raises(BadRecording, match="this is not a recording"):
        replay(tmp_path / "x.mcap", record_dir=None)
