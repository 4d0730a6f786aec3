"""Shards, films and clouds hold what the recording holds."""

import io
import json
import shutil
import subprocess
import tarfile
from pathlib import Path

import cv2
import numpy as np
import pytest

from contracts.layout import Layout
from rig.export.clouds import POINT
from rig.recording.reader import Recording
from tests.rig.export.conftest import Export


def samples(path: Path) -> dict[str, dict[str, bytes]]:
    """Read a shard as the webdataset package does: a name up to its first dot is the sample's."""
    found: dict[str, dict[str, bytes]] = {}
    with tarfile.open(path) as tar:
        for member in tar:
            key, _, suffix = member.name.partition(".")
            assert key not in found or key == list(found)[-1], "files of a sample follow one another"
            held = tar.extractfile(member)
            assert held
            found.setdefault(key, {})[suffix] = held.read()
    return found


def test_a_shard_holds_samples(exported: Export) -> None:
    (shard,) = exported("webdataset", "c1").iterdir()
    found = samples(shard)
    assert len(found) > 5
    events = []
    for files in found.values():
        assert set(files) == {"jpg", "depth.png", "json"}
        assert cv2.imdecode(np.frombuffer(files["jpg"], np.uint8), cv2.IMREAD_COLOR).shape == (120, 160, 3)
        events += [event["kind"] for event in json.loads(files["json"])["events"]]
    assert events.count("take") == 2
    assert events.count("passage") >= 3


def test_the_same_recording_makes_the_same_bytes(exported: Export) -> None:
    (a,), (b,) = (list(exported("webdataset", "c1", every_ns=4 * 10**9).iterdir()) for _ in range(2))
    assert a.read_bytes() == b.read_bytes()


def test_a_film_lasts_as_long_as_the_run(exported: Export, visit: Path) -> None:
    pytest.importorskip("av", reason="films need the extra 'feeds'")
    if not shutil.which("ffprobe"):
        pytest.skip("ffprobe is not here: apt-get install ffmpeg")
    (film,) = exported("mp4", "c1", every_ns=500_000_000).iterdir()
    asked = ["-count_frames", "-select_streams", "v", "-show_entries", "stream=codec_name,width,height,nb_read_frames"]
    done = subprocess.run(["ffprobe", "-v", "error", *asked, "-of", "json", film], check=True, capture_output=True)
    (stream,) = json.load(io.BytesIO(done.stdout))["streams"]
    end = Recording(visit).end
    assert end is not None
    assert (stream["codec_name"], stream["width"], stream["height"]) == ("h264", 160, 120)
    assert abs(int(stream["nb_read_frames"]) - end.t_ns / 5e8) <= 1


def read_ply(path: Path) -> np.ndarray:
    head, _, body = path.read_bytes().partition(b"end_header\n")
    (count,) = [int(line.split()[-1]) for line in head.decode().splitlines() if line.startswith("element vertex")]
    points = np.frombuffer(body, POINT)
    assert len(points) == count
    return points


def test_a_cloud_lies_in_the_store(exported: Export, visit: Path) -> None:
    cameras = {path.name: read_ply(path / "000001.ply") for path in sorted(exported("ply").iterdir())}
    layout: Layout = Recording(visit).layout
    assert set(cameras) == {"c1", "c2", "c4"}
    for points in cameras.values():
        height = points["xyz"][:, 2]
        # Most of an empty store is floor; noise and the rounding to millimetres stay within a few centimetres.
        assert np.median(np.abs(height)) < 0.05
        assert height.max() < max(camera.pose.position[2] for camera in layout.cameras)
        assert len(np.unique(points["rgb"], axis=0)) > 50
