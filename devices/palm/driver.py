"""A palm reader that is a near-infrared camera, as the port `PalmReader`: pictures in, handles out, no picture kept."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Protocol

from contracts.clock import SECOND, Clock
from contracts.errors import DeviceUnavailable, UsageError
from contracts.palms import PalmAnswer
from contracts.ports import FaultKind, PortInfo, PortKind
from contracts.record import take_due
from contracts.records import PalmScan
from devices.line import Line
from devices.palm.jpeg import grey
from devices.palm.later import Doing, Later
from devices.palm.parts import Parts
from devices.palm.presentation import Presentation, hand_there
from devices.palm.seams import Matcher
from devices.palm.silence import AGAIN_NS, SILENT_NS, no_picture
from devices.probing import Probed

_LOOK_NS = SECOND // 100
_MOST_READS = 16
"""Of a line at one call; a stream brings more than one reading takes."""
_PATIENCE_NS = 5 * SECOND


class Presenter(Protocol):
    """What holds palms over the reader: an emulator."""

    def present(self, handle: str) -> None:
        """Hold a palm over it."""

    def fault(self, kind: FaultKind | None) -> bool:
        """Make the reader itself fail, or end that; return whether it can."""


class ImagePalmReader:
    """The driver. Read it every 50 ms; matching is done beside it.

    Args:
        device: device id.
        connect: opens the line, also again after it was lost.
        request: what asks for the pictures.
        clock: of the bench.
        matcher: knows palms.
        presenter: holds palms over it; without one, `present` is refused.
        doing: does the matching; None for a thread of its own.
    """

    def __init__(
        self,
        device: str,
        connect: Callable[[], Line],
        request: bytes,
        clock: Clock,
        matcher: Matcher,
        *,
        presenter: Presenter | None = None,
        doing: Doing[PalmAnswer] | None = None,
    ) -> None:
        self.info = PortInfo(device, PortKind.PALM_READER, "near-infrared camera, MJPEG")
        self._connect, self._request, self._clock, self._matcher = connect, request, clock, matcher
        self._presenter, self._doing = presenter, doing or Later(f"palms of {device}")
        self._line: Line | None = None
        self._parts, self._hand = Parts(), Presentation()
        self._gone: DeviceUnavailable | None = None
        self._open_ns = 0
        self._seen_ns = clock.now_ns
        self._scans: list[PalmScan] = []
        self._off = self._dark = False
        self.pictures = self.broken = 0
        """Pictures so far, and those that were none."""

    @property
    def complaint(self) -> DeviceUnavailable | None:
        """Why it cannot be used now and what to try, None while pictures come."""
        silent_ns = self._clock.now_ns - self._seen_ns
        if self._gone is None and silent_ns <= SILENT_NS:
            return None
        return self._gone or no_picture(self.info.id, silent_ns, self.broken, self._parts.refused)

    def read(self, until_ns: int) -> Sequence[PalmScan]:
        """Return what it reported after the last call and up to until_ns, oldest first."""
        now_ns = self._clock.now_ns
        try:
            self._work(now_ns)
        except DeviceUnavailable as error:
            self._lose(error, now_ns)
        self._tell(self._doing.done(), now_ns)
        return take_due(self._scans, until_ns)

    def present(self, handle: str) -> None:
        """Hold an enrolled palm over it.

        Raises:
            UsageError: nothing at this bench can.
        """
        if self._presenter is None:
            expected = "an emulator; before a real reader a person"
            raise UsageError("nothing holds palms over this reader", where=self.info.id, expected=expected)
        self._presenter.present(handle)

    def fault(self, kind: FaultKind | None) -> bool:
        """Begin a fault, or end it with None; any reader can be OFF: its pictures are then not looked at."""
        self._off = False
        if self._presenter is not None and self._presenter.fault(kind):
            return True
        self._off = kind is FaultKind.OFF
        return kind in (None, FaultKind.OFF)

    def safe_state(self) -> None:
        """Go dark: no picture is looked at."""
        self._dark = True

    def probe(self) -> Probed:
        """Wait for a picture.

        Raises:
            DeviceUnavailable: none comes; says what to try.
        """
        until_ns, before = self._clock.now_ns + _PATIENCE_NS, self.pictures
        asked_ns = self._clock.now_ns
        while self.pictures == before:
            self.read(0)
            if self._gone or self._parts.refused or self._clock.now_ns >= until_ns:
                raise self._gone or no_picture(self.info.id, _PATIENCE_NS, self.broken, self._parts.refused)
            self._clock.wait_until(self._clock.now_ns + _LOOK_NS)
        return Probed(self.info.model, "", self._clock.now_ns - asked_ns)

    def close(self) -> None:
        """Let go of the line; may be called twice."""
        if self._line is not None:
            self._line.close()
        self._doing.close()

    def _work(self, now_ns: int) -> None:
        if self._line is None:
            if now_ns < self._open_ns:
                return
            self._line, self._gone, self._parts = self._connect(), None, Parts()
            self._line.write(self._request)
        for _ in range(_MOST_READS):
            data = self._line.read()
            for jpeg in self._parts.feed(data):
                self._look(jpeg, now_ns)
            if not data:
                break
        self._report(self._hand.passes(now_ns), now_ns)

    def _look(self, jpeg: bytes, now_ns: int) -> None:
        """Take a picture; hand it on when there is a hand to be known, and forget it."""
        image = grey(jpeg)
        if image is None:
            self.broken += 1
            return
        self.pictures, self._seen_ns = self.pictures + 1, now_ns
        if self._hand.sees(hand_there(image), now_ns) and not (self._off or self._dark):
            self._doing.begin(lambda: self._matcher.recognise(image))

    def _tell(self, answer: PalmAnswer | None, now_ns: int) -> None:
        if answer is not None:
            self._report(self._hand.answered(answer), now_ns)

    def _report(self, answer: PalmAnswer | None, now_ns: int) -> None:
        if answer is None or self._off or self._dark:
            return
        quality = min(max(answer.quality, 0.0), 1.0)
        source = self.info.id
        self._scans.append(PalmScan(t_ns=now_ns, source=source, handle=answer.handle, quality=quality, why=answer.why))

    def _lose(self, error: DeviceUnavailable, now_ns: int) -> None:
        if self._line is not None:
            self._line.close()
        self._line, self._gone, self._open_ns = None, error, now_ns + AGAIN_NS
