"""Cameras found by depth against the twin: how well, what depth cannot tell, and what is refused."""

import json
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from contracts.errors import UsageError
from contracts.geometry import Pose
from contracts.layout import CameraInfo
from rig.cli.app import run_command
from rig.paths import find_store
from rig.storekit.calibrate.depth import locate
from rig.storekit.calibrate.found import Found
from rig.storekit.calibrate.limits import Limits
from rig.storekit.calibrate.stills import Still, still_of
from rig.storekit.calibrate.words import untold, weak_ways
from tests.rig.depth_views import record, stand_somebody, still, used
from tests.rig.hung_boards import apart, off
from tests.rig.scans import pushed
from twin.scene import Scene
from twin.store import Store, load_store
from twin.store_camera import DepthKind
from twin.world import World

WITHIN_M, WITHIN_DEG = 0.005, 0.1
LENIENT = Limits(0.2, 8.0)
# Shifts of 5 cm, turns of 3 degrees.
PUSHED = {
    "c21-depth": ((0.03, -0.03, -0.0265), (2.0, -1.5, 1.66)),
    "c22-depth": ((-0.02, 0.045, 0.0087), (-1.0, 1.0, -2.65)),
    "c23-depth": ((-0.015, -0.04, 0.026), (1.8, 1.8, 1.59)),
    "c25-depth": ((0.035, -0.035, 0.0071), (-2.0, 2.0, 1.0)),
    "c26-depth": ((-0.02, 0.0166, -0.0427), (0.5, -2.5, 1.58)),
}


@pytest.fixture(scope="module")
def store() -> Store:
    return load_store(find_store("nanostore"))


@pytest.fixture(scope="module")
def scene(store: Store) -> Iterator[Scene]:
    with closing(World(store, seed=0, noise=False)) as world:
        yield world.scene


@pytest.fixture(scope="module")
def used_scene(store: Store) -> Iterator[Scene]:
    """The same store in use: two of five facings nearly empty, and two people who stand and look."""
    with closing(World(replace(store, layout=used(store.layout)), seed=4, noise=False)) as world:
        stand_somebody(world.scene, 2.2, -0.7)
        stand_somebody(world.scene, 4.2, -0.3)
        yield world.scene


def truth(store: Store) -> dict[str, CameraInfo]:
    cameras = store.layout.camera
    return {id_: replace(cameras[id_], pose=off(cameras[id_].pose, *push)) for id_, push in PUSHED.items()}


def found_in(
    scene: Scene, store: Store, cameras: dict[str, CameraInfo], kind: DepthKind = DepthKind.STEREO
) -> list[Found]:
    """Return what is found of cameras that measure a scene, by the store's file."""
    stills = {id_: still(scene, store, camera, kind) for id_, camera in cameras.items()}
    return locate(stills, tuple(store.layout.camera[id_] for id_ in cameras), store, LENIENT)


def assert_found(found: list[Found], store: Store) -> None:
    true = truth(store)
    for one in found:
        assert one.better is not None, one
        metres, degrees = apart(one.better.pose, true[one.camera.id].pose)
        assert metres < WITHIN_M, one
        assert degrees < WITHIN_DEG, one
        assert all(one.told)
        assert 0 < one.sd_m < WITHIN_M


def test_cameras_are_found_within_5_mm_and_a_tenth_of_a_degree(scene: Scene, store: Store) -> None:
    found = found_in(scene, store, truth(store))
    assert len(found) == 5
    assert_found(found, store)
    assert all(one.measures["explained"] > 0.9 for one in found)


def test_taken_goods_and_people_who_stand_about_do_not_pull(used_scene: Scene, store: Store) -> None:
    assert_found(found_in(used_scene, store, truth(store)), store)


def test_a_time_of_flight_camera_is_found_as_well(scene: Scene, store: Store) -> None:
    assert_found(found_in(scene, store, {"c22-depth": truth(store)["c22-depth"]}, DepthKind.TOF), store)


def lonely(store: Store) -> tuple[Store, CameraInfo]:
    """Return a store of which a camera sees the floor alone, and that camera."""
    camera = replace(store.layout.camera["c22-depth"], pose=Pose((2.0, -4.0, 2.5), (1.0, 0.0, 0.0, 0.0)))
    layout = replace(store.layout, cameras=(camera,), bounds_m=(-3.0, -8.0, 6.0, 2.0))
    return replace(store, layout=layout), camera


def test_a_camera_that_sees_the_floor_alone_says_what_it_cannot_tell(store: Store) -> None:
    bare, camera = lonely(store)
    true = replace(camera, pose=off(camera.pose, (0.03, -0.03, 0.02), (1.0, -1.5, 2.0)))
    with closing(World(bare, seed=0, noise=False)) as world:
        measured = still(world.scene, bare, true)
    (one,) = locate({camera.id: measured}, (camera,), bare, LENIENT)
    assert one.better is not None
    assert one.told == (False, False, True, True, True, False)
    assert untold(one.told) == "x, y, turn about z"
    assert one.shift_m == pytest.approx((0, 0, 0.02), abs=1e-3)
    # What it could not turn it left: the rest tilts it as far as it hangs.
    up, down = (np.asarray(c.pose.rotation)[:, 2] for c in (one.better, true))
    assert np.degrees(np.arccos(np.clip(up @ down, -1, 1))) < WITHIN_DEG
    assert any("floor alone" in note for note in one.notes)


