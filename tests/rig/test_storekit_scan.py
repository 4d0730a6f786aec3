"""Scans of stores that stand otherwise than their files say: offsets found, other stores refused, files corrected."""

import json
import math
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from contracts.errors import BadFile, UsageError
from contracts.geometry import Pose
from contracts.layout import Layout
from rig.cli.app import run_command
from rig.paths import find_store
from rig.storekit.scan import library
from rig.storekit.scan.align import Alignment, align
from rig.storekit.scan.cloud import Cloud
from rig.storekit.scan.fit import fit
from rig.storekit.scan.picture import draw_alignment
from rig.storekit.scan.read import check_scale, read_scan
from rig.storekit.scan.report import as_data
from rig.storekit.scan.surface import goods, structure
from rig.storekit.scan.write_back import corrected
from tests.rig.scans import FRAME, in_scanner_frame, laser, pushed
from twin.store import load_store

PUSHED = {"gondola-1": (-0.03, -0.02, 1.0), "gondola-5": (0.0, -0.04, -1.5)}
LIFTED = {"gondola-3/shelf-4": 0.012, "gondola-5/shelf-3": -0.02}
WITHIN_M, WITHIN_DEG = 0.005, 0.1


def layout_of(name: str) -> Layout:
    return load_store(find_store(name)).layout


def needs_open3d() -> None:
    try:
        library.open3d()
    except UsageError as error:
        pytest.skip(f"{error.what}: {error.hint}")


@pytest.fixture(scope="module")
def nanostore() -> Layout:
    return layout_of("nanostore")


def scan_of(layout: Layout, *, stocked: bool) -> np.ndarray:
    x0, y0, x1, y1 = layout.inside_m
    stands = [(x, (y0 + y1) / 2, z) for x in np.linspace(x0 + 0.4, x1 - 0.4, 4).tolist() for z in (0.6, 1.5)]
    solids = [*structure(layout), *(goods(layout) if stocked else ())]
    return in_scanner_frame(laser(solids, stands, 80_000))


@pytest.fixture(scope="module")
def scan(nanostore: Layout) -> np.ndarray:
    needs_open3d()
    return scan_of(pushed(nanostore, PUSHED, LIFTED), stocked=True)


@pytest.fixture(scope="module")
def found(scan: np.ndarray, nanostore: Layout) -> Alignment:
    return align(scan, nanostore)


def test_the_scanners_frame_is_found(found: Alignment) -> None:
    back = found.placement.matrix @ FRAME.matrix
    assert np.abs(back[:3, 3]).max() < WITHIN_M
    assert np.degrees(np.abs(back[:3, :3] - np.eye(3)).max()) < WITHIN_DEG


def test_racks_that_were_pushed_are_found_where_they_stand(found: Alignment) -> None:
    for rack in found.gondolas:
        right, inwards, degrees = PUSHED.get(rack.name, (0.0, 0.0, 0.0))
        assert rack.told[1:] == (True,) * 5, rack
        assert rack.shift_m[0] == pytest.approx(right if rack.told[0] else 0.0, abs=WITHIN_M), rack
        assert rack.shift_m[1:] == pytest.approx((inwards, 0.0), abs=WITHIN_M), rack
        assert rack.turn_deg == pytest.approx((0.0, 0.0, degrees), abs=WITHIN_DEG), rack


def test_what_the_scan_cannot_tell_stays_where_the_file_has_it(found: Alignment, nanostore: Layout) -> None:
    for rack in nanostore.gondolas:
        away = rack.pose.unapply(found.poses[rack.id].position)
        right, inwards, _ = PUSHED.get(rack.id, (0.0, 0.0, 0.0))
        # A rack that is turned about its middle shifts its front a little along the row.
        assert away == pytest.approx(
            (right, inwards, 0.0), abs=WITHIN_M + abs(PUSHED.get(rack.id, (0, 0, 0))[2]) * 0.005
        )


def test_points_of_the_floor_lie_on_it_in_the_picture(found: Alignment) -> None:
    floor = np.abs(found.scan[:, 2]) < 0.01
    assert np.median(found.apart_m[floor]) < 0.003


