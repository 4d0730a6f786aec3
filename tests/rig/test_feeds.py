"""Feeds without anybody at the other end: addresses, refusals, encoding, the worker between a tick and the wire."""

import socket
import sys
import threading
from contextlib import closing
from dataclasses import replace

import numpy as np
import pytest

from contracts.clock import VirtualClock, WallClock
from contracts.errors import DeviceUnavailable, PortInUse, RigFault, UsageError, WalkoutError
from contracts.record import Record
from contracts.records import Frame
from devices.rtsp import nal
from rig.cli.app import run_command
from rig.feeds import Feeds, open_feeds
from rig.feeds.address import Address, parse_address
from rig.feeds.worker import Worker
from tests.rig.feedpeers import HEIGHT, STORE, WIDTH, camera, jpeg, picture

ANY_RTSP = "rtsp://127.0.0.1:0"


def needs_the_extra() -> None:
    pytest.importorskip("av", reason="the extra 'feeds' is not installed")
    pytest.importorskip("paho.mqtt", reason="the extra 'feeds' is not installed")


# --- addresses -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("rtsp://127.0.0.1:8554", Address("rtsp", "127.0.0.1", 8554)),
        ("rtsp://0.0.0.0", Address("rtsp", "0.0.0.0", 8554)),
        ("rtsp://127.0.0.1:0/", Address("rtsp", "127.0.0.1", 0)),
        ("rtsp://[::1]:8554", Address("rtsp", "::1", 8554)),
        ("mqtt://broker", Address("mqtt", "broker", 1883)),
        ("mqtt://us%40er:pw@broker:1884", Address("mqtt", "broker", 1884, "us@er", "pw")),
    ],
)
def test_addresses(text: str, address: Address) -> None:
    assert parse_address(text) == address


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("127.0.0.1:8554", "scheme"),
        ("http://127.0.0.1", "the scheme 'http'"),
        ("rtsp://", "no host"),
        ("rtsp://127.0.0.1:8554/c1", "the rig names the streams itself"),
        ("rtsp://127.0.0.1:99999", "a port that cannot be"),
        ("rtsp://127.0.0.1:abc", "a port that cannot be"),
        ("rtsp://me:secret@127.0.0.1", "asks nobody"),
        ("mqtt://broker:0", "port 0"),
        ("mqtt://me:secret/more@broker", "cannot be"),
        ("mqtt://me:secret@broker/topic", "after the port"),
    ],
)
def test_what_is_no_address_is_refused_without_its_password(text: str, found: str) -> None:
    with pytest.raises(UsageError) as caught:
        parse_address(text)
    assert found in caught.value.found
    assert "secret" not in str(caught.value)


def test_a_password_is_never_shown() -> None:
    assert str(parse_address("mqtt://me:secret@broker")) == "mqtt://broker:1883"


# --- refusals of the command ---------------------------------------------------------------------


def test_a_feed_without_real_time_is_a_usage_error(capsys: pytest.CaptureFixture[str]) -> None:
    assert run_command(["run", "scenarios/walkout/buy_one.yaml", "--feed", ANY_RTSP]) == 4
    said = capsys.readouterr().err
    assert "a feed goes out at the pace of the clock on the wall" in said
    assert "--realtime" in said


def test_without_the_extra_the_message_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(sys.modules, "rig.feeds.cameras", raising=False)
    monkeypatch.delitem(sys.modules, "devices.camera.h264", raising=False)
    monkeypatch.setitem(sys.modules, "av", None)
    with pytest.raises(UsageError, match=r"walkout-rig\[feeds\]"), open_feeds([ANY_RTSP], STORE):
        pass


def test_a_port_that_is_taken() -> None:
    needs_the_extra()
    with socket.create_server(("127.0.0.1", 0)) as taken:
        text = f"rtsp://127.0.0.1:{taken.getsockname()[1]}"
        with pytest.raises(PortInUse, match="cannot listen for RTSP"), open_feeds([text], STORE):
            pass


def test_no_broker() -> None:
    needs_the_extra()
    with socket.socket() as silent:  # bound but not listening: refused
        silent.bind(("127.0.0.1", 0))
        text = f"mqtt://127.0.0.1:{silent.getsockname()[1]}"
        with pytest.raises(DeviceUnavailable, match="no MQTT broker") as caught, open_feeds([text], STORE):
            pass
    assert caught.value.exit_code == 8
    assert not [thread.name for thread in threading.enumerate() if thread.name in ("mqtt", "rtsp")]


@pytest.mark.parametrize("text", [ANY_RTSP, "mqtt://127.0.0.1:1"])
def test_a_store_with_nothing_to_send(text: str) -> None:
    needs_the_extra()
    empty = replace(STORE, cameras=(camera("c1-depth", colour=False, depth=True),), gondolas=())
    with pytest.raises(UsageError, match=r"no (camera|plate) to"), open_feeds([text], empty):
        pass


def test_no_feeds_are_no_trouble() -> None:
    with open_feeds([], STORE) as feeds:
        feeds.begin(VirtualClock())
        feeds.send([])
        assert feeds.about == []


# --- cameras -------------------------------------------------------------------------------------


def test_a_line_with_every_url_and_one_with_what_is_not_served() -> None:
    needs_the_extra()
    with open_feeds([ANY_RTSP], STORE) as feeds:
        served, unserved = feeds.about
        *_, first, second = served.split()
        port = first.split(":")[2].split("/")[0]
        assert int(port) > 0
        assert (first, second) == (f"rtsp://127.0.0.1:{port}/c1", f"rtsp://127.0.0.1:{port}/front%20door")
        assert unserved.split()[-1] == "c1-depth"