def test_a_direction_across_the_axes_is_named() -> None:
    weak = np.zeros((6, 1))
    weak[:2, 0] = np.sqrt(0.5)
    assert weak_ways(weak) == ["a shift along [0.71, 0.71, 0.00]"]
    assert weak_ways(np.eye(6)[:, [0, 1, 5]]) == []


def test_depth_of_another_store_is_refused(store: Store) -> None:
    # The same cameras, but in the corner shop.
    cameras = {
        id_: replace(camera, pose=replace(camera.pose, position=tuple(np.add(camera.pose.position, (0.8, 2.2, 0.3)))))
        for id_, camera in truth(store).items()
    }
    other = load_store(find_store("corner-shop"))
    with closing(World(other, seed=0, noise=False)) as world:
        stills = {id_: still(world.scene, other, camera) for id_, camera in cameras.items()}
    with pytest.raises(UsageError, match="not of this store"):
        locate(stills, tuple(store.layout.camera[id_] for id_ in cameras), store, LENIENT)


def test_a_camera_that_hangs_much_further_off_is_refused_and_the_others_are_not(scene: Scene, store: Store) -> None:
    cameras = truth(store)
    cameras = {id_: cameras[id_] for id_ in ("c21-depth", "c22-depth")}
    wild = cameras["c21-depth"]
    cameras["c21-depth"] = replace(wild, pose=off(wild.pose, (0.9, 0.1, 0.2), (5, 20, 40)))
    wrong, right = found_in(scene, store, cameras)
    assert wrong.better is None
    assert wrong.why
    assert right.better is not None


def test_racks_that_have_moved_do_not_pull_or_the_camera_is_refused(store: Store) -> None:
    moved = pushed(store.layout, {gondola.id: (0.0, -0.04, 0.0) for gondola in store.layout.gondolas}, {})
    cameras = [store.layout.camera[id_] for id_ in ("c22-depth", "c26-depth")]
    with closing(World(replace(store, layout=moved), seed=0, noise=False)) as world:
        stills = {camera.id: still(world.scene, store, camera) for camera in cameras}
    aisle, corner = locate(stills, tuple(cameras), store, LENIENT)
    assert aisle.better is not None
    assert np.linalg.norm(aisle.shift_m) < WITHIN_M
    # It sees more of the racks than of the walls.
    assert corner.better is None
    assert "contradicts itself" in corner.why


def test_pixels_that_somebody_walks_through_are_left_out() -> None:
    still_frame = np.full((8, 8), 2500, np.uint16)
    frames = [still_frame.copy() for _ in range(10)]
    for i, frame in enumerate(frames):
        frame[0, :i] = 900
        frame[1] = 0 if i < 6 else 2500
        frame[7] = 0
    found = still_of(frames)
    assert np.isnan(found.depth_m[[1, 7]]).all()
    # Columns that somebody stood before in 9, 8, 7, 6, ... of 10 frames.
    assert found.depth_m[0] == pytest.approx([0.9, 0.9, 0.9, np.nan, np.nan, np.nan, 2.5, 2.5], nan_ok=True)
    assert found.depth_m[2:7] == pytest.approx(2.5)
    assert 0 < found.moving < 0.2


def test_a_camera_that_somebody_covers_is_not_found(store: Store) -> None:
    camera = store.layout.camera["c22-depth"]
    covered = Still(np.full((camera.height, camera.width), np.nan), 10, 1.0)
    (one,) = locate({camera.id: covered}, (camera,), store, LENIENT)
    assert one.better is None
    assert "steady depth" in one.why


@pytest.fixture(scope="module")
def recording(scene: Scene, store: Store, tmp_path_factory: pytest.TempPathFactory) -> Path:
    cameras = [camera for id_, camera in truth(store).items() if id_ != "c25-depth"]
    return record(tmp_path_factory.mktemp("still") / "still.mcap", scene, store, cameras)


def test_the_command_prints_writes_and_draws(
    recording: Path, store: Store, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    output, picture = tmp_path / "true.yaml", tmp_path / "p.png"
    arguments = ["store", "calibrate", "depth", str(recording), "--store", "nanostore", "--json"]
    assert run_command([*arguments, "-o", str(output), "--picture", str(picture)]) == 0
    cameras = {one["camera"]: one for one in json.loads(capsys.readouterr().out)["cameras"]}
    assert cameras["c26-depth"]["shift_mm"] == pytest.approx([-20, 16.6, -42.7], abs=5)
    assert cameras["c25-depth"]["why"] == "no depth frames in the recording"
    assert picture.stat().st_size > 50_000
    again = load_store(output).layout.camera
    assert apart(again["c21-depth"].pose, truth(store)["c21-depth"].pose)[0] < WITHIN_M
    assert again["c25-depth"] == store.layout.camera["c25-depth"]


@pytest.mark.parametrize(
    ("change", "why"),
    [
        (["--store", "corner-shop"], "no depth of this store's cameras"),
        (["--from", "60"], "no depth of this store's cameras there"),
        (["--seconds", "0.2"], "too few depth frames"),
        (["--picture", "p.jpg"], "PNG"),
    ],
)
def test_bad_input_ends_with_4(
    change: list[str], why: str, recording: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run_command(["store", "calibrate", "depth", str(recording), "--store", "nanostore", *change]) == 4
    assert why in capsys.readouterr().err
