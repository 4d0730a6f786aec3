"""A scanner on a line: the port of whichever protocol its codec speaks. No thread: it works whenever it is read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Protocol

from contracts.clock import MILLISECOND, Clock
from contracts.errors import UsageError
from contracts.ports import FaultKind, PortInfo, PortKind
from contracts.record import take_due
from contracts.records import Scan
from devices.line import Line
from devices.probing import Probed
from devices.scanner.again import Again
from devices.scanner.codec import Codec, Trouble
from devices.scanner.probing import probe

AGAIN_NS = 500 * MILLISECOND
"""The same code is taken once while it is held there. Our choice: a cashier is slower with a second equal can."""


class Presenter(Protocol):
    """What holds codes before the scanner: an emulator, a display at the bench."""

    def present(self, code: bytes) -> None:
        """Hold a code in front of it."""

    def fault(self, kind: FaultKind | None) -> bool:
        """Make the scanner itself fail, or end that; return whether it can."""


class LineScanner:
    """The driver. Read it at least every 50 ms: the codec's time-outs go by when bytes are fetched.

    Args:
        device: device id.
        line: to the scanner; the driver closes it.
        codec: its protocol.
        clock: of the bench.
        presenter: holds codes before it; without one, `present` is refused.
        again_ns: the same code within this time is taken once; 0 takes all. A scanner of text that waits for ACK
            needs more than its own time-out here, or a lost ACK makes two codes of one.
        model: maker and model.
    """

    def __init__(
        self,
        device: str,
        line: Line,
        codec: Codec,
        clock: Clock,
        *,
        presenter: Presenter | None = None,
        again_ns: int = AGAIN_NS,
        model: str = "scanner on a line",
    ) -> None:
        self.info = PortInfo(device, PortKind.SCANNER, model)
        self._line, self._codec, self._clock, self._presenter = line, codec, clock, presenter
        self._again = Again(again_ns)
        self._scans: list[Scan] = []
        self._off = False
        self.light(on=True)

    @property
    def troubles(self) -> Counter[Trouble]:
        """What went wrong on the wire so far."""
        return self._codec.troubles

    def read(self, until_ns: int) -> Sequence[Scan]:
        """Return what it read after the last call and up to until_ns, oldest first."""
        self._fetch()
        return take_due(self._scans, until_ns)

    def present(self, code: bytes) -> None:
        """Hold a code in front of it.

        Raises:
            UsageError: nothing at this bench can.
        """
        if self._presenter is None:
            raise UsageError(
                "nothing shows codes to this scanner",
                where=self.info.id,
                expected="a display at the bench, or an emulator",
                hint="name a screen for it in the bench file",
            )
        self._presenter.present(code)

    def fault(self, kind: FaultKind | None) -> bool:
        """Begin a fault, or end it with None; any scanner can be OFF: what it says is then not heard."""
        self._off = False
        if self._presenter is not None and self._presenter.fault(kind):
            return True
        self._off = kind is FaultKind.OFF
        return kind in (None, FaultKind.OFF)

    def safe_state(self) -> None:
        """Go dark: told to read nothing, and not heard should it read all the same."""
        self.light(on=False)

    def probe(self) -> Probed:
        """Ask it who it is, and wait for the answer, where its protocol has such a question.

        Raises:
            DeviceUnavailable: it does not answer.
        """
        return probe(self.info.id, self._codec, self._fetch, self._clock)

    def light(self, *, on: bool) -> None:
        """Let it read codes, or let it go dark."""
        self._dark = not on
        self._codec.scan(on, self._clock.now_ns)
        self._send()

    def close(self) -> None:
        """Let go of the line; may be called twice."""
        self._line.close()

    def _fetch(self) -> None:
        now_ns = self._clock.now_ns
        for read in self._codec.feed(self._line.read(), now_ns):
            if not (self._off or self._dark or self._again(read.code, now_ns)):
                self._scans.append(Scan(t_ns=now_ns, source=self.info.id, code=read.code, symbology=read.aim_id))
        self._send()

    def _send(self) -> None:
        if data := self._codec.to_send():
            self._line.write(data)
