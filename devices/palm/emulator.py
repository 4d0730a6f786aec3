"""A near-infrared camera that is not there: it serves its pictures over HTTP, and palms are held before it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from contracts.clock import MILLISECOND, SECOND, Clock
from contracts.ports import FaultKind
from contracts.record import Record
from contracts.records import AnswerRecord, PalmScan
from contracts.seeds import stream
from devices.drivers.lines import FarLine
from devices.palm.jpeg import pack
from devices.palm.later import Doing, Later
from devices.palm.seams import Image

PERIOD_NS = SECOND // 15
"""Pictures. Our assumption, as for the twin's own reader."""
HELD_NS = 1200 * MILLISECOND
"""So long a hand stays over it. Our assumption."""
SAMPLES = 3
EACH = 4
"""Pictures of one sample: a hand that moves a little."""
MARK = b"palm"
HEAD = b"HTTP/1.0 200 OK\r\nContent-Type: multipart/x-mixed-replace; boundary=" + MARK + b"\r\n\r\n"
FAULTS = frozenset({FaultKind.OFF, FaultKind.STUCK, FaultKind.GARBAGE, FaultKind.SLOW, FaultKind.INTERMITTENT})
_DARK = (480, 400)
_MOST_ASKED = 4096
Draw = Callable[[str, str], Image]


class PalmStream:
    """The device, as a run drives it. Call `work` often.

    Args:
        device: device id, which names its random stream.
        line: to whoever looks; closed with it.
        clock: of the bench.
        draw: draws a sample of the palm behind a handle.
        seed: of noise.
        doing: does the drawing; None for a thread of its own.

    Faults: OFF sends nothing; STUCK shows the same picture for ever; GARBAGE sends noise in place of pictures; SLOW
    sends two a second; INTERMITTENT leaves out half of them.
    """

    def __init__(
        self,
        device: str,
        line: FarLine,
        clock: Clock,
        draw: Draw,
        *,
        seed: int = 0,
        doing: Doing[bytes] | None = None,
    ) -> None:
        self._line, self._clock, self._draw = line, clock, draw
        self._draws = stream(seed, "palm camera", device)
        self._doing = doing or Later(f"hands over {device}")
        dark = np.full(_DARK, 10, np.uint8)
        self._dark = self._last = pack(dark)
        self._hand: list[bytes] = []
        self._handle = ""
        self._until_ns = self._next_ns = self._shown = self._arrivals = 0
        self._asked = b""
        self._fault: FaultKind | None = None

    def present(self, handle: str) -> None:
        """Hold a palm over it; "" is a stranger's."""
        self._shown += 1
        self._handle, self._hand, self._until_ns = handle, [], 0
        self._begin()

    def live(self, record: Record) -> None:
        """Have the palm of a scan held before it."""
        if isinstance(record, PalmScan):
            self.present(record.handle)

    def orders(self) -> Sequence[AnswerRecord]:
        """A camera asks nothing of the twin."""
        return ()

    def fault(self, kind: FaultKind | None) -> bool:
        """Begin a fault, or end it with None; return whether it can have it."""
        if kind is not None and kind not in FAULTS:
            return False
        self._fault = kind
        return True

    def work(self) -> None:
        """Hear who looks, and send them a picture when one is due."""
        now_ns = self._clock.now_ns
        drawn = self._doing.done()
        if drawn is not None:
            self._until_ns = self._until_ns or now_ns + HELD_NS
            self._hand.append(drawn)
            if len(self._hand) < SAMPLES:
                self._begin()
        self._greet(self._line.read())
        if now_ns < self._next_ns or self._fault is FaultKind.OFF:
            return
        slow = self._fault is FaultKind.SLOW
        self._next_ns = now_ns - now_ns % PERIOD_NS + (SECOND // 2 if slow else PERIOD_NS)
        if self._asked.endswith(b"\r\n\r\n"):
            self._line.write(self._part(self._picture(now_ns)))

    def close(self) -> None:
        """Let go of the line; may be called twice."""
        self._line.close()
        self._doing.close()

    def _begin(self) -> None:
        """Draw the next sample of the palm that is held over it; one at a time, so that nothing else waits for long."""
        handle, name = self._handle, f"shown-{self._shown}-{len(self._hand)}"
        self._doing.begin(lambda: pack(self._draw(handle, name)))

    def _greet(self, heard: bytes) -> None:
        """Begin the stream for whoever has asked for it."""
        if self._line.arrivals != self._arrivals:
            self._arrivals, self._asked = self._line.arrivals, b""
        if heard and not self._asked.endswith(b"\r\n\r\n"):
            self._asked = (self._asked + heard)[-_MOST_ASKED:]
            if self._asked.endswith(b"\r\n\r\n"):
                self._line.write(HEAD)

    def _picture(self, now_ns: int) -> bytes:
        if self._fault is FaultKind.STUCK:
            return self._last
        left_ns = self._until_ns - now_ns
        if left_ns > 0 and self._hand:
            turn = (HELD_NS - left_ns) // (EACH * PERIOD_NS)
            self._last = self._hand[min(turn, len(self._hand) - 1)]
        else:
            self._last = self._dark
        return self._last

    def _part(self, jpeg: bytes) -> bytes:
        if self._fault is FaultKind.INTERMITTENT and self._draws.random() < 0.5:
            return b""
        if self._fault is FaultKind.GARBAGE:
            jpeg = self._draws.bytes(len(jpeg))
        size = str(len(jpeg)).encode()
        return b"--" + MARK + b"\r\nContent-Type: image/jpeg\r\nContent-Length: " + size + b"\r\n\r\n" + jpeg + b"\r\n"
