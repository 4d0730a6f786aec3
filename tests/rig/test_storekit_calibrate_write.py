"""True poses and lenses put into the text of a store file."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from contracts.errors import BadFile
from contracts.geometry import Pose
from contracts.layout import CameraInfo
from rig.paths import find_store
from rig.storekit.calibrate.write_back import corrected
from tests.rig.hung_boards import apart, off
from twin.store import load_store

ALONG_X = Pose.from_matrix([[0, 0, 1, 0], [-1, 0, 0, 0], [0, -1, 0, 3], [0, 0, 0, 1]])
SHIFT, TURN = (0.03, -0.02, 0.011), (0.7, -1.2, 2.1)


def moved(camera: CameraInfo) -> CameraInfo:
    return replace(camera, pose=off(camera.pose, SHIFT, TURN))


def rewritten(path: Path, cameras: dict[str, CameraInfo], output: Path, *, lenses: bool = False) -> list[str]:
    """Write a corrected file and return the lines that changed."""
    before = path.read_text()
    output.write_text(corrected(before, cameras, lenses, path))
    after = output.read_text()
    return [new for old, new in zip(before.splitlines(), after.splitlines(), strict=True) if old != new]


@pytest.mark.parametrize(("store", "camera", "lines"), [("nanostore", "c7", 2), ("corner-shop", "c4", 1)])
def test_the_pose_is_read_again_and_every_other_line_stays(store: str, camera: str, lines: int, tmp_path: Path) -> None:
    # One file gives quaternions, the other points that cameras look at.
    path = find_store(store)
    true = moved(load_store(path).layout.camera[camera])
    assert len(rewritten(path, {camera: true}, tmp_path / "true.yaml")) == lines
    again = load_store(tmp_path / "true.yaml").layout
    metres, degrees = apart(again.camera[camera].pose, true.pose)
    assert metres < 2e-4
    assert degrees < 0.005
    others = [c for c in again.cameras if c.id != camera]
    assert others == [c for c in load_store(path).layout.cameras if c.id != camera]


def test_a_camera_where_the_file_has_it_keeps_its_letters(tmp_path: Path) -> None:
    path = find_store("nanostore")
    camera = load_store(path).layout.camera["c7"]
    assert rewritten(path, {"c7": camera}, tmp_path / "true.yaml") == []


BLOCK = """\
cameras:
  c1:  # over the door
    at: [0, 0, 3]
    looks_at: [1, 0, 3]
    size_px: [640, 480]
    vertical_fov_deg: 60
"""


def test_what_the_file_leaves_out_is_added_where_it_belongs() -> None:
    import yaml

    pose = off(ALONG_X, SHIFT, TURN)
    camera = CameraInfo("c1", pose, 640, 480, 420.5, 421.25, 318.0, 243.0, (-0.3, 0.1, 0, 0, 0))
    text = corrected(BLOCK, {"c1": camera}, True, Path("s.yaml"))
    assert text.startswith("cameras:\n  c1:  # over the door\n    at: [0.03, -0.02, 3.011]\n")
    written = yaml.safe_load(text)["cameras"]["c1"]
    assert written["focal_px"] == [420.5, 421.25]
    assert written["centre_px"] == [318, 243]
    assert written["distortion"] == [-0.3, 0.1, 0, 0, 0]
    assert "vertical_fov_deg" not in written
    assert np.allclose(written["picture_top"], -pose.rotation[:, 1], atol=1e-5)


def test_two_cameras_at_one_alias_are_not_written() -> None:
    line = "looks_at: [0, 0, 0], size_px: [64, 48], vertical_fov_deg: 60"
    text = f"cameras:\n  a: {{at: &here [1, 2, 3], {line}}}\n  b: {{at: *here, {line}}}\n"
    camera = CameraInfo("a", ALONG_X, 64, 48, 40, 40, 32, 24)
    with pytest.raises(BadFile, match="share one place"):
        corrected(text, {"a": camera, "b": replace(camera, id="b")}, False, Path("s.yaml"))
