"""An emulated palm reader: it identifies by itself, or compares a palm with a template that it is given."""

from __future__ import annotations

from hashlib import sha256

from contracts.clock import MILLISECOND, SECOND, Clock
from contracts.ports import FaultKind
from devices.line import Line
from devices.osdp.bio import BioMatch, BioMatched, BioReading, Outcome, read_bio_match, read_bio_read
from devices.osdp.cards import pack_formatted
from devices.osdp.codes import Command, Nak, Reply
from devices.osdp.crypto import same
from devices.osdp.emulator import FAULTS, OsdpEmulator
from devices.osdp.identity import Can
from devices.osdp.link import Link
from devices.osdp.panel import ACK, Said, nak

MATCH_NS = (110 * MILLISECOND, 230 * MILLISECOND)
"""From the palm over the reader to its answer, as the twin's own reader takes."""
HELD_NS = 3 * SECOND
"""So long a palm is held over a reader that does not ask for it. Our assumption."""
QUALITY = (75, 99)
_WORST = 30
"""The best score of a palm that is another."""


def made_up_template(handle: str) -> bytes:
    """Return the template of an emulated palm: bytes without a meaning, of the size of a compact one."""
    return b"".join(sha256(f"palm {handle} {part}".encode()).digest() for part in range(8))


class PalmEmulator(OsdpEmulator):
    """The device. Every palm with a handle is enrolled; the one called "" is not.

    Args:
        device: device id.
        line: to the ACU.
        clock: of the bench.
        link: the device's own address and key.
        verifies: it tells who claims to come, and compares; else it identifies by itself.
        seed: of delays, qualities and noise.
        strict: with a key, it obeys in the secure channel only.

    Faults beside those of all: WRONG takes a palm for the one before it.
    """

    faults = FAULTS | {FaultKind.WRONG}

    def __init__(
        self,
        device: str,
        line: Line,
        clock: Clock,
        link: Link,
        *,
        verifies: bool = False,
        seed: int = 0,
        strict: bool = True,
    ) -> None:
        super().__init__(device, line, clock, link, {Can.BIOMETRICS: (1, 1)}, seed=seed, strict=strict)
        self._verifies = verifies
        self._palm: tuple[str, int] | None = None
        """What is over it, and until when."""
        self._last = ""
        self._asked: BioMatch | None = None
        self._reads = False
        self._due_ns = 0

    def present(self, handle: str, claim: str | None = None) -> None:
        """Hold a palm over it, of somebody who claims to be `claim` where the reader verifies."""
        if self._fault is FaultKind.OFF:
            return
        # A reader that is stuck, or takes one for another, sees the palm before this one.
        seen = self._last if self._fault in (FaultKind.STUCK, FaultKind.WRONG) else handle
        self._last = self._last if self._fault is FaultKind.STUCK else handle
        now_ns = self._clock.now_ns
        self._palm = seen, now_ns + HELD_NS
        self._due_ns = now_ns + int(self._draws.integers(*MATCH_NS))
        if self._verifies:
            self.pd.tell(Reply.FMT, pack_formatted((handle if claim is None else claim).encode("ascii", "replace")))

    def obey(self, command: int, data: bytes) -> Said | None:
        """Take note of what to read."""
        match command:
            case Command.BIOREAD:
                asked = read_bio_read(data)
                self._reads = asked is not None
                return ACK if asked else nak(Nak.LENGTH)
            case Command.BIOMATCH:
                self._asked = read_bio_match(data)
                return ACK if self._asked else nak(Nak.LENGTH)
            case Command.ABORT:
                self._reads, self._asked = False, None
                return ACK
        return None

    def happen(self, now_ns: int) -> None:
        """Tell of the palm that is over it, to whoever asked."""
        if self._palm is None or now_ns < self._due_ns:
            return
        handle, until_ns = self._palm
        if now_ns > until_ns:
            self._palm = None
        elif self._asked is not None:
            self._compare(handle, self._asked)
        elif self._reads:
            # One that verifies knows nobody: it sends the template, for whoever asked to keep it.
            read = made_up_template(handle) if self._verifies else handle.encode("ascii", "replace")
            reading = BioReading(0, Outcome.DONE, 0, self._score(QUALITY), read)
            self.pd.tell(Reply.BIOREADR, reading.pack())
            self._reads, self._palm = False, None

    def forget(self) -> None:
        """Nothing is over it, and nobody asked."""
        self._palm, self._asked, self._reads = None, None, False

    def _compare(self, handle: str, asked: BioMatch) -> None:
        matches = bool(handle) and same(asked.template, made_up_template(handle))
        score = self._score(QUALITY if matches else (0, _WORST))
        self.pd.tell(Reply.BIOMATCHR, BioMatched(0, Outcome.DONE, score).pack())
        self._asked, self._palm = None, None

    def _score(self, span: tuple[int, int]) -> int:
        return int(self._draws.integers(*span))
