"""Cameras by other people: GStreamer's RTSP server, and ipycam over ONVIF."""

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import cv2
import numpy as np
import pytest

from contracts.clock import MILLISECOND, SECOND, WallClock
from contracts.errors import DeviceUnavailable
from contracts.geometry import Pose
from contracts.layout import CameraInfo
from contracts.records import Frame
from devices.camera.address import Login
from tests.devices.modbus.peers import PEERS, SOURCES, program

pytest.importorskip("av", reason="the extra 'feeds' is not installed")
from devices.camera.driver import RtspCamera

pytestmark = pytest.mark.peer
CAMERA = CameraInfo("c1", Pose.at(0, 0, 3), 320, 180, fx=200.0, fy=200.0, cx=160.0, cy=90.0)
WHO = Login("user", "p@ss/word")
SYSTEM_PYTHON = "/usr/bin/python3"


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    """GStreamer's server; gives the address before the path."""
    if (
        not Path(SYSTEM_PYTHON).exists()
        or subprocess.run(
            [SYSTEM_PYTHON, "-c", "import gi; gi.require_version('GstRtspServer', '1.0')"],
            capture_output=True,
            check=False,
        ).returncode
    ):
        pytest.skip("GStreamer's RTSP server is not installed: run ci/peers")
    command = [SYSTEM_PYTHON, str(SOURCES / "rtsp_server.py"), WHO.password]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as peer:
        assert peer.stdout is not None
        yield f"rtsp://127.0.0.1:{peer.stdout.readline().strip()}"
        peer.kill()


def heard(camera: RtspCamera, clock: WallClock, count: int) -> list[Frame]:
    found: list[Frame] = []
    while len(found) < count and clock.now_ns < 60 * SECOND:
        clock.wait_until(clock.now_ns + 20 * MILLISECOND)
        found += camera.read(clock.now_ns)
    return found


@pytest.mark.parametrize("transport", ["tcp", "udp"])
@pytest.mark.parametrize("path", ["h264", "mjpeg", "rare-keys"])
def test_gstreamers_pictures_come_at_the_stores_rate(server: str, transport: str, path: str) -> None:
    clock = WallClock()
    with closing(RtspCamera(CAMERA, f"{server}/{path}", clock, who=WHO, transport=transport)) as camera:
        found = heard(camera, clock, 20)
    assert len(found) >= 20
    apart_ms = np.diff([frame.captured_ns for frame in found]) / MILLISECOND
    assert apart_ms.mean() == pytest.approx(100, abs=15)
    assert all(frame.captured_ns <= frame.t_ns for frame in found)
    # RTP carries JPEG in eighths, so in 184 rows.
    assert cv2.imdecode(np.frombuffer(found[-1].jpeg, np.uint8), cv2.IMREAD_COLOR).shape == (180, 320, 3)


@pytest.mark.parametrize("who", [Login("user", "wrong-one"), Login("nobody", "wrong-one"), Login()])
def test_a_wrong_password_is_told_and_printed_nowhere(server: str, who: Login) -> None:
    camera = RtspCamera(CAMERA, f"{server}/h264", WallClock(), who=who)
    with closing(camera), pytest.raises(DeviceUnavailable, match="refuses the user or the password") as caught:
        camera.probe()
    chain, said = caught.value, ""
    while chain is not None:
        said, chain = said + str(chain) + repr(chain), chain.__cause__ or chain.__context__
    assert "wrong-one" not in said


def test_onvif_leads_to_the_pictures_of_ipycam(tmp_path: Path) -> None:
    python = PEERS / "onvif" / "bin" / "python"
    if not python.exists():
        pytest.skip("ipycam is not installed: run ci/peers")
    program("ffmpeg", "ffmpeg")
    alone = [program("unshare", "util-linux"), "-rn", "sh", "-c"]
    if subprocess.run([*alone, "ip link set lo up"], capture_output=True, check=False).returncode:
        pytest.skip("this machine gives nobody a network of their own (unshare -rn, ip)")
    words = [sys.executable, "-W", "ignore", str(SOURCES / "onvif_camera.py"), str(python), str(tmp_path)]
    done = subprocess.run(
        [*alone, 'ip link set lo up && exec "$@"', "sh", *words], capture_output=True, check=False, timeout=150
    )
    assert done.returncode == 0, done.stderr.decode()
    told = json.loads(done.stdout)
    assert told["identity"].startswith("PythonCam VirtualCam-1")
    assert told["firmware"] == "1.3.0"
    assert told["frames"] >= 20
