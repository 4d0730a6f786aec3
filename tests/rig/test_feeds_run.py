"""A whole run with both feeds, looked at from outside, and one that is cut off."""

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from tests.rig.feedpeers import STUCK_S, broker, host, program
from tests.rig.kiosk import ROOT, TAKE_ONE, start, write_scenario

pytestmark = [pytest.mark.peer, pytest.mark.slow]
ALONE = """
import sys
from rig.feeds import open_feeds
from tests.rig.feedpeers import STORE
with open_feeds([sys.argv[1]], STORE):
    sys.stdin.read()
"""


@contextmanager
def running(*arguments: object) -> Iterator[subprocess.Popen[str]]:
    with start(*arguments) as process:
        try:
            yield process
        finally:
            process.kill()


def first_line(process: subprocess.Popen[str]) -> str:
    assert process.stdout
    return process.stdout.readline() or pytest.fail(process.communicate()[1])


def finished(process: subprocess.Popen[str]) -> tuple[str, str]:
    out, err = process.communicate(timeout=STUCK_S * 2)
    if "the bench is not real-time" in err:
        pytest.skip("this machine is too busy for real time, as the run itself says")
    assert process.returncode == 0, out + err
    return out, err


def test_a_visit_goes_out_as_it_happens_and_ends_well(tmp_path: Path) -> None:
    pytest.importorskip("av", reason="the extra 'feeds' is not installed")
    pytest.importorskip("paho.mqtt", reason="the extra 'feeds' is not installed")
    ffprobe, scenario = program("ffprobe"), write_scenario(tmp_path, TAKE_ONE)
    with broker() as port, host(port) as peer:
        feeds = ("--feed", "rtsp://127.0.0.1:0", "--feed", f"mqtt://127.0.0.1:{port}")
        with running("run", scenario, "--record", tmp_path, "--realtime", *feeds) as rig:
            cameras = first_line(rig)
            url = re.findall(r"rtsp://127\.0\.0\.1:\d+/c1\b", cameras)[0]
            options = ("-v", "error", "-rtsp_transport", "tcp", "-read_intervals", "%+#20", "-of", "json")
            seen = subprocess.run(
                [ffprobe, *options, "-show_streams", "-show_packets", url],
                check=False,
                capture_output=True,
                text=True,
                timeout=STUCK_S,
            )
            out, _ = finished(rig)
        assert "Sparkplug B: mqtt://127.0.0.1" in out
        assert "verdict: PASS" in out
        told = json.loads(seen.stdout)
        assert (told["streams"][0]["codec_name"], told["streams"][0]["width"]) == ("h264", 160)
        assert len(told["packets"]) == 20
        lost = lost_grams(peer.hear_until("NDEATH"))
    assert sum(lost.values()) == pytest.approx(mass(tmp_path), rel=0.1)


def lost_grams(messages: list[dict[str, Any]]) -> dict[str, float]:
    """Return how much lighter each plate was at the end than at the beginning."""
    readings: dict[str, list[float]] = {}
    for message in messages:
        for metric in message["metrics"]:
            if message["kind"] == "DDATA" and metric["value"] is not None:
                readings.setdefault(metric["name"], []).append(metric["value"])
    return {name: sum(values[:60]) / 60 - sum(values[-60:]) / 60 for name, values in readings.items()}


def mass(folder: Path) -> float:
    """Return what one of the taken bottles weighs, by the catalogue."""
    import yaml

    store = yaml.safe_load((folder / "kiosk.yaml").read_text())
    return float(store["products"]["aurel-500"]["mass_g"])


def test_when_the_rig_dies_the_broker_tells_of_its_death() -> None:
    pytest.importorskip("paho.mqtt", reason="the extra 'feeds' is not installed")
    with broker() as port, host(port) as peer:
        command = [sys.executable, "-c", ALONE, f"mqtt://127.0.0.1:{port}"]
        with subprocess.Popen(command, stdin=subprocess.PIPE, cwd=ROOT) as alone:
            peer.hear("DBIRTH")
            alone.kill()
        assert peer.hear("NDEATH")["qos"] == 1
