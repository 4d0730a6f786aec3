"""Other people's programs for the tests of the feeds, and a small store that sends to them at the clock's pace."""

from __future__ import annotations

import json
import os
import queue
import shutil
import socket
import subprocess
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from contracts.clock import MILLISECOND, SECOND, WallClock
from contracts.geometry import Pose
from contracts.layout import CameraInfo, Gondola, Layout, Plate, Shelf
from contracts.record import Record
from contracts.records import Frame, Weights
from rig.feeds import Feed

ROOT = Path(__file__).parents[2]
SPARKPLUG = ROOT / ".peers/sparkplug/bin/python"
STUCK_S = 60.0  # nothing here is timed: only how long a test waits before it calls a program stuck
WIDTH, HEIGHT = 320, 180


def program(name: str) -> str:
    """Return a program's path, or skip the test."""
    found = shutil.which(name, path=f"{os.environ['PATH']}:/usr/sbin")
    return found or pytest.skip(f"{name} is not installed: ci/peers installs it")


def camera(name: str, **more: Any) -> CameraInfo:
    size = {"width": WIDTH, "height": HEIGHT} | more
    return CameraInfo(name, Pose.at(0, 0, 3), fx=100.0, fy=100.0, cx=160.0, cy=90.0, **size)


def plate(number: int) -> Plate:
    return Plate(f"gondola-1/shelf-1/plate-{number}", Pose.at(0, 0, 1), 0.1, 0.4, 10_000.0)


SHELF = Shelf("gondola-1/shelf-1", Pose.at(0, 0, 1), 0.9, 0.4, 0.3, (plate(1), plate(2)))
GONDOLA = Gondola("gondola-1", Pose.at(0, 0, 0), 0.9, 0.4, 2.0, (SHELF,))
STORE = Layout(
    name="tiny",
    bounds_m=(0, 0, 4, 4),
    inside_m=(0, 0, 4, 4),
    gondolas=(GONDOLA,),
    cameras=(camera("c1"), camera("front door"), camera("c1-depth", colour=False, depth=True)),
)


def picture(number: int) -> NDArray[np.uint8]:
    """Return a picture that no other number has: shades, stripes and a block that wanders."""
    column, row = np.meshgrid(np.arange(WIDTH), np.arange(HEIGHT))
    rgb = np.stack([column * 255 // WIDTH, row * 255 // HEIGHT, (column // 8 % 2) * 120], axis=2).astype(np.uint8)
    x, y = number * 23 % (WIDTH - 40), number * 17 % (HEIGHT - 40)
    rgb[y : y + 40, x : x + 40] = (250, 240, 20)
    return rgb


def jpeg(rgb: NDArray[np.uint8]) -> bytes:
    return bytes(cv2.imencode(".jpg", rgb[:, :, ::-1], [cv2.IMWRITE_JPEG_QUALITY, 95])[1])


def captured_ns(number: int) -> int:
    """Return when a frame was taken: at 10 Hz, some milliseconds beside the beat."""
    return number * 100 * MILLISECOND + number * 7 % 13 * MILLISECOND


def frames(number: int) -> list[Record]:
    """Return the frames of all cameras; one as JPEG, one raw, one of depth."""
    t_ns, taken_ns, rgb = number * 100 * MILLISECOND, captured_ns(number), picture(number)
    depth = np.zeros((HEIGHT, WIDTH), np.uint16)
    return [
        Frame(t_ns=t_ns, source="c1", captured_ns=number * 100 * MILLISECOND, jpeg=jpeg(rgb)),
        Frame(t_ns=t_ns, source="front door", captured_ns=taken_ns, rgb=rgb),
        Frame(t_ns=t_ns, source="c1-depth", captured_ns=taken_ns, depth_mm=depth),
    ]


def weights(number: int, grams: float = 500.0) -> Weights:
    """Return a block of twelve samples of two plates; the second has no reading."""
    table = np.full((12, 2), [grams, np.nan], np.float32)
    start_ns, period_ns = number * 200 * MILLISECOND, SECOND // 60
    return Weights(
        t_ns=start_ns + 200 * MILLISECOND, source="gondola-1", started_ns=start_ns, period_ns=period_ns, grams=table
    )


@contextmanager
def paced(feed: Feed, make: Callable[[int], list[Record]], period_ns: int = 100 * MILLISECOND) -> Iterator[WallClock]:
    """Send what is made to a feed, period after period, as long as the test looks; gives the run's clock."""
    clock, stop = WallClock(), threading.Event()
    feed.begin(clock)

    def send() -> None:
        number = 0
        while not stop.is_set():
            clock.wait_until(number * period_ns)
            feed.send(make(number))
            number += 1

    sender = threading.Thread(target=send)
    sender.start()
    try:
        yield clock
    finally:
        stop.set()
        sender.join()


@contextmanager
def broker(port: int = 0) -> Iterator[int]:
    """Run a Mosquitto of our own; gives its port."""
    mosquitto = program("mosquitto")
    if not port:
        with socket.create_server(("127.0.0.1", 0)) as free:
            port = free.getsockname()[1]
    process = subprocess.Popen([mosquitto, "-p", str(port)], stderr=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
    try:
        _wait_for(port)
        yield port
    finally:
        process.kill()
        process.wait()


def _wait_for(port: int) -> None:
    clock = WallClock()
    while clock.now_ns < STUCK_S * SECOND:
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
        except OSError:
            clock.wait_until(clock.now_ns + 20 * MILLISECOND)
        else:
            return
    pytest.fail("mosquitto does not listen")


class Host:
    """An independent Sparkplug host application."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self._process = process
        self._lines: queue.Queue[str] = queue.Queue()
        threading.Thread(target=self._read, daemon=True).start()
        self.hear("ready")

    def hear(self, kind: str, wanted: Callable[[dict[str, Any]], bool] = lambda _: True) -> dict[str, Any]:
        """Return the next message of a kind."""
        while True:
            message: dict[str, Any] = json.loads(self._lines.get(timeout=STUCK_S))
            if message["kind"] == kind and wanted(message):
                return message

    def hear_until(self, kind: str) -> list[dict[str, Any]]:
        """Return all messages up to the next of a kind."""
        heard: list[dict[str, Any]] = []
        while not heard or heard[-1]["kind"] != kind:
            heard.append(json.loads(self._lines.get(timeout=STUCK_S)))
        return heard

    def ask_for_rebirth(self, group: str, node: str) -> None:
        assert self._process.stdin
        self._process.stdin.write(f"{group} {node}\n")
        self._process.stdin.flush()

    def _read(self) -> None:
        assert self._process.stdout
        for line in self._process.stdout:
            self._lines.put(line)


@contextmanager
def host(port: int) -> Iterator[Host]:
    """Run the host against a broker."""
    if not SPARKPLUG.exists():
        pytest.skip("pysparkplug is not installed: ci/peers installs it")
    script = Path(__file__).with_name("peer_sparkplug.py")
    command = [SPARKPLUG, "-W", "ignore", script, str(port)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        try:
            yield Host(process)
        finally:
            process.kill()
