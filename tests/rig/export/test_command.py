"""`rig export` as it is typed, right and wrong."""

import dataclasses
from pathlib import Path

import pytest

from contracts.clock import SECOND
from contracts.ports import FaultKind
from contracts.records import Frame
from contracts.truth import TrueFault
from rig.export.shots import shots
from rig.recording.reader import Recording
from rig.recording.recorder import Recorder
from tests.rig.kiosk import Here


def test_it_says_what_it_made(visit: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    output = tmp_path / "set"
    asked = ("--format", "mot", "--camera", "c2", "--every", "5s")
    code, out, err = Here(capsys)("export", visit, *asked, "-o", output)
    assert code == 0, err
    assert "pictures of c2" in out
    assert sorted(path.name for path in output.iterdir()) == ["events.json", "identities.json", "seqmap.txt", "two-c2"]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--format", "yolo"], "no such format"),
        (["--format", "coco", "--camera", "c9"], "no such camera"),
        (["--format", "coco", "--every", "soon"], "not a length of time"),
        (["--format", "coco", "--every", "0s"], "too often"),
        (["--format", "coco", "--store", "none.yaml"], "none.yaml"),
    ],
)
def test_wrong_arguments_leave_nothing(
    visit: Path, tmp_path: Path, arguments: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    code, _, err = Here(capsys)("export", visit, *arguments, "-o", tmp_path / "set")
    assert code == 4, err
    assert said in err
    assert not list(tmp_path.iterdir())


def test_a_folder_with_something_in_it_is_left_alone(
    visit: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "mine").write_text("x")
    code, _, err = Here(capsys)("export", visit, "--format", "mot", "-o", tmp_path)
    assert code == 4
    assert "there is something already" in err
    assert [path.name for path in tmp_path.iterdir()] == ["mine"]


def test_a_real_stores_log_has_frames_but_no_labels(
    visit: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    old, log = Recording(visit), tmp_path / "log.mcap"
    frames = [f for f in old.records(["/camera/c1/image", "/camera/c1/depth"], 0, 3 * SECOND) if isinstance(f, Frame)]
    with Recorder(log, dataclasses.replace(old.start, script="")) as recorder:
        recorder.write([old.setup, *frames])
    code, _, err = Here(capsys)("export", log, "--format", "coco", "-o", tmp_path / "a")
    assert code == 4
    assert "nobody knows where bodies and goods were" in err
    assert Here(capsys)("export", log, "--format", "ply", "--every", "1s", "-o", tmp_path / "b")[0] == 0


def test_what_a_stuck_camera_repeats_is_left_out(visit: Path, tmp_path: Path) -> None:
    old, path = Recording(visit), tmp_path / "stuck.mcap"
    frames = [f for f in old.records(["/camera/c1/image", "/camera/c1/depth"], 0, 4 * SECOND) if isinstance(f, Frame)]
    faults = [
        TrueFault(t_ns=t * SECOND, source="truth", device="c1", fault=FaultKind.STUCK, began=t == 1, applied=True)
        for t in (1, 2)
    ]
    with Recorder(path, old.start) as recorder:
        recorder.write([old.setup, *faults, *frames])
    camera = old.layout.camera["c1"]
    times = [shot.t_ns / SECOND for shot in shots(Recording(path), camera)]
    assert len(times) > 15
    assert not [t for t in times if 1 <= t < 2]
    assert [shot.number for shot in shots(Recording(path), camera, SECOND)] == [1, 2, 3]
