"""What a store file may say about cameras and clocks, and what comes of it."""

from __future__ import annotations

from pathlib import Path

import pytest

from contracts.clock import MILLISECOND
from contracts.errors import BadFile
from tests.twin.test_store import SMALL, STORES
from twin.imager import Imager
from twin.store import Store, load_store
from twin.store_camera import DepthKind, Wire
from twin.store_clock import Clock
from twin.store_model import StoreFile

MS = MILLISECOND
CAMERA = "vertical_fov_deg: 90, depth: true}"
NOISE = "\nnoise:\n"


def written(tmp_path: Path, camera: str = "depth: true", more: str = "", rack: str = "") -> Store:
    """A small store whose camera, gondola and noise say this."""
    path = tmp_path / "small.yaml"
    text = SMALL.replace(CAMERA, f"vertical_fov_deg: 90, {camera}}}")
    path.write_text(text.replace("    height_m: 1.5\n", f"    height_m: 1.5\n{rack}") + more)
    return load_store(path)


@pytest.mark.parametrize(
    ("said", "kind"),
    [
        ("depth: true", DepthKind.STEREO),
        ("depth: stereo", DepthKind.STEREO),
        ("depth: tof", DepthKind.TOF),
        ("depth: none", DepthKind.NONE),
        ("depth: false", DepthKind.NONE),
        ("colour: true", DepthKind.NONE),
    ],
)
def test_a_camera_says_how_it_measures_depth(tmp_path: Path, said: str, kind: DepthKind) -> None:
    store = written(tmp_path, said)
    assert store.imagers["c1"].depth is kind
    assert store.layout.camera["c1"].depth == (kind is not DepthKind.NONE)


def test_a_camera_that_says_nothing_is_as_it_always_was(tmp_path: Path) -> None:
    store = written(tmp_path)
    assert store.imagers == {"c1": Imager()}
    assert store.clocks == {"gondola-1": Clock()}
    assert not store.layout.camera["c1"].distorted
    for name in ("nanostore", "corner-shop"):
        known = load_store(STORES / f"{name}.yaml")
        assert set(known.imagers.values()) <= {Imager(), Imager(depth=DepthKind.NONE)}
        assert set(known.clocks.values()) == {Clock()}


def test_every_setting_reaches_its_camera(tmp_path: Path) -> None:
    store = written(
        tmp_path,
        "distortion: [-0.2, 0.05, 0, 0, 0], distorted: true, jpeg_quality: 40, exposure: {time: 4 ms, gain: 2}, "
        "motion_blur: true, clock: {offset: -12 ms, jitter: 1 ms, drift_ppm: 20}",
    )
    imager = store.imagers["c1"]
    assert store.layout.camera["c1"].distorted
    assert (imager.jpeg_quality, imager.exposure.time, imager.exposure.gain) == (40, 4 * MS, 2.0)
    assert imager.motion_blur
    assert (imager.clock.offset, imager.clock.jitter, imager.clock.drift_ppm) == (-12 * MS, MS, 20.0)
    assert written(tmp_path, "wire: raw").imagers["c1"].wire is Wire.RAW


def test_clocks_have_a_default_for_all_and_single_devices_their_own(tmp_path: Path) -> None:
    more = f"{NOISE}  cameras: {{clock: {{offset: 5 ms}}}}\n  plates: {{clock: {{offset: 7 ms}}}}\n"
    shared = written(tmp_path, more=more)
    assert shared.imagers["c1"].clock.offset == 5 * MS
    assert shared.clocks["gondola-1"].offset == 7 * MS
    own = written(tmp_path, "clock: {drift_ppm: 9}", more, "    clock: {spread: 1 ms}\n")
    assert own.imagers["c1"].clock == Clock(drift_ppm=9.0)
    assert (own.clocks["gondola-1"].offset, own.clocks["gondola-1"].spread) == (0, MS)


def test_noise_none_makes_clocks_true_and_pictures_sharp(tmp_path: Path) -> None:
    said = "depth: tof, motion_blur: true, wire: raw, clock: {offset: 1 s}"
    store = written(tmp_path, said, "\nnoise: none\n", "    clock: {offset: 1 s}\n")
    imager = store.imagers["c1"]
    assert store.perfect
    assert imager.clock == Clock()
    assert not imager.motion_blur
    assert imager.wire is Wire.RAW
    assert store.clocks == {}


def test_a_store_of_time_of_flight_cameras_says_how_they_err(tmp_path: Path) -> None:
    more = f"{NOISE}  cameras: {{tof: {{range_m: 6.0, sd_mm: [1, 0, 0.5]}}, baseline_m: 0.05}}\n"
    noise = written(tmp_path, "depth: tof", more).camera_noise
    assert (noise.tof.range_m, noise.tof.sd_mm, noise.tof.nearest_m) == (6.0, (1.0, 0.0, 0.5), 0.5)
    assert noise.baseline_m == 0.05


@pytest.mark.parametrize(
    ("camera", "complaint"),
    [
        ("depth: sonar", "'none', 'stereo' or 'tof'"),
        ("distorted: true", "needs a `distortion`"),
        ("distorted: true, distortion: [0.1, 0.2]", "k1, k2, p1, p2"),
        ("wire: raw, jpeg_quality: 80", "no `jpeg_quality`"),
        ("jpeg_quality: 101", "less than or equal to 100"),
        ("colour: false, depth: true, motion_blur: true", "`colour: false`"),
        ("exposure: {time: 200 ms}", "longer than a frame lasts"),
        ("motion_blur: true, exposure: {time: 60 ms}", "last 50 ms"),
        ("exposure: {time: 0 ms}", "greater than 0"),
        ("exposure: {shutter: 5 ms}", "time, gain"),
        ("clock: {offset: soon}", "expected a length of time"),
    ],
)
def test_what_makes_no_sense_is_refused_at_its_line(tmp_path: Path, camera: str, complaint: str) -> None:
    with pytest.raises(BadFile, match=r"small\.yaml:21") as caught:
        written(tmp_path, camera)
    assert complaint in str(caught.value)


@pytest.mark.parametrize(
    ("noise", "complaint"),
    [
        ("{disparity_px: 0.1}", "needs a `baseline_m`"),
        ("{tof: {nearest_m: 5.0}}", "less than `range_m`"),
        ("{tof: {sd_mm: [1, -2, 0]}}", "negative somewhere"),
    ],
)
def test_noise_that_cannot_be_is_refused(tmp_path: Path, noise: str, complaint: str) -> None:
    with pytest.raises(BadFile, match="small") as caught:
        written(tmp_path, more=f"{NOISE}  cameras: {noise}\n")
    assert complaint in str(caught.value)


def test_editors_learn_of_every_key() -> None:
    parts = StoreFile.model_json_schema()["$defs"]
    keys = {"distorted", "depth", "wire", "jpeg_quality", "exposure", "motion_blur", "clock"}
    assert keys <= parts["CameraFile"]["properties"].keys()
    assert parts["CameraFile"]["properties"]["depth"]["anyOf"] == [
        {"type": "boolean"},
        {"enum": ["none", "stereo", "tof"]},
    ]
    assert {"offset", "spread", "drift_ppm", "jitter"} == parts["Clock"]["properties"].keys()
    assert "clock" in parts["GondolaFile"]["properties"]
    assert "tof" in parts["CameraNoise"]["properties"]