def test_the_free_end_of_a_row_tells_how_far_it_slid_and_the_middle_says_that_it_cannot_tell(found: Alignment) -> None:
    told = {rack.name: rack.told[0] for rack in found.gondolas}
    assert told["gondola-1"]
    assert not told["gondola-3"]


def test_shelves_that_were_hung_otherwise_are_found_in_their_racks(found: Alignment) -> None:
    for shelf in found.shelves:
        if shelf.told[2]:
            assert shelf.shift_m[2] == pytest.approx(LIFTED.get(shelf.name, 0.0), abs=WITHIN_M), shelf
    told = {shelf.name for shelf in found.shelves if shelf.told[2]}
    assert set(LIFTED) <= told
    assert len(told) >= 25


def test_an_empty_store_is_measured_as_well_and_a_rack_that_is_gone_is_missed_not_fitted(nanostore: Layout) -> None:
    needs_open3d()
    *kept, gone = pushed(nanostore, PUSHED, LIFTED).gondolas
    fewer = replace(nanostore, gondolas=tuple(kept), planogram=())
    empty = align(scan_of(fewer, stocked=False), nanostore)
    first, *_, last = empty.gondolas
    assert first.shift_m == pytest.approx((*PUSHED["gondola-1"][:2], 0.0), abs=WITHIN_M)
    assert first.turn_deg == pytest.approx((0.0, 0.0, PUSHED["gondola-1"][2]), abs=WITHIN_DEG)
    assert not last.found
    assert set(empty.poses) == {rack.id for rack in kept}
    assert last.name == gone.id


def test_a_scan_of_another_store_is_refused(scan: np.ndarray) -> None:
    with pytest.raises(UsageError, match="not of this store"):
        align(scan, layout_of("corner-shop"))


def test_a_scan_in_millimetres_is_refused_with_the_reason() -> None:
    with pytest.raises(UsageError, match="in metres"):
        check_scale(np.random.default_rng(1).uniform(0, 5000, (1000, 3)), 6.0)


def test_the_same_scan_gives_the_same_figures(found: Alignment, scan: np.ndarray, nanostore: Layout) -> None:
    assert as_data(align(scan, nanostore)) == as_data(found)


def test_a_corrected_file_says_the_new_poses_and_keeps_every_other_line(found: Alignment, tmp_path: Path) -> None:
    path = find_store("nanostore")
    assert set(found.moved) == set(PUSHED)
    text = corrected(path.read_text(), found.moved, path)
    changed = [new for old, new in zip(path.read_text().splitlines(), text.splitlines(), strict=True) if old != new]
    assert len(changed) == 2 * len(PUSHED)
    assert all(line.strip().startswith(("at:", "yaw_deg:")) for line in changed)
    (tmp_path / "true.yaml").write_text(text)
    again = load_store(tmp_path / "true.yaml").layout
    for id_, pose in found.moved.items():
        assert again.gondola[id_].pose.position[:2] == pytest.approx(pose.position[:2], abs=1e-4)
        assert again.gondola[id_].pose.yaw == pytest.approx(pose.yaw, abs=1e-4)


@pytest.mark.parametrize("rack", ["a: {at: [1, 2], width_m: 1}", "a:\n    at: [1, 2]  # front\n    width_m: 1"])
def test_a_turn_that_the_file_did_not_have_is_put_in(rack: str) -> None:
    import yaml

    text = corrected(f"gondolas:\n  {rack}\n", {"a": Pose.at(1.25, 2, yaw=math.radians(3))}, Path("s.yaml"))
    assert yaml.safe_load(text)["gondolas"]["a"] == {"at": [1.25, 2], "yaw_deg": 3, "width_m": 1}


def test_two_racks_at_one_alias_are_not_written() -> None:
    text = "gondolas:\n  a: {at: &here [1, 2]}\n  b: {at: *here}\n"
    with pytest.raises(BadFile, match="share one place"):
        corrected(text, {"a": Pose.at(1, 2), "b": Pose.at(1, 3)}, Path("s.yaml"))


