"""The driver against the twin's own RTSP feed: pictures, times, sizes, ends."""

from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace

import cv2
import numpy as np
import pytest

from contracts.clock import MILLISECOND, SECOND, WallClock
from contracts.errors import DeviceUnavailable, UsageError
from contracts.layout import CameraInfo
from contracts.ports import Camera, FaultKind
from contracts.records import Frame
from devices.drivers.opening import open_device
from devices.drivers.registry import find
from tests.rig.feedpeers import HEIGHT, STORE, WIDTH, captured_ns, frames, paced, picture

pytest.importorskip("av", reason="the extra 'feeds' is not installed")
pytest.importorskip("paho.mqtt", reason="the extra 'feeds' is not installed")

from devices.camera.driver import RtspCamera
from rig.feeds.address import parse_address
from rig.feeds.cameras import CameraFeed

STUCK_S = 30
C1, FRONT = STORE.cameras[:2]


class Playing:
    """A feed that plays, and its streams' addresses."""

    def __init__(self, feed: CameraFeed, clock: WallClock) -> None:
        self.clock = clock
        self.url, self.front = (word for word in feed.about[0].split() if word.startswith("rtsp://"))


@pytest.fixture(scope="module")
def playing() -> Iterator[Playing]:
    with closing(CameraFeed(parse_address("rtsp://127.0.0.1:0"), STORE)) as feed, paced(feed, frames) as clock:
        yield Playing(feed, clock)


def hear(camera: RtspCamera, clock: WallClock, enough: Callable[[list[Frame]], bool]) -> list[Frame]:
    """Read as a run does, until it is enough."""
    found: list[Frame] = []
    while clock.now_ns < STUCK_S * SECOND + 10**12 and not enough(found):
        clock.wait_until(clock.now_ns + 20 * MILLISECOND)
        found += camera.read(clock.now_ns)
    return found


def rgb(frame: Frame) -> np.ndarray:
    if frame.rgb is not None:
        return frame.rgb
    return cv2.imdecode(np.frombuffer(frame.jpeg, np.uint8), cv2.IMREAD_COLOR)[:, :, ::-1]


def psnr(seen: np.ndarray, sent: np.ndarray) -> float:
    return float(10 * np.log10(255**2 / np.mean((seen.astype(float) - sent) ** 2)))


def probed(info: CameraInfo, url: str, clock: WallClock) -> None:
    with closing(RtspCamera(info, url, clock)) as camera:
        camera.probe()


@pytest.mark.parametrize("raw", [False, True])
def test_pictures_come_with_the_times_they_were_taken_at(playing: Playing, raw: bool) -> None:
    with closing(RtspCamera(FRONT, playing.front, playing.clock, raw=raw)) as camera:
        assert isinstance(camera, Camera)
        assert camera.calibration is FRONT
        found = hear(camera, playing.clock, lambda got: len(got) >= 8)
    assert all(frame.source == "front door" and (frame.rgb is not None) is raw for frame in found)
    assert [frame.t_ns for frame in found] == sorted(frame.t_ns for frame in found)
    numbers = [round(frame.captured_ns / (100 * MILLISECOND)) for frame in found]
    assert numbers == list(range(numbers[0], numbers[0] + len(found)))
    # The feed's sender reports tell the very times; 90 kHz and libavformat's microseconds round them.
    late_ms = [(f.captured_ns - captured_ns(n)) / MILLISECOND for f, n in zip(found, numbers, strict=True)]
    assert np.abs(late_ms).max() < 2
    # JPEG takes half of the colour samples away once more.
    assert min(psnr(rgb(frame), picture(n)) for frame, n in zip(found, numbers, strict=True)) > (30 if raw else 28)
    assert all(frame.captured_ns <= frame.t_ns for frame in found)


def test_reading_hands_out_nothing_from_the_future(playing: Playing) -> None:
    with closing(RtspCamera(C1, playing.url, playing.clock)) as camera:
        first = hear(camera, playing.clock, bool)[0]
        playing.clock.wait_until(playing.clock.now_ns + 400 * MILLISECOND)
        assert not camera.read(first.t_ns)
        assert camera.read(playing.clock.now_ns)
        assert camera.fault(None)
        assert not camera.fault(FaultKind.OFF)
        assert "320 x 180, capture times by its own clock" in camera.probe().identity


