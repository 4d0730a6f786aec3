"""Cameras found by pictures of boards that hang in a twin: how well, and what is refused."""

import json
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import cv2
import numpy as np
import pytest

from contracts.errors import UsageError
from contracts.geometry import Pose
from contracts.layout import CameraInfo
from rig.cli.app import run_command
from rig.paths import find_store
from rig.storekit.calibrate.board import Board, load_board
from rig.storekit.calibrate.charuco import locate, look
from rig.storekit.calibrate.detect import View, find_boards
from rig.storekit.calibrate.found import Found
from rig.storekit.calibrate.limits import Limits, impossible
from rig.storekit.calibrate.pictures import Picture, find_pictures
from rig.storekit.calibrate.size import Sighting, check_size
from tests.rig.hung_boards import apart, hang, off, photograph
from twin.store import Store, load_store
from twin.world import World

BOARDS = """\
squares: [9, 6]
square_m: 0.10
marker_m: 0.075
dictionary: 4X4_100
boards:
  floor: {at: [3.6, -0.85, 0.01], faces: [0, 0, 1]}
  stand: {at: [3.2, -0.45, 1.0], faces: [0.7, -0.6, 0.5], first_marker: 27}
  wall: {at: [4.0, -1.38, 0.55], faces: [0, 1, 0.2], first_marker: 54}
"""
# c2 has a strong distortion, the others none. Shifts of 20 cm, turns of 10 degrees.
PUSHED = {
    "c2": ((0.1238, -0.155, 0.0254), (-7.496, -5.976, -2.846)),
    "c22": ((-0.12, 0.12, -0.1058), (-6.0, 6.0, 5.29)),
    "c26": ((0.16, 0.10, 0.0663), (4.0, 8.0, -4.47)),
}
WITHIN_M, WITHIN_DEG = 0.005, 0.1
LENIENT = Limits()


@pytest.fixture(scope="module")
def store() -> Store:
    return load_store(find_store("nanostore"))


@pytest.fixture(scope="module")
def board(tmp_path_factory: pytest.TempPathFactory) -> Board:
    return board_file(tmp_path_factory.mktemp("boards"), BOARDS)


@pytest.fixture(scope="module")
def world(store: Store, board: Board) -> Iterator[World]:
    with closing(World(store, seed=0, noise=False)) as made:
        for copy in board.copies:
            hang(made.scene, board, copy)
        yield made


@pytest.fixture(scope="module")
def truth(store: Store) -> dict[str, CameraInfo]:
    return {
        id_: replace(store.layout.camera[id_], pose=off(store.layout.camera[id_].pose, *p)) for id_, p in PUSHED.items()
    }