def test_a_direction_that_no_plane_faces_is_left_alone() -> None:
    draw = np.random.default_rng(3)
    flat = np.concatenate([draw.uniform(-1, 1, (4000, 2)), np.zeros((4000, 1))], axis=1)
    up = np.broadcast_to([0.0, 0.0, 1.0], flat.shape)
    motion = fit(Cloud(flat + np.array([0.02, 0.03, 0.01]), up), Cloud(flat, up), (0.05, 0.02))
    assert motion.matrix[2, 3] == pytest.approx(-0.01, abs=1e-4)
    assert motion.seen == pytest.approx([0, 0, 1, 1, 1, 0], abs=1e-9)
    assert np.abs(motion.matrix[:2, 3]).max() < 1e-9


@pytest.mark.parametrize("suffix", [".ply", ".pcd", ".xyz"])
def test_scans_are_read_in_three_formats(suffix: str, tmp_path: Path) -> None:
    needs_open3d()
    o3d = library.open3d()
    points = np.random.default_rng(1).uniform(0, 4, (6000, 3))
    o3d.io.write_point_cloud(str(tmp_path / f"a{suffix}"), o3d.geometry.PointCloud(o3d.utility.Vector3dVector(points)))
    assert np.abs(read_scan(tmp_path / f"a{suffix}") - points).max() < 1e-5


@pytest.mark.parametrize(
    ("name", "content", "why"),
    [
        ("a.las", b"LASF", "not a scan"),
        ("missing.ply", None, "cannot read"),
        ("broken.ply", b"ply\nformat ascii 1.0\n", "too few points"),
    ],
)
def test_files_that_are_no_scans_are_refused(name: str, content: bytes | None, why: str, tmp_path: Path) -> None:
    if name == "broken.ply":
        needs_open3d()
    if content is not None:
        (tmp_path / name).write_bytes(content)
    with pytest.raises(BadFile, match=why):
        read_scan(tmp_path / name)


def test_without_open3d_the_message_says_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(name: str) -> None:
        raise ModuleNotFoundError(f"No module named '{name}'")

    monkeypatch.setattr(library.importlib, "import_module", missing)
    with pytest.raises(UsageError, match=r"pip install 'walkout-rig\[pointcloud\]'"):
        library.open3d()


def test_the_command_prints_draws_and_writes(
    scan: np.ndarray,
    found: Alignment,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    # The work has been measured above; here it is what the command makes of it.
    monkeypatch.setattr("rig.storekit.scan.align.align", lambda points, layout: found)
    np.savetxt(tmp_path / "scan.xyz", scan[:6000], fmt="%.3f")
    arguments = ["store", "align", str(tmp_path / "scan.xyz"), "--store", "nanostore", "--json"]
    arguments += ["-o", str(tmp_path / "true.yaml"), "--picture", str(tmp_path / "align.png")]
    assert run_command(arguments) == 0
    racks = {rack["name"]: rack for rack in json.loads(capsys.readouterr().out)["gondolas"]}
    assert racks["gondola-1"]["shift_mm"] == pytest.approx([-30, -20, 0], abs=5)
    assert (tmp_path / "align.png").stat().st_size > 20_000
    assert (
        load_store(tmp_path / "true.yaml").layout.gondola["gondola-5"].pose
        != layout_of("nanostore").gondola["gondola-5"].pose
    )


def test_a_picture_needs_a_png(capsys: pytest.CaptureFixture[str]) -> None:
    assert run_command(["store", "align", "a.ply", "--store", "nanostore", "--picture", "a.jpg"]) == 4
    assert "PNG" in capsys.readouterr().err


def test_the_picture_is_drawn_for_a_store_without_racks_too(
    found: Alignment, tmp_path: Path, nanostore: Layout
) -> None:
    bare = replace(nanostore, gondolas=(), planogram=())
    assert draw_alignment(replace(found, gondolas=(), poses={}), bare, tmp_path / "a.png").is_file()
