"""Steps of a scanner's tests: time that is told, streams cut anywhere, an emulator and a driver on one line."""

from collections.abc import Iterable, Sequence
from itertools import pairwise

from contracts.clock import MILLISECOND, VirtualClock
from contracts.records import Scan
from devices.line_pair import line_pair
from devices.scanner.codec import Codec, CodeRead
from devices.scanner.device_side import DeviceSide
from devices.scanner.driver import LineScanner
from devices.scanner.emulator import ScannerEmulator

STEP_NS = 10 * MILLISECOND


def codes(reads: Iterable[CodeRead]) -> list[bytes]:
    return [read.code for read in reads]


def cut(data: bytes, cuts: Sequence[int]) -> list[bytes]:
    """Return a stream in pieces."""
    places = sorted({min(place, len(data)) for place in cuts} | {0, len(data)})
    return [data[a:b] for a, b in pairwise(places)]


def feed_all(codec: Codec, pieces: Iterable[bytes], now_ns: int = 0) -> list[CodeRead]:
    return [read for piece in pieces for read in codec.feed(piece, now_ns)]


class Counter:
    """An emulated scanner and its driver at one counter."""

    def __init__(self, codec: Codec, side: DeviceSide, *, again_ns: int = 500 * MILLISECOND, seed: int = 1) -> None:
        ours, theirs = line_pair()
        self.clock, self.side, self.codec = VirtualClock(), side, codec
        self.emulator = ScannerEmulator("scanner-1", theirs, side, self.clock, seed)
        self.driver = LineScanner("scanner-1", ours, codec, self.clock, presenter=self.emulator, again_ns=again_ns)

    def wait(self, span_ns: int) -> list[Scan]:
        """Let time pass; return what the driver reported."""
        scans: list[Scan] = []
        end_ns = self.clock.now_ns + span_ns
        while self.clock.now_ns < end_ns:
            self.clock.wait_until(self.clock.now_ns + STEP_NS)
            self.emulator.work()
            scans += self.driver.read(self.clock.now_ns)
        return scans

    def shows(self, code: bytes, span_ns: int = 1_000_000_000) -> list[bytes]:
        """Hold a code before it; return what the driver read until the span is over."""
        self.driver.present(code)
        return [scan.code for scan in self.wait(span_ns)]