@pytest.fixture(scope="module")
def photos(world: World, store: Store, truth: dict[str, CameraInfo], tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("photos")
    for id_, camera in truth.items():
        (folder / f"{id_}.jpg").write_bytes(photograph(world, store, camera, bent=True))
    (folder / "c4").mkdir()
    cv2.imwrite(str(folder / "c4" / "nothing.png"), np.full((360, 640, 3), 90, np.uint8))
    return folder


def board_file(folder: Path, text: str) -> Board:
    (folder / "board.yaml").write_text(text)
    return load_board(folder / "board.yaml")


def found_by(photos: Path, store: Store, board: Board, limits: Limits = LENIENT) -> dict[str, Found]:
    views = look(find_pictures([photos], store.layout), store.layout, board)
    cameras = [replace(c, distorted=any(c.distortion)) for c in store.layout.cameras if c.colour]
    return {one.camera.id: one for one in locate(views, cameras, board, store.layout, limits)}


def test_cameras_are_found_within_5_mm_and_a_tenth_of_a_degree(
    photos: Path, store: Store, board: Board, truth: dict[str, CameraInfo]
) -> None:
    found = found_by(photos, store, board)
    for id_, true in truth.items():
        better = found[id_].better
        assert better is not None
        metres, degrees = apart(better.pose, true.pose)
        assert metres < WITHIN_M, id_
        assert degrees < WITHIN_DEG, id_
        assert np.linalg.norm(found[id_].shift_m) == pytest.approx(0.2, abs=WITHIN_M)
        assert np.linalg.norm(found[id_].turn_deg) == pytest.approx(10, abs=WITHIN_DEG)
        assert found[id_].measures["rms_px"] < 0.4
        # What it says of its own certainty is neither boast nor excuse.
        assert metres / 4 < found[id_].sd_m < WITHIN_M
    assert "no surveyed board" in found["c4"].why
    assert {id_ for id_, one in found.items() if one.better} == set(truth)


def test_one_board_is_less_certain_and_says_along_what(
    photos: Path, store: Store, tmp_path: Path, truth: dict[str, CameraInfo]
) -> None:
    alone = BOARDS[: BOARDS.index("  floor")] + BOARDS[BOARDS.index("  stand") : BOARDS.index("  wall")]
    one = found_by(photos, store, board_file(tmp_path, alone))["c2"]
    assert one.better is not None
    assert apart(one.better.pose, truth["c2"].pose)[0] < 4 * one.sd_m
    assert one.sd_m > 0.005
    assert any("least certain along" in note for note in one.notes)
    assert any("whether its size and place are right cannot be told" in note for note in one.notes)


@pytest.mark.parametrize("size", ["0.105", "0.097"])
def test_a_board_of_another_size_is_refused_with_its_size(
    size: str, photos: Path, store: Store, tmp_path: Path
) -> None:
    wrong = board_file(tmp_path, BOARDS.replace("square_m: 0.10", f"square_m: {size}"))
    with pytest.raises(UsageError, match="another size") as raised:
        found_by(photos, store, wrong)
    assert float(raised.value.found.split()[-2]) == pytest.approx(100, abs=0.7)


def test_a_board_that_hangs_elsewhere_than_surveyed_is_named(photos: Path, store: Store, tmp_path: Path) -> None:
    wrong = board_file(tmp_path, BOARDS.replace("[4.0, -1.38, 0.55]", "[4.08, -1.38, 0.55]"))
    found = found_by(photos, store, wrong)
    for id_ in ("c22", "c26"):
        assert found[id_].better is None
        assert "without wall they do" in found[id_].why


def test_a_pose_further_off_than_is_believed_is_refused(photos: Path, store: Store, board: Board) -> None:
    found = found_by(photos, store, board, Limits(0.15, 20))
    assert "0.20 m and 10.0 degrees" in found["c22"].why
    assert found["c22"].better is None


def test_a_camera_cannot_hang_inside_a_wall_or_under_the_floor(store: Store) -> None:
    camera = store.layout.camera["c26"]
    inside, under = (replace(camera, pose=Pose(at)) for at in ((4.96, -0.5, 1.0), (2.0, -0.5, -0.3)))
    assert impossible(camera, inside, store.layout, Limits(9, 180)) == "found inside wall-7"
    assert impossible(camera, under, store.layout, Limits(9, 180)) == "found under the floor"
    assert impossible(camera, camera, store.layout, Limits()) == ""


def test_cameras_that_each_see_one_board_must_agree_on_its_size(store: Store, board: Board) -> None:
    stand = board.copies[1]
    assert stand.pose is not None
    view = View(Picture(Path("c2.png"), "c2", ""), stand, np.arange(40), np.zeros((40, 2)))
    cameras = [store.layout.camera[id_] for id_ in ("c2", "c22", "c26")]

    def seen(ratio: float, *, by_chance_m: float = 0.0) -> list[Sighting]:
        """What cameras find that truly hang as the file says, of a board that is larger than its file says."""
        assert stand.pose is not None
        at = np.array(stand.pose.position)
        chance = (np.eye(3) * [1, -1, 1] * by_chance_m).tolist()
        pairs = zip(cameras, chance, strict=True)
        poses = [Pose(tuple(at + (c.pose.position - at) / ratio + e), c.pose.quaternion) for c, e in pairs]
        return [Sighting(c, replace(c, pose=pose), (view,)) for c, pose in zip(cameras, poses, strict=True)]

    with pytest.raises(UsageError, match="another size") as raised:
        check_size(seen(1.08), board)
    assert "108 mm" in raised.value.found
    check_size(seen(1.01), board)
    check_size(seen(1.0, by_chance_m=0.2), board)
    check_size(seen(1.08)[:2], board)


def test_pictures_are_told_by_their_names(tmp_path: Path, store: Store) -> None:
    for name in ("c1.png", "c12-wall.jpg", "c21-depth.png", "c2/any.png", "c2_3.png"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(b"")
    found = [(p.path.name, p.camera, p.about) for p in find_pictures([tmp_path], store.layout)]
    assert ("c12-wall.jpg", "c12", "wall") in found
    assert ("c21-depth.png", "c21-depth", "") in found
    assert [(name, camera) for name, camera, _ in found if camera == "c2"] == [("any.png", "c2"), ("c2_3.png", "c2")]
    (tmp_path / "kitchen.png").write_bytes(b"")
    with pytest.raises(UsageError, match="no camera of the store"):
        find_pictures([tmp_path], store.layout)


def test_boards_with_the_same_markers_need_pictures_that_name_them(photos: Path, store: Store, tmp_path: Path) -> None:
    same = board_file(tmp_path, BOARDS.replace("first_marker: 54", "first_marker: 27"))
    image = cv2.imread(str(photos / "c26.jpg"))
    with pytest.raises(UsageError, match="same markers"):
        find_boards(image, Picture(photos / "c26.jpg", "c26", ""), same)
    (view,) = find_boards(image, Picture(photos / "c26-stand.jpg", "c26", "stand"), same)
    assert view.copy.name == "stand"


def test_the_command_prints_writes_and_draws(
    photos: Path, board: Board, truth: dict[str, CameraInfo], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    arguments = ["store", "calibrate", "charuco", str(photos), "--store", "nanostore", "--board", str(board.path)]
    output, picture = tmp_path / "true.yaml", tmp_path / "p.png"
    assert run_command([*arguments, "--json", "-o", str(output), "--picture", str(picture)]) == 0
    cameras = {one["camera"]: one for one in json.loads(capsys.readouterr().out)["cameras"]}
    assert cameras["c26"]["shift_mm"] == pytest.approx([160, 100, 66.3], abs=5)
    assert not cameras["c4"]["found"]
    assert picture.stat().st_size > 50_000
    again = load_store(output).layout
    assert apart(again.camera["c2"].pose, truth["c2"].pose)[0] < WITHIN_M
    assert again.camera["c4"] == load_store(find_store("nanostore")).layout.camera["c4"]
    assert run_command([*arguments, "--most-shift", "0.1"]) == 4
    assert "--most-shift" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("change", "why"),
    [
        (["--picture", "p.jpg"], "PNG"),
        (["--board", "missing.yaml"], "cannot read"),
        (["--store", "corner-shop"], "no camera of the store"),
    ],
)
def test_bad_input_ends_with_4(
    change: list[str], why: str, photos: Path, board: Board, capsys: pytest.CaptureFixture[str]
) -> None:
    arguments = ["store", "calibrate", "charuco", str(photos), "--store", "nanostore", "--board", str(board.path)]
    assert run_command([*arguments, *change]) == 4
    assert why in capsys.readouterr().err


def test_pictures_without_a_board_and_of_another_size_are_refused(
    photos: Path, board: Board, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    arguments = ["store", "calibrate", "charuco", "--store", "nanostore", "--board", str(board.path)]
    assert run_command([*arguments, str(photos / "c4")]) == 4
    assert "no picture shows a board" in capsys.readouterr().err
    cv2.imwrite(str(tmp_path / "c1.png"), np.zeros((480, 640, 3), np.uint8))
    assert run_command([*arguments, str(tmp_path / "c1.png")]) == 4
    assert "640 x 360, as the store file says" in capsys.readouterr().err
