"""A recorded scenario runs again to the same bytes, and stops at the first message of any kind that differs."""

import json
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import cv2
import numpy as np
import pytest

from contracts.clock import SECOND
from contracts.record import Record
from contracts.records import Frame, ShelfEvent, Weights
from contracts.run import Checkpoint, RunEnd, RunStart, Version
from contracts.truth import TrueMove
from rig.recording.reader import Recording
from rig.recording.recorder import Recorder
from tests.rig.kiosk import Here, Made, made, write_kiosk

Change = Callable[[Record], Record | None]


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory) -> Made:
    return made(tmp_path_factory, "first")


@pytest.fixture
def visit(first: Made, tmp_path: Path) -> Path:
    write_kiosk(tmp_path)
    return Path(shutil.copy(first.path("take_one"), tmp_path / "visit.mcap"))


def altered(path: Path, change: Change, start: Callable[[RunStart], RunStart] = lambda s: s) -> Path:
    """Write a recording anew with some records changed, and others left out."""
    old, new = Recording(path), path.with_name("altered.mcap")
    with Recorder(new, start(old.start)) as recorder:
        for record in old.records():
            kept = None if isinstance(record, RunStart | RunEnd | Checkpoint) else change(record)
            recorder.write([] if kept is None else [kept])
        assert old.end is not None
        recorder.close("finished", now_ns=old.end.t_ns)
    return new


def test_the_same_scenario_gives_the_same_bytes(visit: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = Here(capsys)("rerun", visit, "--json")
    told = json.loads(out)
    assert code == 0
    assert told["same"] is True
    assert told["whole"] is True
    count = sum(1 for entry in Recording(visit).entries() if not entry.topic.startswith("/rig/"))
    assert told["messages"] == count


def test_a_cut_recording_is_followed_up_to_the_cut(visit: Path, capsys: pytest.CaptureFixture[str]) -> None:
    visit.write_bytes(visit.read_bytes()[: visit.stat().st_size // 3])
    code, out, _ = Here(capsys)("rerun", visit)
    assert code == 0
    assert "where the recording breaks off" in out


def heavier(record: Record) -> Record:
    if isinstance(record, Weights) and record.t_ns > 2 * SECOND:
        return replace(record, grams=record.grams + np.float32(1))
    return record


def one_pixel(record: Record) -> Record:
    if isinstance(record, Frame) and record.t_ns > 2 * SECOND and record.depth_mm is not None:
        depth = record.depth_mm.copy()
        depth[7, 5] += 9
        return replace(record, depth_mm=depth)
    return record


def greyer(record: Record) -> Record:
    if isinstance(record, Frame) and record.t_ns > 2 * SECOND and record.jpeg:
        grey = cv2.imencode(".jpg", np.full((120, 160, 3), 90, np.uint8))[1].tobytes()
        return replace(record, jpeg=grey)
    return record


def other_truth(record: Record) -> Record:
    return replace(record, mass_g=1.0) if isinstance(record, TrueMove) else record


def no_event(record: Record) -> Record | None:
    return None if isinstance(record, ShelfEvent) else record


@pytest.mark.parametrize(
    ("change", "named", "field"),
    [
        (heavier, "weights from gondola-1 at 2.", "grams[0, 0]"),
        (one_pixel, "frame from c", "depth_mm[7, 5]"),
        (greyer, "frame from c", "image["),
        (other_truth, "true_move from truth at", "mass_g: 1.0"),
        (no_event, "shelf_event from stack at", "the whole message"),
    ],
)
def test_the_first_message_that_differs_is_named(
    visit: Path, capsys: pytest.CaptureFixture[str], change: Change, named: str, field: str
) -> None:
    code, _, err = Here(capsys)("rerun", altered(visit, change))
    assert code == 7
    assert named in err
    assert field in err
    assert "versions and renderer are the recorded ones" in err


def test_other_versions_are_said(visit: Path, capsys: pytest.CaptureFixture[str]) -> None:
    older = altered(visit, lambda r: r, lambda start: replace(start, versions=(Version("numpy", "0.9"),)))
    code, out, _ = Here(capsys)("rerun", older)
    assert code == 0
    assert "numpy: 0.9 when it was recorded" in out


def test_another_renderer_differs_and_says_so(visit: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = Here(capsys)("rerun", visit, "--renderer", "plain", "--json")
    assert code == 7
    assert "renderer: raster, baked light, smooth edges when it was recorded, plain here" in err
    assert json.loads(out)["difference"]["message"] == "frame"


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["--renderer", "oil"], 4, "no such renderer"),
        (["--stack", "mine"], 4, "no such stack"),
        (["--store", "nowhere.yaml"], 4, "no such store file"),
    ],
)
def test_wrong_arguments(
    visit: Path, arguments: list[str], code: int, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    found, _, err = Here(capsys)("rerun", visit, *arguments)
    assert found == code
    assert said in err


def test_a_log_without_a_script_cannot_run(visit: Path, capsys: pytest.CaptureFixture[str]) -> None:
    log = altered(visit, lambda r: r, lambda start: replace(start, script=""))
    code, _, err = Here(capsys)("rerun", log)
    assert code == 4
    assert "holds no script" in err
