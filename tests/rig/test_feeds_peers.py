"""The feeds as other people's programs see them: FFmpeg, Wireshark's dissectors, a broker and a Sparkplug host."""

import json
import struct
import subprocess
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from contracts.clock import MILLISECOND, SECOND
from devices.rtsp.rtp import Picture, Sender
from tests.rig.feedpeers import (
    HEIGHT,
    STORE,
    STUCK_S,
    WIDTH,
    broker,
    captured_ns,
    frames,
    host,
    paced,
    picture,
    program,
    weights,
)

av = pytest.importorskip("av", reason="the extra 'feeds' is not installed")
pytest.importorskip("paho.mqtt", reason="the extra 'feeds' is not installed")

from rig.feeds.address import parse_address  # noqa: E402
from rig.feeds.cameras import CameraFeed  # noqa: E402
from rig.feeds.plates import PlateFeed  # noqa: E402

pytestmark = pytest.mark.peer
QUIET = ("-v", "error")


@pytest.fixture(scope="module")
def urls() -> Iterator[dict[str, str]]:
    """Cameras that play as long as the tests of this file."""
    with closing(CameraFeed(parse_address("rtsp://127.0.0.1:0"), STORE)) as feed:
        first, second = (word for word in feed.about[0].split() if word.startswith("rtsp://"))
        with paced(feed, frames) as clock:
            yield {"c1": first, "front door": second, "epoch": str(clock.epoch_ns)}


def run(*command: str) -> bytes:
    done = subprocess.run(command, check=False, capture_output=True, timeout=STUCK_S)
    assert done.returncode == 0, done.stderr.decode()
    return done.stdout


@pytest.mark.parametrize("transport", ["tcp", "udp"])
def test_ffprobe_finds_h264_at_the_cameras_size_and_rate(urls: dict[str, str], transport: str) -> None:
    options = (*QUIET, "-rtsp_transport", transport, "-read_intervals", "%+#15", "-of", "json")
    told = json.loads(run(program("ffprobe"), *options, "-show_streams", "-show_packets", urls["c1"]))
    (stream,) = told["streams"]
    assert (stream["codec_name"], stream["width"], stream["height"]) == ("h264", WIDTH, HEIGHT)
    assert (stream["profile"], stream["has_b_frames"]) == ("Constrained Baseline", 0)
    # FFmpeg's H.264 parser gives a stream without byte positions no time for its very first frame.
    times = [float(packet["pts_time"]) for packet in told["packets"][1:]]
    assert times[0] == pytest.approx(0.1, abs=1e-4)
    assert np.diff(times) == pytest.approx(0.1, abs=1e-4)  # whole ticks of 90 kHz
    assert "K" in told["packets"][0]["flags"]


def test_ffmpeg_decodes_the_pictures_that_were_sent(urls: dict[str, str]) -> None:
    for url in (urls["c1"], urls["front door"]):
        options = ("-rtsp_transport", "tcp", "-i", url, "-frames:v", "12", "-f", "rawvideo", "-pix_fmt", "rgb24", "-")
        seen = np.frombuffer(run(program("ffmpeg"), *QUIET, *options), np.uint8).reshape(-1, HEIGHT, WIDTH, 3)
        sent = np.stack([picture(number) for number in range(400)])
        numbers = [int(np.argmin(np.abs(sent[:, ::8, ::8].astype(int) - one[::8, ::8]).sum((1, 2, 3)))) for one in seen]
        assert len(numbers) == 12
        assert numbers == list(range(numbers[0], numbers[0] + 12))
        errors = np.mean((sent[numbers].astype(float) - seen) ** 2, axis=(1, 2, 3))
        assert (10 * np.log10(255**2 / errors) > 30).all()


def test_ffmpeg_learns_from_sender_reports_when_each_frame_was_taken(urls: dict[str, str]) -> None:
    """libavformat works out each packet's time at its producer from RTCP; PyAV only hands it over."""
    told_us: list[int] = []
    with av.open(urls["front door"], options={"rtsp_transport": "tcp"}, timeout=STUCK_S) as container:
        for packet in container.demux(video=0):
            if packet.has_sidedata("prft"):
                told_us.append(struct.unpack("<q", bytes(packet.get_sidedata("prft"))[:8])[0])
            if len(told_us) == 15:
                break
    epoch_ns = int(urls["epoch"])
    first = round((told_us[0] * 1000 - epoch_ns) / (100 * MILLISECOND))
    taken_ns = [epoch_ns + captured_ns(first + index) for index in range(15)]
    late_ms = (np.array(told_us) * 1000 - np.array(taken_ns)) / MILLISECOND
    assert np.abs(late_ms).max() < 1


