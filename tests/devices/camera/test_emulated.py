"""The twin's camera on a wire, seen by the driver; its faults, and what a wrong line says."""

from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace

import cv2
import numpy as np
import pytest

from contracts.clock import MILLISECOND, SECOND, WallClock
from contracts.errors import PortInUse, UsageError
from contracts.ports import FaultKind
from contracts.records import Frame
from devices.drivers.opening import open_device, open_exposed
from devices.drivers.registry import find
from tests.rig.feedpeers import STORE, jpeg, picture

pytest.importorskip("av", reason="the extra 'feeds' is not installed")

KIND, C1 = find("camera/rtsp"), STORE.cameras[0]


class Rig:
    """An emulator that is worked while time passes, with a picture each 100 ms."""

    def __init__(self) -> None:
        self.clock, self.number = WallClock(), 0
        self.device = open_exposed(KIND, "c1", "listen://127.0.0.1:0", self.clock, camera=C1)

    def opened(self):
        """Open the driver."""
        return open_device(KIND, "c1", self.device.url, self.clock, camera=C1)  # type: ignore[attr-defined]

    def run(self, enough: Callable[[], bool], most_s: float = 30) -> None:
        until_ns = self.clock.now_ns + round(most_s * SECOND)
        while not enough() and self.clock.now_ns < until_ns:
            if self.clock.now_ns >= self.number * 100 * MILLISECOND:
                at_ns = self.clock.now_ns
                self.device.live(Frame(t_ns=at_ns, source="c1", captured_ns=at_ns, jpeg=jpeg(picture(self.number))))
                self.number += 1
            self.device.work()
            self.clock.wait_until(self.clock.now_ns + 5 * MILLISECOND)

    def frames(self, camera, count: int, most_s: float = 30) -> list[Frame]:
        found: list[Frame] = []

        def enough() -> bool:
            found.extend(camera.read(self.clock.now_ns))
            return len(found) >= count

        self.run(enough, most_s)
        return found


def moved(frames: list[Frame]) -> float:
    """Return how much the last picture differs from the first: shades of 255, at most that in 98 of 100 samples."""
    first, last = (cv2.imdecode(np.frombuffer(frames[n].jpeg, np.uint8), cv2.IMREAD_COLOR).astype(int) for n in (0, -1))
    return float(np.percentile(np.abs(last - first), 98))


@pytest.fixture
def rig() -> Iterator[Rig]:
    made = Rig()
    with closing(made.device):
        yield made


def test_the_driver_sees_what_the_twin_sees_and_when(rig: Rig) -> None:
    with closing(rig.opened()) as camera:
        found = rig.frames(camera, 6)
        assert len(found) >= 6
        assert moved(found) > 30
        assert all(0 <= frame.t_ns - frame.captured_ns < SECOND for frame in found)
        assert "its own clock" in camera.probe().identity


def test_a_stuck_camera_shows_the_same_again_and_one_that_is_off_nothing(rig: Rig) -> None:
    assert rig.device.fault(FaultKind.STUCK)
    with closing(rig.opened()) as camera:
        assert moved(rig.frames(camera, 8)) < 6
        assert rig.device.fault(FaultKind.OFF)
        rig.frames(camera, 100, most_s=0.5)
        assert not rig.frames(camera, 1, most_s=1)
        assert rig.device.fault(None)
        assert not rig.device.fault(FaultKind.GARBAGE)
        assert rig.frames(camera, 1)


def test_where_it_cannot_be(rig: Rig) -> None:
    taken = rig.device.url.rpartition(":")[2].partition("/")[0]  # type: ignore[attr-defined]
    with pytest.raises(PortInUse):
        open_exposed(KIND, "c1", f"listen://127.0.0.1:{taken}", rig.clock, camera=C1)
    with pytest.raises(UsageError, match="nobody can listen there"):
        open_exposed(KIND, "c1", "pty:here", rig.clock, camera=C1)
    with pytest.raises(UsageError, match="an even width"):
        open_exposed(KIND, "c1", "listen://127.0.0.1:0", rig.clock, camera=replace(C1, width=319))
