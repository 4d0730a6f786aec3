"""A palm reader of pictures and its emulated camera, on time that a test moves; its matcher knows grey levels."""

from __future__ import annotations

import numpy as np

from contracts.clock import MILLISECOND, VirtualClock
from contracts.palms import PalmAnswer
from contracts.records import PalmScan
from devices.line_pair import LineEnd, line_pair
from devices.palm.driver import ImagePalmReader
from devices.palm.emulator import PalmStream
from devices.palm.later import AtOnce
from devices.palm.seams import Image

LEVELS = {"palm-1": 120, "palm-2": 200}
REQUEST = b"GET / HTTP/1.0\r\n\r\n"


class ByLevel:
    """Knows a palm by how bright it is."""

    def __init__(self) -> None:
        self.looked = 0

    def recognise(self, image: Image) -> PalmAnswer:
        self.looked += 1
        level = round(float(image.mean()))
        known = [handle for handle, mean in LEVELS.items() if abs(mean - level) < 5]
        return PalmAnswer(handle=known[0], quality=0.9) if known else PalmAnswer(why="nobody who enrolled")


class FarEnd:
    """The far end of a pair as an emulator wants it."""

    arrivals = 1

    def __init__(self, line: LineEnd) -> None:
        self.read, self.write, self.close = line.read, line.write, line.close

    def hang_up(self) -> None: ...


def flat(handle: str, _: str) -> Image:
    return np.full((480, 400), LEVELS.get(handle, 80), np.uint8)


class Desk:
    def __init__(self) -> None:
        self.clock, self.matcher = VirtualClock(), ByLevel()
        self.ours, theirs = line_pair()
        self.far = FarEnd(theirs)
        self.camera = PalmStream("palm-in", self.far, self.clock, flat, doing=AtOnce())
        self.reader = ImagePalmReader(
            "palm-in", lambda: self.ours, REQUEST, self.clock, self.matcher, presenter=self.camera, doing=AtOnce()
        )

    def serve(self) -> None:
        self.camera.work()

    def wait(self, seconds: float) -> list[PalmScan]:
        found: list[PalmScan] = []
        for _ in range(round(seconds * 20)):
            self.clock.wait_until(self.clock.now_ns + 50 * MILLISECOND)
            self.serve()
            found += self.reader.read(self.clock.now_ns)
        return found