def test_wireshark_dissects_packets_and_finds_the_capture_time(tmp_path: Path) -> None:
    taken_ns = 1_700_000_000 * SECOND + 123_456_789
    sender = Sender(0xCAFE, "rig")
    sender.played(5)
    packets = sender.packets(Picture((b"\x67abc", b"\x65" + b"k" * 3000), taken_ns, key=True))
    capture = tmp_path / "feed.pcap"
    capture.write_bytes(pcap([(5004, packet) for packet in packets] + [(5005, sender.bye(taken_ns))]))
    fields = ("rtp.ssrc", "rtp.ext.profile", "rtp.hdr_ext", "rtp.marker", "rtcp.pt", "rtcp.timestamp.ntp")
    decode = ("-d", "udp.port==5004,rtp", "-d", "udp.port==5005,rtcp", "-o", "rtp.heuristic_rtp:TRUE")
    shown = run(program("tshark"), "-r", str(capture), *decode, "-T", "json", "-e", "_ws.malformed", *each(fields))
    layers = [packet["_source"]["layers"] for packet in json.loads(shown)]
    media, report = layers[:-1], layers[-1]
    assert not any("_ws.malformed" in layer for layer in layers)
    assert {layer["rtp.ssrc"][0] for layer in media} == {"0x0000cafe"}
    assert media[0]["rtp.ext.profile"] == ["0x0000abac"] or media[0]["rtp.ext.profile"] == ["0xabac"]
    words = [int(word, 16) if word.startswith("0x") else int(word) for word in media[0]["rtp.hdr_ext"]]
    told_ns = ((words[0] - 2_208_988_800) * SECOND) + (words[1] * SECOND >> 32)
    assert abs(told_ns - taken_ns) < MILLISECOND
    assert words[2] >> 24 == 0xA0  # key frame, first after PLAY
    assert all("rtp.ext.profile" not in layer for layer in media[1:])
    assert [layer["rtp.marker"][0] in ("1", "True") for layer in media] == [False] * (len(media) - 1) + [True]
    assert report["rtcp.pt"] == ["200", "202", "203"]
    assert report["rtcp.timestamp.ntp"][0].startswith("Nov 14, 2023 22:13:20.123456")


def each(fields: tuple[str, ...]) -> list[str]:
    return [word for field in fields for word in ("-e", field)]


def pcap(datagrams: list[tuple[int, bytes]]) -> bytes:
    """Return UDP datagrams from 127.0.0.1 as a capture of raw IPv4."""
    out = struct.pack("<IHHiIII", 0xA1B2C3D4, 2, 4, 0, 0, 65535, 101)
    local = bytes([127, 0, 0, 1])
    for port, data in datagrams:
        udp = struct.pack("!HHHH", port, port, 8 + len(data), 0) + data
        ip = struct.pack("!BBHHHBBH4s4s", 0x45, 0, 20 + len(udp), 0, 0, 64, 17, 0, local, local) + udp
        out += struct.pack("<IIII", 0, 0, len(ip), len(ip)) + ip
    return out


# --- Sparkplug B ---------------------------------------------------------------------------------


def values(message: dict[str, Any], name: str) -> list[Any]:
    return [metric["value"] for metric in message["metrics"] if metric["name"] == name]


def test_a_sparkplug_host_reads_births_data_and_death() -> None:
    left, right = "shelf-1/plate-1/grams", "shelf-1/plate-2/grams"
    with broker() as port, host(port) as peer:
        with closing(PlateFeed(parse_address(f"mqtt://127.0.0.1:{port}"), STORE)) as feed:
            born = peer.hear("NBIRTH")
            assert (born["group"], born["node"], born["seq"], born["qos"]) == ("tiny", "rig", 0, 0)
            assert [(m["name"], m["type"], m["value"]) for m in born["metrics"]] == [
                ("bdSeq", "INT64", 0),
                ("Node Control/Rebirth", "BOOLEAN", False),
            ]
            device = peer.hear("DBIRTH")
            assert (device["device"], device["seq"]) == ("gondola-1", 1)
            assert [(m["name"], m["type"], m["null"]) for m in device["metrics"]] == [
                (left, "FLOAT", True),
                (right, "FLOAT", True),
            ]
            with paced(feed, lambda n: [weights(n, 500.0 if n < 5 else 170.0)], 200 * MILLISECOND) as clock:
                full, taken = (peer.hear("DDATA", lambda m, g=g: g in values(m, left)) for g in (500.0, 170.0))
                assert len(values(full, left)) == 12
                assert [m["null"] for m in full["metrics"] if m["name"] == right] == [True] * 12
                times = [m["timestamp"] for m in full["metrics"] if m["name"] == left]
                first_ms = clock.epoch_ns // MILLISECOND
                wanted = [(clock.epoch_ns + weights(0).period_ns * i) // MILLISECOND for i in range(12)]
                assert times == wanted
                assert times[0] == first_ms
                assert taken["seq"] > full["seq"]
                peer.ask_for_rebirth("tiny", "rig")
                again = peer.hear("NBIRTH")
                assert (again["seq"], again["metrics"][0]["value"]) == (0, 0)
                assert values(peer.hear("DBIRTH"), left) == [170.0]
                assert peer.hear("DDATA")["seq"] == 2
        death = peer.hear("NDEATH")
        assert [(m["name"], m["value"]) for m in death["metrics"]] == [("bdSeq", 0)]


def test_a_broker_that_comes_back_finds_the_node_born_again() -> None:
    with broker() as port:
        feed = PlateFeed(parse_address(f"mqtt://127.0.0.1:{port}"), STORE)
    with closing(feed), paced(feed, lambda n: [weights(n)], 200 * MILLISECOND), broker(port), host(port) as peer:
        peer.ask_for_rebirth("tiny", "rig")  # the births may have come before this host
        born = peer.hear("NBIRTH")
        assert born["metrics"][0]["value"] == 1
        assert values(peer.hear("DBIRTH"), "shelf-1/plate-1/grams") == [500.0]
