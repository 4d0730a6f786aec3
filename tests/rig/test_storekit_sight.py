"""What cameras see past racks: rays against boxes, coverage figures and maps, and the pictures of a store."""

import json
from dataclasses import replace
from pathlib import Path

import cv2
import numpy as np
import pytest

from contracts.errors import UsageError
from contracts.geometry import Pose
from contracts.layout import CameraInfo, Gondola, Layout, Shelf
from rig.cli.app import run_command
from rig.storekit.boxes import Boxes
from rig.storekit.coverage import measure, share_seen
from rig.storekit.places import floor_grid, front_normal, front_points
from rig.storekit.render import footprint_of
from rig.storekit.sight import Sense, counts, in_picture, seen
from tests.rig.test_storekit_check import STORE
from twin.furniture import Solid

DOWN = (1.0, 0.0, 0.0, 0.0)
NOTHING = Boxes.of([])


def ceiling(x: float, y: float, *, depth: bool = False, fov: float = 90.0, name: str = "c1") -> CameraInfo:
    """A camera 3 m up that looks straight down and sees 6 m of floor."""
    focal = 120 / np.tan(np.radians(fov / 2))
    return CameraInfo(name, Pose((x, y, 3.0), DOWN), 240, 240, focal, focal, 120.0, 120.0, depth=depth)


def rack(x: float, y: float, height: float) -> Gondola:
    """A rack that faces -y, with a board at half its height."""
    pose = Pose.at(x, y)
    shelf = Shelf("gondola-1/shelf-1", pose.then(Pose((0.0, 0.2, height / 2))), 1.0, 0.4, height / 3)
    return Gondola("gondola-1", pose, 1.0, 0.42, height, (shelf,))


def room(*cameras: CameraInfo, gondolas: tuple[Gondola, ...] = ()) -> Layout:
    return Layout("room", (-2, -2, 2, 2), (-1, -1, 1, 1), gondolas, cameras=cameras)


def test_a_box_between_two_points_cuts_the_line() -> None:
    boxes = Boxes.of([Solid("a", (1.0, 1.0, 1.0), Pose.at(2.0, 0.0, 0.0, yaw=np.pi / 4), (0, 0, 0))])
    ends = np.array([[4.0, 0, 0], [1.0, 0, 0], [4.0, 2.5, 0], [0, 0, 5.0], [4.0, 0, 2.4]])
    assert boxes.cut(np.zeros(3), ends).tolist() == [True, False, False, False, False]


def test_a_line_may_touch_the_box_that_it_ends_at() -> None:
    boxes = Boxes.of([Solid("a", (1.0, 1.0, 1.0), Pose.at(2.0, 0.0), (0, 0, 0))])
    assert boxes.cut(np.zeros(3), np.array([[1.51, 0, 0], [1.6, 0, 0]])).tolist() == [False, True]


def test_rays_agree_with_a_count_of_points_along_them() -> None:
    draw = np.random.default_rng(4)
    solids = [
        Solid(str(i), tuple(draw.uniform(0.3, 1, 3)), Pose.at(*draw.uniform(-2, 2, 3), yaw=i), (0, 0, 0))
        for i in range(6)
    ]
    start, ends = np.array([-3.0, 0.1, 0.2]), draw.uniform(-3, 3, (300, 3))
    along = start + np.linspace(0.01, 0.99, 1500)[:, None, None] * (ends - start)
    inside = np.zeros((1500, 300), bool)
    for solid in solids:
        inside |= (np.abs(solid.pose.unapply(along)) < np.array(solid.size_m) / 2).all(axis=-1)
    assert (Boxes.of(solids).cut(start, ends) == inside.any(axis=0)).mean() > 0.98


def test_a_camera_sees_what_falls_in_its_picture() -> None:
    points = np.array([[0, 0, 0], [2.9, 0, 0], [3.1, 0, 0], [0, 0, 3.5], [1.9, 0, 1.0], [2.1, 0, 1.0]], float)
    assert in_picture(ceiling(0, 0), points).tolist() == [True, True, False, False, True, False]


def test_what_stands_behind_a_rack_is_not_seen() -> None:
    layout = room(ceiling(0, -0.9, fov=120), gondolas=(rack(0, 0, 1.8),))
    panel = Boxes.of([Solid("panel", (1.0, 0.02, 1.8), Pose((0, 0.4, 0.9)), (0, 0, 0))])
    points = np.array([[0, 0.8, 0.1], [0, 0.8, 1.7], [0, -0.5, 0.1], [0.95, 0.8, 0.1]], float)
    # The shadow of an edge 1.8 m high and 1.3 m away, seen from 3 m, ends 2.2 m behind it on the floor.
    assert seen(layout.cameras[0], points, panel).tolist() == [False, True, True, True]