def test_fewer_pictures_where_the_store_wants_fewer(playing: Playing) -> None:
    with closing(RtspCamera(replace(C1, rate_hz=2.5), playing.url, playing.clock)) as camera:
        found = hear(camera, playing.clock, lambda got: len(got) >= 4)
    apart = np.diff([frame.captured_ns for frame in found]) / MILLISECOND
    assert apart == pytest.approx([400] * len(apart), abs=2)


def test_another_size_than_calibrated_is_told(playing: Playing) -> None:
    with pytest.raises(DeviceUnavailable, match=r"(?s)another size.*640 x 360.*320 x 180.*calibrate") as caught:
        probed(replace(C1, width=640, height=360), playing.url, playing.clock)
    assert caught.value.hint


@pytest.mark.parametrize(
    ("url", "said"),
    [
        (lambda playing: playing.url + "-not", "the path is not"),
        (lambda _: "rtsp://127.0.0.1:9/c1", "the port is not"),
    ],
)
def test_a_stream_that_is_not_there_is_told(playing: Playing, url: Callable[[Playing], str], said: str) -> None:
    with pytest.raises(DeviceUnavailable, match=said):
        probed(C1, url(playing), playing.clock)


def test_a_stream_that_ends_is_told_and_comes_back() -> None:
    port = 0
    with closing(CameraFeed(parse_address("rtsp://127.0.0.1:0"), STORE)) as feed, paced(feed, frames) as clock:
        url = Playing(feed, clock).url
        port = int(url.rpartition(":")[2].partition("/")[0])
        camera = RtspCamera(C1, url, clock)
        hear(camera, clock, bool)
    with closing(camera):
        with pytest.raises(DeviceUnavailable, match=r"(?s)stopped|no stream can be had") as caught:
            hear(camera, clock, lambda _: False)
        assert caught.value.hint
        with closing(CameraFeed(parse_address(f"rtsp://127.0.0.1:{port}"), STORE)) as again, paced(again, frames):
            assert _comes_back(camera, clock)
        assert camera.breaks


def _comes_back(camera: RtspCamera, clock: WallClock) -> bool:
    for _ in range(STUCK_S * 50):
        clock.wait_until(clock.now_ns + 20 * MILLISECOND)
        try:
            if camera.read(clock.now_ns):
                return True
        except DeviceUnavailable:
            continue
    return False


def test_a_bench_files_camera(playing: Playing) -> None:
    kind = find("camera/rtsp")
    port = open_device(kind, "c1", playing.url, playing.clock, camera=C1)
    port.close()  # type: ignore[attr-defined]
    with pytest.raises(UsageError, match=r"(?s)nothing says how the camera is calibrated.*--store"):
        open_device(kind, "c1", playing.url, playing.clock)
    with pytest.raises(UsageError, match="depth does not come over RTSP"):
        open_device(kind, "c1", playing.url, playing.clock, camera=_depth(C1))
    with pytest.raises(UsageError, match="cannot be reached so"):
        open_device(kind, "c1", "/dev/video0", playing.clock, camera=C1)


def _depth(camera: CameraInfo) -> CameraInfo:
    return replace(camera, depth=True)


def test_onvif_leads_to_the_stream(playing: Playing, tmp_path) -> None:
    from devices.camera.kinds import OnvifOptions
    from tests.devices.camera.onvif_device import PASSWORD, OnvifDevice

    assert (WIDTH, HEIGHT) == (320, 180)
    (tmp_path / "password").write_text(PASSWORD)
    device = OnvifDevice(playing.url)
    options = OnvifOptions(user="operator", password_file=tmp_path / "password")
    try:
        with closing(
            open_device(find("camera/onvif"), "c1", device.url, playing.clock, options=options, camera=C1)
        ) as port:
            told = port.probe()  # type: ignore[attr-defined]
            assert told.identity.startswith("Acme Eye 2 42, 320 x 180")
            assert told.firmware == "1.7"
    finally:
        device.close()
