"""A replay is held against what was answered before: a stack that changed is caught at the first message."""

import json
import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from contracts.clock import MILLISECOND, SECOND
from contracts.records import Setup
from rig.compare.replayed import Replayed, replay_and_compare
from rig.recording.reader import Recording
from rig.recording.recorder import Recorder
from tests.rig.kiosk import Here, Made, made


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory) -> Made:
    return made(tmp_path_factory, "first")


@pytest.fixture
def visit(first: Made, tmp_path: Path) -> Path:
    """A recording in a folder of its own."""
    return Path(shutil.copy(first.path("take_one"), tmp_path / "visit.mcap"))


def compared(path: Path, **more: bool) -> Replayed:
    return replay_and_compare(path, record_dir=None, **more)


def later(monkeypatch: pytest.MonkeyPatch) -> None:
    """Change one threshold of the stack: a load that fell must hold for longer."""
    monkeypatch.setattr("stack.weighing.excursion.FALL_HOLDS_NS", 1300 * MILLISECOND)


def test_the_same_stack_gives_the_same_answers(visit: Path) -> None:
    replayed = compared(visit)
    recording = Recording(visit)
    assert recording.end is not None
    assert replayed.difference is None
    assert not replayed.diverged
    assert replayed.ends_ns == recording.end.t_ns
    kinds = {"/stack/" + kind: count for kind, count in replayed.agreed.items()}
    assert kinds == {c.topic: c.count for c in recording.channels() if c.topic.startswith("/stack/")}
    assert {"tracks", "shelf_event", "cart_change", "receipt"} <= set(replayed.agreed)


def test_one_changed_threshold_is_caught_at_the_first_message_that_differs(
    visit: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (event,) = Recording(visit).records(["/stack/shelf_event"])
    later(monkeypatch)
    replayed = compared(visit)
    found = replayed.difference
    assert replayed.diverged
    assert found is not None
    assert (found.message, found.source, found.t_ns) == ("shelf_event", "stack", event.t_ns)
    assert "deltas_g" in found.recorded
    assert found.recorded != found.found


def test_the_command_ends_with_seven_and_names_both_values(
    visit: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    later(monkeypatch)
    here = Here(capsys)
    code, out, _ = here("replay", visit, "--record", tmp_path / "new")
    assert code == 7
    assert "first difference: shelf_event from stack at" in out
    assert "recorded  shelf_event at" in out
    code, out, _ = here("replay", visit, "--record", tmp_path / "new", "--json")
    told = json.loads(out)["comparison"]
    assert code == 7
    assert told["difference"]["message"] == "shelf_event"
    assert told["agreed"]["tracks"] > 10


def test_a_reference_changes_by_the_option_alone(
    visit: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    here, reference, folder = Here(capsys), tmp_path / "visit.reference.mcap", ("--record", tmp_path / "new")
    assert here("replay", visit, *folder, "--update-references")[0] == 0
    assert not reference.exists()  # nothing differs: nothing to change
    later(monkeypatch)
    assert here("replay", visit, *folder)[0] == 7
    assert not reference.exists()
    code, out, _ = here("replay", visit, *folder, "--update-references")
    assert code == 0
    assert f"reference {reference} written" in out
    code, out, _ = here("replay", visit, *folder)
    assert code == 0
    assert f"with the reference {reference}" in out
    monkeypatch.undo()
    assert here("replay", visit, *folder)[0] == 7
    assert sorted(path.name for path in tmp_path.iterdir()) == ["new", "visit.mcap", "visit.reference.mcap"]


def test_a_tolerance_beside_the_recording_excuses_what_it_names(
    visit: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    later(monkeypatch)
    (tmp_path / "visit.tolerance.yaml").write_text(
        "ignore: [shelf_event, cart_change]\ntolerance: {receipt.lines.probability: 0.001}\n"
    )
    replayed = compared(visit)
    assert replayed.tolerances == tmp_path / "visit.tolerance.yaml"
    assert replayed.difference is None
    assert "shelf_event" not in replayed.agreed


def test_a_recording_that_was_cut_is_compared_up_to_the_cut(visit: Path) -> None:
    data = visit.read_bytes()
    visit.write_bytes(data[: len(data) // 2])
    replayed = compared(visit)
    assert replayed.compared
    assert replayed.difference is None
    assert 2 * SECOND < replayed.ends_ns < 20 * SECOND
    assert replayed.agreed["tracks"] > 5


def without_answers(path: Path, new: Path) -> Path:
    """Write what a real store's log holds: the store and its sensors."""
    old = Recording(path)
    with Recorder(new, old.start) as recorder:
        for entry in old.entries():
            if not entry.topic.startswith(("/stack/", "/rig/")):
                recorder.copy(entry)
        recorder.close("finished", now_ns=old.end.t_ns if old.end else 0)
    return new


def test_a_log_without_answers_is_compared_with_nothing_until_it_has_a_reference(visit: Path, tmp_path: Path) -> None:
    log = without_answers(visit, tmp_path / "log.mcap")
    replayed = compared(log)
    assert not replayed.compared
    assert not replayed.diverged
    assert "holds no answers" in replayed.against
    assert compared(log, update=True).updated == tmp_path / "log.reference.mcap"
    again = compared(log)
    assert again.compared
    assert again.difference is None
    assert again.agreed["receipt"] == 1


def test_answers_of_another_stack_are_compared_only_if_asked_for(visit: Path, tmp_path: Path) -> None:
    old, new = Recording(visit), tmp_path / "theirs.mcap"
    with Recorder(new, replace(old.start, stack="grpc://shop:1")) as recorder:
        for entry in old.entries():
            if not entry.topic.startswith("/rig/"):
                recorder.copy(entry)
        recorder.close("finished", now_ns=old.end.t_ns if old.end else 0)
    replayed = compared(new)
    assert not replayed.compared
    assert "another stack (grpc://shop:1)" in replayed.against
    assert compared(new, compare=True).agreed["receipt"] == 1


def test_a_reference_of_another_recording_is_refused(
    visit: Path, first: Made, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    shutil.copy(first.path("look"), tmp_path / "visit.reference.mcap")
    code, _, err = Here(capsys)("replay", visit, "--record", tmp_path / "new")
    assert code == 6
    assert "the reference belongs to another recording" in err


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["--references", "nowhere"], 4, "no such folder of references"),
        (["--update-references", "--no-compare"], 4, "a reference changes where the answers differ"),
        (["--stack", "mine"], 4, "no such stack"),
        (["--compare=yes"], 4, "compare"),
    ],
)
def test_wrong_arguments(
    visit: Path, arguments: list[str], code: int, said: str, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    found, _, err = Here(capsys)("replay", visit, "--record", tmp_path / "new", *arguments)
    assert found == code
    assert said in err


def test_a_wrong_tolerance_is_told_before_anything_is_replayed(
    visit: Path, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    (tmp_path / "tolerance.yaml").write_text("ignore: [shelf_events]\n")
    code, _, err = Here(capsys)("replay", visit, "--record", tmp_path / "new")
    assert code == 4
    assert "tolerance.yaml:1" in err
    assert not (tmp_path / "new").exists()


def test_the_setup_of_a_reference_is_not_needed(visit: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    later(monkeypatch)
    written = compared(visit, update=True).updated
    assert written is not None
    assert not any(isinstance(record, Setup) for record in Recording(written).records())
    assert written.stat().st_size < visit.stat().st_size / 5
