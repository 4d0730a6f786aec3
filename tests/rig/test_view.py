"""Pictures of a recording: they show what is in it, and what cannot be shown is told."""

from pathlib import Path

import cv2
import numpy as np
import pytest

from contracts.errors import RigFault, UsageError
from contracts.records import Frame
from contracts.truth import TrueMove
from rig.judge.story import gather
from rig.view import contact_sheet, draw_pictures, draw_plan, frame_picture
from rig.view.frames import FAR_MM, picture_of
from rig.view.pictures import busiest_ns
from rig.view.plates import changed_plates
from tests.rig.kiosk import Here, Made, made


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory) -> Made:
    return made(tmp_path_factory, "first")


@pytest.fixture
def here(capsys: pytest.CaptureFixture[str]) -> Here:
    return Here(capsys)


def read(path: Path) -> np.ndarray:
    image = cv2.imread(str(path))
    assert image is not None
    return np.asarray(image)


def test_a_cameras_frame_is_the_last_one_before_the_time(first: Made, tmp_path: Path) -> None:
    recording = first.recording("take_one")
    frame = frame_picture(recording, "c2", 5_050_000_000, tmp_path / "deep/er/x.png")
    image = read(tmp_path / "deep/er/x.png")
    assert frame.source == "c2"
    assert 4_900_000_000 < frame.captured_ns <= 5_050_000_000
    assert image.shape == (120, 160, 3)
    assert image.std() > 10


def test_somebody_in_the_picture_changes_it(first: Made, tmp_path: Path) -> None:
    recording = first.recording("take_one")
    moved = next(m for m in gather(recording).all(TrueMove))
    frame_picture(recording, "c2", 0, tmp_path / "empty.png")
    frame_picture(recording, "c2", moved.t_ns, tmp_path / "busy.png")
    changed = np.abs(read(tmp_path / "empty.png").astype(int) - read(tmp_path / "busy.png")).max(axis=2) > 30
    assert 0.004 < changed.mean() < 0.6


def test_the_sheet_shows_every_camera(first: Made, tmp_path: Path) -> None:
    assert contact_sheet(first.recording("take_one"), 5 * 10**9, tmp_path / "sheet.png")
    height, width, _ = read(tmp_path / "sheet.png").shape
    assert (height, width) == (240, 3 * 320)


def test_the_plan_shows_people_and_plates(first: Made, tmp_path: Path) -> None:
    recording = first.recording("take_one")
    story = gather(recording)
    draw_plan(recording, story, tmp_path / "with.png")
    empty = first.recording("look")
    draw_plan(empty, gather(empty), tmp_path / "without.png")
    assert read(tmp_path / "with.png").std() > 10
    assert read(tmp_path / "without.png").shape[1] == read(tmp_path / "with.png").shape[1]


def test_the_plate_that_was_taken_from_is_the_one_that_changed(first: Made) -> None:
    (move,) = gather(first.recording("take_one")).all(TrueMove)
    traces = changed_plates(first.recording("take_one"))
    assert {trace.plate for trace in traces} <= set(move.plates)
    assert traces[0].grams[-30:].mean() - traces[0].grams[:30].mean() == pytest.approx(-522, abs=15)
    assert changed_plates(first.recording("look")) == []


def test_every_kept_run_gets_both_pictures(first: Made) -> None:
    assert {path.name for path in first.folder.glob("take_one-*.png")} == {"take_one-plan.png", "take_one-cameras.png"}
    assert 0 < busiest_ns(gather(first.recording("take_one"))) < 25 * 10**9
    assert [path.name for path in draw_pictures(first.path("look"))] == ["look-plan.png", "look-cameras.png"]


def test_near_is_bright_far_is_dark_and_nothing_is_black() -> None:
    depth = np.array([[0, 500, FAR_MM, 60_000]], np.uint16)
    picture = picture_of(Frame(t_ns=0, source="c", captured_ns=0, depth_mm=depth)).astype(int).sum(axis=2)[0]
    assert picture[0] == 0
    assert picture[1] > picture[2] == picture[3]


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["--camera", "c9", "--at", "3", "-o", "x.png"], 4, ["no such camera", "c1, c2, c4", "c9"]),
        (["--camera", "c1", "--at", "999", "-o", "x.png"], 4, ["camera c1 took no frame there", "999.00 s"]),
        (["--at", "999", "-o", "x.png"], 4, ["no camera took a frame there", "--at 999"]),
        (["--at", "-1", "-o", "x.png"], 4, ["--at", "seconds from 0 on", "-1"]),
        (["--at", "nan", "-o", "x.png"], 4, ["--at", "nan"]),
        (["--at", "1e300", "-o", "x.png"], 4, ["--at", "1e+300"]),
        (["--at", "soon", "-o", "x.png"], 4, ["--at", "valid number"]),
        (["-o", "x.jpg"], 4, ["pictures are PNG files", ".png", "x.jpg"]),
        ([], 4, ["--output"]),
    ],
)
def test_what_cannot_be_shown_is_told(
    first: Made, here: Here, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: list[str], code: int,
    said: list[str],
) -> None:  # fmt: skip
    monkeypatch.chdir(tmp_path)
    got, _, complaint = here("view", first.path("take_one"), *arguments)
    assert got == code
    assert [part for part in said if part not in complaint] == [], complaint
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("arguments", [[], ["--at", "5"], ["--at", "5", "--camera", "c1"]])
def test_a_picture_that_cannot_be_written_is_told(
    first: Made, here: Here, tmp_path: Path, arguments: list[str]
) -> None:
    (tmp_path / "file").write_text("")
    code, _, complaint = here("view", first.path("take_one"), "-o", tmp_path / "file/x.png", *arguments)
    assert code == RigFault.exit_code
    assert f"{tmp_path / 'file/x.png'}: the picture cannot be written" in complaint
    assert "Traceback" not in complaint


@pytest.mark.parametrize(
    ("arguments", "said"),
    [([], "floor plan"), (["--at", "5"], "all cameras at 5.00 s"), (["--camera", "c1"], "c1 at "), (["--camera", "c4",
     "--at", "5"], "c4 at ")],
)  # fmt: skip
def test_the_command_says_what_it_drew(
    first: Made, here: Here, tmp_path: Path, arguments: list[str], said: str
) -> None:
    code, out, _ = here("view", first.path("take_one"), "-o", tmp_path / "new/x.png", *arguments)
    assert code == 0
    assert said in out
    assert read(tmp_path / "new/x.png").size > 0


def test_a_negative_time_is_no_damage_of_the_file(first: Made, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="a run begins at 0 s"):
        frame_picture(first.recording("look"), "c1", -1, tmp_path / "x.png")
