"""An emulated reader of faces or fingers: it identifies by itself, or lets the card in it compare."""

from __future__ import annotations

from contracts.biometrics import BioOutcome, Modality
from contracts.clock import MILLISECOND, SECOND, Clock
from contracts.ports import FaultKind
from devices.biometric.parts import PART
from devices.line import Line
from devices.osdp.bio import BioMatched, BioReading, Outcome, read_bio_match, read_bio_read
from devices.osdp.cards import pack_formatted
from devices.osdp.codes import Command, Nak, Reply
from devices.osdp.emulator import FAULTS, OsdpEmulator
from devices.osdp.identity import Can
from devices.osdp.link import Link
from devices.osdp.panel import ACK, Said, nak

MATCH_NS = (300 * MILLISECOND, 800 * MILLISECOND)
"""From the presentation to the answer, as the twin's own readers of fingers take."""
HELD_NS = 3 * SECOND
"""So long somebody stands before a reader that does not ask. Our assumption."""
SCORES = {True: (75, 99), False: (0, 30)}
"""Drawn for a match and for none; how often either comes is for whoever presents."""


class BioEmulator(OsdpEmulator):
    """The device. Everybody with a reference is enrolled; the one called "" is not.

    Args:
        device: device id.
        line: to the ACU.
        clock: of the bench.
        link: the device's own address and key.
        modality: what it reads.
        seed: of delays, scores and noise.

    Faults beside those of all: WRONG takes somebody for the one before.
    """

    faults = FAULTS | {FaultKind.WRONG}

    def __init__(self, device: str, line: Line, clock: Clock, link: Link, modality: Modality, *, seed: int = 0) -> None:
        super().__init__(device, line, clock, link, {Can.BIOMETRICS: (1, 1)}, seed=seed)
        self._modality = modality
        self._there: tuple[str, BioOutcome, int] | None = None
        """Who is before it, how that ends, and until when."""
        self._last = ""
        self._asked = False
        self._due_ns = 0

    def present(self, subject: str, outcome: BioOutcome | None = None) -> None:
        """Present somebody; left out, who has a reference matches, and the one called "" does not."""
        if self._fault is FaultKind.OFF:
            return
        seen = self._last if self._fault in (FaultKind.STUCK, FaultKind.WRONG) else subject
        self._last = self._last if self._fault is FaultKind.STUCK else subject
        ends = outcome or (BioOutcome.MATCHED if seen else BioOutcome.NO_MATCH)
        now_ns = self._clock.now_ns
        self._there, self._asked = (seen, ends, now_ns + HELD_NS), self._asked and not self._card
        self._due_ns = now_ns + int(self._draws.integers(*MATCH_NS))
        if self._card:
            # Who has no card puts in one of nobody's.
            self.pd.tell(Reply.FMT, pack_formatted((seen or "0").encode("ascii", "replace")))

    def obey(self, command: int, data: bytes) -> Said | None:
        """Take note of what to read; a part that it does not read is refused."""
        asked = read_bio_read(data) if command == Command.BIOREAD else read_bio_match(data)
        if command not in (Command.BIOREAD, Command.BIOMATCH):
            return None
        if asked is None:
            return nak(Nak.LENGTH)
        if asked.part != PART[self._modality]:
            return nak(Nak.BIO_TYPE)
        self._asked = True
        return ACK

    def happen(self, now_ns: int) -> None:
        """Tell of whoever is before it, to whoever asked."""
        if self._there is None or now_ns < self._due_ns:
            return
        subject, outcome, until_ns = self._there
        if now_ns > until_ns:
            self._there = None
        elif self._asked:
            self._tell(subject, outcome)
            self._there, self._asked = None, False

    def forget(self) -> None:
        """Nobody is before it, and nobody asked."""
        self._there, self._asked = None, False

    @property
    def _card(self) -> bool:
        return self._modality is Modality.FINGERPRINT_CARD

    def _tell(self, subject: str, outcome: BioOutcome) -> None:
        matched = outcome is BioOutcome.MATCHED
        read = outcome in (BioOutcome.MATCHED, BioOutcome.NO_MATCH)
        ended, score = Outcome.DONE if read else Outcome.FAILED, int(self._draws.integers(*SCORES[matched]))
        if self._card:
            self.pd.tell(Reply.BIOMATCHR, BioMatched(0, ended, score).pack())
            return
        name = subject.encode("ascii", "replace") if matched else b""
        self.pd.tell(Reply.BIOREADR, BioReading(0, ended, PART[self._modality], score, name).pack())