def test_frames_that_nobody_watches_are_not_even_decoded() -> None:
    needs_the_extra()
    with open_feeds([ANY_RTSP], STORE) as feeds:
        feeds.begin(WallClock())
        for _ in range(3):
            feeds.send([Frame(t_ns=0, source="c1", captured_ns=0, jpeg=b"no JPEG")])


def frame(number: int, *, raw: bool = False) -> Frame:
    rgb = picture(number)
    image = {"rgb": rgb} if raw else {"jpeg": jpeg(rgb)}
    return Frame(t_ns=0, source="c1", captured_ns=number * 100_000_000, **image)


@pytest.mark.parametrize("raw", [False, True])
def test_a_decoder_sees_what_was_encoded(raw: bool) -> None:
    needs_the_extra()
    import av

    from devices.camera.h264 import Encoder

    encoder, decoder = Encoder(camera("c1")), av.CodecContext.create("h264", "r")
    seen = []
    for number in range(4):
        made = encoder.encode(frame(number, raw=raw), 7 + number)
        assert made.taken_ns == 7 + number
        data = b"".join(b"\0\0\0\1" + unit for unit in made.units)
        seen += decoder.decode(av.Packet(data))
    seen += decoder.decode(None)
    assert len(seen) == 4
    for number, got in enumerate(seen):
        error = np.mean((got.to_ndarray(format="rgb24").astype(float) - picture(number)) ** 2)
        assert 10 * np.log10(255**2 / error) > 30


def test_key_frames_come_every_second_and_when_asked_and_bring_parameter_sets() -> None:
    needs_the_extra()
    from devices.camera.h264 import Encoder

    encoder = Encoder(camera("c1"))
    made = [encoder.encode(frame(number), number, key=number == 13) for number in range(25)]
    assert [number for number, one in enumerate(made) if one.key] == [0, 10, 13, 23]
    for one in made:
        kinds = [nal.kind(unit) for unit in one.units]
        assert (kinds[:2] == [nal.SPS, nal.PPS]) == one.key
        assert (nal.IDR in kinds) == one.key


def test_the_same_pictures_give_the_same_bytes() -> None:
    needs_the_extra()
    from devices.camera.h264 import Encoder

    first, second = (
        [one.units for one in map(Encoder(camera("c1")).encode, map(frame, range(5)), range(5))] for _ in range(2)
    )
    assert first == second


@pytest.mark.parametrize("size", [{"width": WIDTH + 1}, {"height": HEIGHT + 1}])
def test_a_camera_of_odd_size_is_refused(size: dict[str, int]) -> None:
    needs_the_extra()
    from devices.camera.h264 import Encoder

    with pytest.raises(UsageError, match="even width and height"):
        Encoder(camera("c1", **size))


@pytest.mark.parametrize("image", [{"jpeg": b"\xff\xd8 no picture"}, {"rgb": np.zeros((2, 2, 3), np.uint8)}])
def test_a_frame_that_is_no_picture_is_a_fault(image: dict[str, object]) -> None:
    needs_the_extra()
    from devices.camera.h264 import Encoder

    with pytest.raises(RigFault, match="a frame of camera 'c1' cannot be served"):
        Encoder(camera("c1")).encode(Frame(t_ns=0, source="c1", captured_ns=0, **image), 0)


# --- worker and feeds ----------------------------------------------------------------------------


def test_a_worker_does_everything_in_order_before_it_closes() -> None:
    done: list[int | None] = []
    worker: Worker[int | None] = Worker("test", done.append, most=2)
    for item in (1, None, 2, 3, 4):
        worker.put(item)
    worker.close()
    worker.close()
    assert done == [1, None, 2, 3, 4]


@pytest.mark.parametrize(("raised", "said"), [(ValueError("no"), "ValueError: no"), (UsageError("no way"), "no way")])
def test_what_a_worker_could_not_do_is_told_to_the_next(raised: Exception, said: str) -> None:
    def work(_: int) -> None:
        raise raised

    def put_many() -> None:
        for item in range(1000):  # never blocks, though nothing is done any more
            worker.put(item)
            threading.Event().wait(0.001)

    with closing(Worker("test", work, most=1)) as worker, pytest.raises(WalkoutError, match=said):
        put_many()


class Kept:
    """A feed that keeps what it is given."""

    about = ("kept",)

    def __init__(self) -> None:
        self.clock: WallClock | None = None
        self.records: list[Record] = []

    def begin(self, clock: WallClock) -> None:
        self.clock = clock

    def send(self, records: list[Record]) -> None:
        self.records += records

    def close(self) -> None:
        """Nothing to close."""


def test_all_feeds_get_everything() -> None:
    kept = [Kept(), Kept()]
    feeds, clock = Feeds(kept), WallClock()
    feeds.begin(clock)
    feeds.send([frame(1)])
    assert [one.clock for one in kept] == [clock, clock]
    assert [len(one.records) for one in kept] == [1, 1]
    assert feeds.about == ["kept", "kept"]


def test_real_time_begins_after_what_is_free() -> None:
    clock = WallClock(free_ns=10**12)
    before = clock.epoch_ns
    assert clock.wait_until(10**12) == 0  # a thousand seconds, at once
    assert clock.now_ns >= 10**12
    assert clock.epoch_ns < before