def test_depth_and_colour_are_counted_apart() -> None:
    cameras = (ceiling(0, 0), ceiling(0, 0, depth=True, name="c2"))
    found = counts(cameras, np.zeros((1, 3)), NOTHING)
    assert (found[Sense.COLOUR].item(), found[Sense.DEPTH].item()) == (2, 1)


def test_nothing_is_measured_beyond_the_range_of_depth() -> None:
    camera = replace(ceiling(0, 0, depth=True), pose=Pose((0, 0, 9.0), DOWN))
    found = counts((camera,), np.array([[0, 0, 0.5], [0, 0, 1.5]]), NOTHING)
    assert found[Sense.DEPTH].tolist() == [0, 1]
    assert found[Sense.COLOUR].tolist() == [1, 1]


def test_a_front_is_seen_from_before_it_only() -> None:
    shelf = rack(0, 0, 1.8).shelves[0]
    points = front_points(shelf).reshape(-1, 3)
    facing = np.broadcast_to(front_normal(shelf), points.shape)
    before, behind = (counts((ceiling(0, y),), points, NOTHING, facing)[Sense.COLOUR] for y in (-1.5, 1.5))
    assert before.min() == 1
    assert behind.max() == 0


def test_the_floor_under_racks_is_no_sales_floor() -> None:
    free = floor_grid(room(gondolas=(rack(0, 0, 1.8),))).free
    # 10 columns of 4 rows: the rack is 1 m wide and 42 cm deep.
    assert free.size - free.sum() == 40


def test_coverage_grows_less_the_higher_the_heads() -> None:
    found = measure(room(ceiling(0, 0, fov=40)), (0.5, 1.7))
    low, high = (share_seen(found.floor[height, Sense.COLOUR], 1) for height in (0.5, 1.7))
    # A 40 degree picture is 0.728 m wide per metre away: 1.82 m of 2 m at 0.5 m, 0.946 m at 1.7 m.
    assert low == pytest.approx(0.81, abs=0.001)
    assert high == pytest.approx(0.25, abs=0.06)
    assert found.alone == {"c1": pytest.approx(high)}


def test_a_height_that_no_head_has_is_refused() -> None:
    with pytest.raises(UsageError, match="no head"):
        measure(room(ceiling(0, 0)), (17.0,))


def test_the_outline_of_a_camera_on_the_floor() -> None:
    outline = footprint_of(ceiling(1.0, 2.0))
    assert outline.min(axis=0) == pytest.approx([-2, -1])
    assert outline.max(axis=0) == pytest.approx([4, 5])


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    path = tmp_path / "shop.yaml"
    path.write_text(STORE.replace("vertical_fov_deg: 140", "vertical_fov_deg: 140, depth: true"))
    return path


def picture(path: Path) -> np.ndarray:
    return np.asarray(cv2.imread(str(path)))


def test_coverage_prints_figures_and_draws_maps(shop: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    arguments = ["store", "coverage", str(shop), "-o", str(tmp_path / "maps"), "--height", "1.2", "--json"]
    assert run_command(arguments) == 0
    report = json.loads(capsys.readouterr().out)
    assert {(line["height_m"], line["sense"]) for line in report["floor"]} == {(1.2, "colour"), (1.2, "depth")}
    assert report["floor"][0]["seen_by"] == {"1": pytest.approx(1.0, abs=0.1), "2": 0.0, "3": 0.0}
    assert {front["shelf"] for front in report["fronts"]} == {"gondola-1/shelf-1", "gondola-1/shelf-2"}
    assert len(report["pictures"]) == 4
    assert all(picture(Path(name)).std() > 5 for name in report["pictures"])


def test_coverage_for_people_names_the_weak_fronts(
    shop: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run_command(["store", "coverage", str(shop), "-o", str(tmp_path)]) == 0
    told = capsys.readouterr().out
    assert "colour at 1.10 m" in told
    assert "shelf fronts, depth: 0 of 2 are seen in full by two cameras" in told


def test_render_draws_plan_elevations_and_what_cameras_see(
    shop: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run_command(["store", "render", str(shop), "-o", str(tmp_path / "a")]) == 0
    drawn = [Path(line).name for line in capsys.readouterr().out.splitlines()]
    assert drawn == ["plan.png", "elevation-gondola-1.png", "camera-c1.png", "camera-c1-depth.png"]
    view = picture(tmp_path / "a" / "camera-c1.png")
    assert view.shape == (480, 640, 3)
    assert view.std() > 5


def test_the_same_store_gives_the_same_pictures(shop: Path, tmp_path: Path) -> None:
    for folder in ("a", "b"):
        assert run_command(["store", "render", str(shop), "--no-views", "-o", str(tmp_path / folder)]) == 0
    for file in (tmp_path / "a").iterdir():
        assert file.read_bytes() == (tmp_path / "b" / file.name).read_bytes()
    assert not list((tmp_path / "a").glob("camera-*"))
