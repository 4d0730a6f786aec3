"""Pictures from recorded poses are what the cameras saw, but for their noise; and others can be had."""

import shutil
from dataclasses import replace
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest

from contracts.clock import MILLISECOND
from contracts.geometry import Pose
from contracts.records import Frame
from contracts.truth import MoveKind, TrueMove
from rig.recording.reader import Recording
from rig.recording.recorder import Recorder
from rig.rerender.eye import placed
from rig.rerender.history import read_history
from rig.rerender.pictures import Pictures, bgr
from rig.rerender.restaged import Restaged
from rig.view.frames import picture_of
from tests.rig.kiosk import Here, Made, made, write_kiosk
from twin.scene import Image

Picture = np.ndarray[Any, np.dtype[np.uint8]]


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory) -> Made:
    return made(tmp_path_factory, "first")


@pytest.fixture(scope="module")
def visit(first: Made, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("render")
    write_kiosk(folder)
    return Path(shutil.copy(first.path("take_one"), folder / "visit.mcap"))


@pytest.fixture(scope="module")
def cut(visit: Path) -> Path:
    """The same, without its end."""
    path = visit.with_name("cut.mcap")
    path.write_bytes(visit.read_bytes()[: visit.stat().st_size // 2])
    return path


def seen(visit: Path, camera: str) -> dict[int, Picture]:
    """Return what a camera saw, by the time of its capture."""
    frames = Recording(visit).records([f"/camera/{camera}/image", f"/camera/{camera}/depth"])
    return {f.captured_ns: picture_of(f) for f in frames if isinstance(f, Frame) and f.jpeg}


def away(a: Picture, b: Picture) -> float:
    """Return the largest difference of two pictures, blurred so that grain does not count."""
    blurred = [cv2.blur(each, (9, 9)).astype(np.int32) for each in (a, b)]
    return float(np.abs(blurred[0] - blurred[1]).max())


def drawn(pictures: Pictures, camera: str, times_ns: list[int]) -> list[Picture]:
    info = pictures.layout.camera[camera]
    return [np.ascontiguousarray(image.rgb[..., ::-1]) for image in pictures.take(info, times_ns)]


@pytest.mark.parametrize("camera", ["c1", "c2"])
def test_a_picture_made_from_poses_is_what_the_camera_saw(visit: Path, camera: str) -> None:
    frames = seen(visit, camera)
    times = [t for t in frames if t % (500 * MILLISECOND) == 0][4:24]
    mine = drawn(Pictures(Recording(visit)), camera, times)
    differences = [away(picture, frames[t]) for picture, t in zip(mine, times, strict=True)]
    assert max(differences) < 12
    # A second earlier or later somebody is elsewhere: what is small above is no accident.
    others = [away(picture, frames[t]) for picture, t in zip(mine, times[2:], strict=False)]
    assert max(others) > 40


def the_move(visit: Path, kind: MoveKind) -> TrueMove:
    moves = Recording(visit).records(["/truth/true_move"])
    return next(r for r in moves if isinstance(r, TrueMove) and r.kind is kind)


def test_a_taken_bottle_is_gone_from_its_shelf(visit: Path) -> None:
    recording, take = Recording(visit), the_move(visit, MoveKind.TAKE)
    restaged, history = Restaged(recording), read_history(recording, take.t_ns + 10**10)
    stocked = restaged.where(take.item)
    assert isinstance(stocked, Pose)
    last_ns = history.looks[-1]
    before, after = history.at(take.t_ns - 10**9), history.at(last_ns)
    restaged.show(before, history)
    assert restaged.where(take.item) == stocked
    restaged.show(after, history)
    assert restaged.where(take.item) is None


def test_a_camera_that_was_not_there_sees_the_taken_bottle_go(visit: Path) -> None:
    take = the_move(visit, MoveKind.TAKE)
    pictures = Pictures(Recording(visit))
    rack = pictures.layout.gondolas[0].pose
    x, y, _ = rack.apply([0.0, -1.4, 0.0]).tolist()
    heading = np.degrees(rack.yaw) + 90
    eye = placed(f"{x},{y},1.3,{heading},-10", "320x240", 60)
    first, last = (image.rgb.copy() for image in pictures.take(eye, [0, take.t_ns + 6 * 10**9]))
    assert first.shape == (240, 320, 3)
    assert away(first, last) > 30


def test_the_command_writes_one_picture_or_many(
    visit: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    here = Here(capsys)
    code, out, _ = here("render", visit, "--camera", "c1", "--at", "3.25s", "-o", tmp_path / "a.png")
    assert code == 0
    assert "c1 at 3.250 s" in out
    assert cv2.imread(str(tmp_path / "a.png")).shape == (120, 160, 3)
    pose = ("--pose", "2,1,1.6,90,-10", "--size", "64x48")
    code, out, _ = here("render", visit, *pose, "--at", "3", "--until", "3.3", "-o", tmp_path / "many")
    assert code == 0
    names = sorted(path.name for path in (tmp_path / "many").iterdir())
    assert names == [f"000003.{n}00s.png" for n in range(4)]


def test_a_film(visit: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    av = pytest.importorskip("av", reason="films need the extra 'feeds'")
    output = tmp_path / "a.mp4"
    code, _, err = Here(capsys)("render", visit, "--camera", "c1", "--at", "2", "--until", "2.9", "-o", output)
    assert code == 0, err
    with av.open(str(output)) as film:
        frames = list(film.decode(video=0))
    assert (len(frames), frames[0].width, frames[0].height) == (10, 160, 120)


def test_a_cut_recording_can_be_seen_up_to_the_cut(
    cut: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    here = Here(capsys)
    assert here("render", cut, "--camera", "c1", "--at", "2", "-o", tmp_path / "a.png")[0] == 0
    code, _, err = here("render", cut, "--camera", "c1", "--at", "500", "-o", tmp_path / "b.png")
    assert code == 4
    assert "nothing is known of that time" in err


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--camera", "c9", "--at", "3", "-o", "a.png"], "no such camera"),
        (["--camera", "c1", "--at", "300", "-o", "a.png"], "the run was over by then"),
        (["--camera", "c1", "--at", "soon", "-o", "a.png"], "not a time"),
        (["--camera", "c1", "--at", "-3", "-o", "a.png"], "not a time"),
        (["--at", "3", "-o", "a.png"], "whose eyes?"),
        (["--camera", "c1", "--pose", "0,0,1,0,0", "--at", "3", "-o", "a.png"], "whose eyes?"),
        (["--pose", "0,0,1", "--at", "3", "-o", "a.png"], "no such pose"),
        (["--pose", "0,0,1,0,nan", "--at", "3", "-o", "a.png"], "no such pose"),
        (["--pose", "0,0,1,0,0", "--size", "0x9", "--at", "3", "-o", "a.png"], "no such size"),
        (["--pose", "0,0,1,0,0", "--fov", "180", "--at", "3", "-o", "a.png"], "no such angle"),
        (["--camera", "c1", "--at", "3", "-o", "a.jpg"], "no such kind of picture"),
        (["--camera", "c1", "--at", "3", "--until", "4", "-o", "a.png"], "a folder, or a name ending in .mp4"),
        (["--camera", "c1", "--at", "3", "--until", "2", "-o", "a"], "it ends before it begins"),
        (["--camera", "c1", "--at", "3", "--until", "4", "--every", "0", "-o", "a"], "too often"),
        (["--camera", "c1", "--at", "3", "--renderer", "oil", "-o", "a.png"], "no such renderer"),
        (["--camera", "c1", "--at", "3", "--store", "none.yaml", "-o", "a.png"], "no such store file"),
    ],
)
def test_wrong_arguments(
    visit: Path, arguments: list[str], said: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(visit.parent)
    code, _, err = Here(capsys)("render", visit, *arguments)
    assert (code, said in err) == (4, True), err
    assert not list(visit.parent.glob("a*"))


def test_of_a_real_stores_log_nobody_knows_where_bodies_were(
    visit: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    old, log = Recording(visit), tmp_path / "log.mcap"
    with Recorder(log, replace(old.start, script="")) as recorder:
        recorder.write([old.setup])
    code, _, err = Here(capsys)("render", log, "--camera", "c1", "--at", "0", "-o", tmp_path / "a.png")
    assert code == 4
    assert "nobody knows where bodies and goods were" in err


def test_depth_of_a_placed_camera_is_distance() -> None:
    image = Image(np.zeros((2, 2, 3), np.uint8), np.full((2, 2), 1.5, np.float32), np.zeros((2, 2), np.int32))
    eye = placed("0,0,1,0,0", "2x2")
    assert bgr(image, eye).max() == 0
    assert bgr(image, eye, depth=True).max() > 0
