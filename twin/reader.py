"""What a shopper holds something up to: code scanners and palm readers; and screens."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Generic, TypeVar

from contracts.checkout import PalmEnrolled
from contracts.clock import MILLISECOND
from contracts.held import HeldPhone
from contracts.palms import PalmAnswer
from contracts.ports import FaultKind, PortInfo, PortKind
from contracts.record import Record, take_due
from contracts.records import PalmScan, Scan, ScreenCommand
from contracts.seeds import stream
from twin.palm_enrolling import Enrolled
from twin.scanner_look import look

R = TypeVar("R", bound=Record)

DECODE_NS = (80 * MILLISECOND, 150 * MILLISECOND)
"""From the code before the window to the code on the wire. Our assumption, for a 2D imager."""
MATCH_NS = (110 * MILLISECOND, 230 * MILLISECOND)
"""From the palm over the reader to its answer: a picture or two at 15 a second, our assumption, and being known among
100 000, which takes 52 ms or less in 95 of 100 cases. Source: `make bench ONLY=palm`."""
QUALITY = (0.75, 0.99)
"""Of an enrolled palm that is held well."""


class Mailbox(Generic[R]):
    """Records on their way out of a device; each is delivered when its time has come.

    Args:
        seed: the scenario's seed.
        device: device id; each device draws its own delays.
    """

    def __init__(self, seed: int, device: str) -> None:
        self.now_ns = 0
        self.off = False
        self.draws = stream(seed, "reader", device)
        self._waiting: list[R] = []

    def later(self, span_ns: tuple[int, int]) -> int:
        """Return a moment after a drawn delay, nanoseconds."""
        return self.now_ns + int(self.draws.integers(*span_ns))

    def post(self, record: R) -> None:
        """Send a record, unless the device is off."""
        if not self.off:
            self._waiting.append(record)

    def read(self, until_ns: int) -> Sequence[R]:
        """Return what is due up to until_ns, oldest first."""
        return take_due(self._waiting, until_ns)

    def fault(self, kind: FaultKind | None) -> bool:
        """Begin or end a fault: an OFF device says nothing."""
        if kind not in (None, FaultKind.OFF):
            return False
        self.off = kind is FaultKind.OFF
        return True


class Device(Generic[R]):
    """What all readers have in common."""

    def __init__(self, device: str, kind: PortKind, seed: int) -> None:
        self.info = PortInfo(device, kind)
        self._box: Mailbox[R] = Mailbox(seed, device)

    def advance(self, now_ns: int) -> None:
        """Let time pass."""
        self._box.now_ns = now_ns

    def read(self, until_ns: int) -> Sequence[R]:
        """Return what it reported after the last call and up to until_ns, oldest first."""
        return self._box.read(until_ns)

    def fault(self, kind: FaultKind | None) -> bool:
        """Begin a fault, or end it with None; return whether the device can have it."""
        return self._box.fault(kind)

    def safe_state(self) -> None:
        """Nothing here can hurt anybody."""


class TwinScanner(Device[Scan]):
    """Reads the code on a phone; where it is said how that is held, by looking at it."""

    def __init__(self, device: str, seed: int) -> None:
        super().__init__(device, PortKind.SCANNER, seed)
        self._looks = stream(seed, "imager", device)

    def present(self, code: bytes, symbology: str = "]Q1", held: HeldPhone | None = None) -> None:
        """Hold a code in front of it."""
        at_ns = self._box.later(DECODE_NS)
        if held is not None:
            read = look(code, held, self._looks)
            if read is None:
                return
            code, symbology = read
        self._box.post(Scan(t_ns=at_ns, source=self.info.id, code=code, symbology=symbology))


class TwinPalmReader(Device[PalmScan | PalmEnrolled]):
    """Knows enrolled palms by opaque handles and reports nothing else of them."""

    def __init__(self, device: str, seed: int) -> None:
        super().__init__(device, PortKind.PALM_READER, seed)

    def present(self, handle: str) -> None:
        """Hold a palm over it; "" is a palm that is not enrolled."""
        self.tell(PalmAnswer(handle=handle, quality=round(float(self._box.draws.uniform(*QUALITY)), 3)))

    def tell(self, answer: PalmAnswer | Enrolled | None) -> None:
        """Report what it makes of a hand, as late as such a reader does."""
        at_ns = self._box.later(MATCH_NS)
        if answer is None:  # more pictures are wanted
            return
        if isinstance(answer, Enrolled):
            made = PalmEnrolled(t_ns=at_ns, source=self.info.id, key=answer.key, handle=answer.handle, why=answer.why)
            self._box.post(made)
            return
        said = PalmScan(t_ns=at_ns, source=self.info.id, handle=answer.handle, quality=answer.quality, why=answer.why)
        self._box.post(said)


class TwinScreen(Device[Record]):
    """Shows text; reports nothing."""

    def __init__(self, device: str, seed: int) -> None:
        super().__init__(device, PortKind.SCREEN, seed)
        self.text, self.code = "", b""

    def show(self, command: ScreenCommand) -> None:
        """Show it until the next."""
        if not self._box.off:
            self.text, self.code = command.text, command.code
