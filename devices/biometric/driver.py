"""A reader of faces or fingers that speaks OSDP, as the port `BioReader`: it matches by itself, or the card in it does.

One that *identifies* is asked to read (BIOREAD) and sends, where a template could stand, what its own store calls the
person. With a fingerprint *card* it tells the card's number (FMT), is told to compare (BIOMATCH, with that number where
a template could stand, because the template stays on the card), and answers with a score. OSDP has no word for an
attack: a reader that thinks of one says that the reading failed.
"""

from __future__ import annotations

from typing import Protocol

from contracts.biometrics import BioOutcome, BioScan, Modality
from contracts.clock import SECOND
from contracts.errors import UsageError
from contracts.ports import FaultKind, PortInfo, PortKind
from devices.biometric.parts import BEST, LEAST_SCORE, PART
from devices.osdp.acu import Heard
from devices.osdp.bio import BioMatch, BioRead, Outcome, read_bio_matched, read_bio_reading
from devices.osdp.cards import read_formatted
from devices.osdp.codes import Command, Reply
from devices.osdp.driver import OsdpReader
from devices.osdp.palm import handle_of
from devices.osdp.trouble import Trouble
from devices.osdp.wire import Wire

PATIENCE_NS = 30 * SECOND
"""A reader that did not tell how a reading ended is asked anew. Our choice."""
FAILED = "it could not be read; please try again"


class Presenter(Protocol):
    """What presents people to the reader: an emulator."""

    def present(self, subject: str) -> None:
        """Present somebody."""

    def fault(self, kind: FaultKind | None) -> bool:
        """Make the reader itself fail, or end that; return whether it can."""


class OsdpBioReader(OsdpReader[BioScan]):
    """The driver.

    Args:
        device: device id.
        wire: to the reader. Without a key references go over the line in clear.
        modality: what it reads.
        presenter: presents people to it; without one, `present` is refused.
        model: maker and model.
    """

    def __init__(
        self,
        device: str,
        wire: Wire,
        modality: Modality,
        *,
        presenter: Presenter | None = None,
        model: str = "OSDP biometric reader",
    ) -> None:
        info = PortInfo(device, PortKind.BIO_READER, model)
        super().__init__(info, wire, faults=None if presenter is None else presenter.fault)
        self._modality, self._presenter = modality, presenter
        self._asked: tuple[int, int] | None = None
        """In which session and when it was asked to read."""
        self._card = ""

    def present(self, subject: str) -> None:
        """Present somebody enrolled.

        Raises:
            UsageError: nothing at this bench can.
        """
        if self._presenter is None:
            expected = "an emulator; before a real reader a person"
            raise UsageError("nothing presents people to this reader", where=self.info.id, expected=expected)
        self._presenter.present(subject)

    def ask(self, now_ns: int) -> None:
        """Have it read the next person, if it identifies and is not at it already."""
        if self._modality is Modality.FINGERPRINT_CARD or not self.acu.ready:
            return
        if self._asked is not None:
            session, at_ns = self._asked
            if session == self.acu.sessions and now_ns - at_ns < PATIENCE_NS:
                return
        self._asked = self.acu.sessions, now_ns
        self.acu.command(Command.BIOREAD, BioRead(0, PART[self._modality]).pack())

    def hear(self, heard: Heard, now_ns: int) -> BioScan | None:
        """Return the record of a presentation."""
        match heard.reply:
            case Reply.BIOREADR:
                return self._identified(heard.data, now_ns)
            case Reply.BIOMATCHR:
                return self._verified(heard.data, now_ns)
            case Reply.FMT if self._modality is Modality.FINGERPRINT_CARD:
                self._card = handle_of(read_formatted(heard.data) or b"")
                told = BioMatch(0, self._card.encode("ascii", "replace"), PART[self._modality])
                self.acu.command(Command.BIOMATCH, told.pack())
        return None

    def _identified(self, data: bytes, now_ns: int) -> BioScan | None:
        reading, self._asked = read_bio_reading(data), None
        if reading is None:
            self.troubles[Trouble.BROKEN] += 1
            return None
        if reading.outcome == Outcome.TIMED_OUT:
            return None
        subject = handle_of(reading.data) if reading.outcome == Outcome.DONE else ""
        return self._scan(reading.outcome, subject, reading.quality, now_ns)

    def _verified(self, data: bytes, now_ns: int) -> BioScan | None:
        matched, card = read_bio_matched(data), self._card
        self._card = ""
        if matched is None or not card:
            self.troubles[Trouble.BROKEN if matched is None else Trouble.STRAY] += 1
            return None
        if matched.outcome == Outcome.TIMED_OUT:
            return None
        return self._scan(matched.outcome, card if matched.score >= LEAST_SCORE else "", matched.score, now_ns)

    def _scan(self, ended: int, subject: str, score: int, now_ns: int) -> BioScan:
        outcome = BioOutcome.MATCHED if subject else BioOutcome.NO_MATCH
        if ended != Outcome.DONE:
            outcome, subject = BioOutcome.NOT_ACQUIRED, ""
        return BioScan(
            t_ns=now_ns,
            source=self.info.id,
            modality=self._modality,
            outcome=outcome,
            subject=subject,
            score=score / BEST,
            threshold=LEAST_SCORE / BEST,
            why=FAILED if outcome is BioOutcome.NOT_ACQUIRED else "",
        )
