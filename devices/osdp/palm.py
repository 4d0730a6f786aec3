"""A palm reader that speaks OSDP, as the port `PalmReader`: it matches by itself, and no template leaves the driver.

Two ways. A reader that *identifies* is asked to read (BIOREAD) and sends, where a template could stand, what its own
store of palms calls this one: the handle. A reader that *verifies* is told by a card or a code whose palm to expect,
and is given that palm's template to compare (BIOMATCH).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Protocol

from contracts.checkout import PalmEnrolled
from contracts.clock import SECOND
from contracts.errors import DeviceUnavailable, UsageError
from contracts.ports import FaultKind, PortInfo, PortKind
from contracts.records import PalmScan
from devices.osdp.acu import Heard
from devices.osdp.bio import BioMatch, BioRead, BodyPart, Outcome, read_bio_matched, read_bio_reading
from devices.osdp.cards import read_formatted
from devices.osdp.codes import Command, Reply, nak_text
from devices.osdp.driver import OsdpReader
from devices.osdp.trouble import Trouble
from devices.osdp.wire import Wire


@dataclass(frozen=True, slots=True)
class PalmWay:
    """How a palm reader is used.

    Args:
        verifies: it compares with a template that it is given, else it knows palms by itself.
        templates: of enrolled palms by their handles, for a reader that verifies. Hidden in prints.
        part: what it reads. No code says palm.
        form: of its data, 0 is its own.
        best: the best quality and score. Source: the Rust package osdp says 0 to 100; the bytes have room for 255.
        least_score: a match must be so good, of `best`. Our choice; the reader's own threshold comes first.
        patience_ns: a reader that did not tell how a reading ended is asked anew. Our choice.
    """

    verifies: bool = False
    templates: Mapping[str, bytes] = field(default_factory=dict, repr=False)
    part: int = BodyPart.ANY
    form: int = 0
    best: int = 100
    least_score: int = 50
    patience_ns: int = 30 * SECOND


class Presenter(Protocol):
    """What holds palms over the reader: an emulator."""

    def present(self, handle: str) -> None:
        """Hold a palm over it."""

    def fault(self, kind: FaultKind | None) -> bool:
        """Make the reader itself fail, or end that; return whether it can."""


class OsdpPalmReader(OsdpReader[PalmScan | PalmEnrolled]):
    """Palms by BIOREAD or BIOMATCH.

    Args:
        device: device id.
        wire: to the reader. Without a key handles go over the line in clear.
        way: how it is used.
        presenter: holds palms over it; without one, `present` is refused.
        model: maker and model.
    """

    def __init__(
        self,
        device: str,
        wire: Wire,
        way: PalmWay | None = None,
        *,
        presenter: Presenter | None = None,
        model: str = "OSDP palm reader",
    ) -> None:
        faults = None if presenter is None else presenter.fault
        info = PortInfo(device, PortKind.PALM_READER, model)
        super().__init__(info, wire, faults)
        self._way, self._presenter = way or PalmWay(), presenter
        self._asked: tuple[int, int] | None = None
        """In which session and when it was asked to read."""
        self._claim = ""
        self._refused = 0

    @property
    def complaint(self) -> DeviceUnavailable | None:
        """Why it cannot be used now and what to try, None when it can, or has only just begun."""
        if self._refused and super().complaint is None:
            return DeviceUnavailable(
                "the reader reads no palms",
                where=self.info.id,
                expected="an answer to BIOREAD or BIOMATCH",
                found=nak_text(self._refused),
                hint="check that it is a palm reader, and the body part and format of its profile",
            )
        return super().complaint

    def present(self, handle: str) -> None:
        """Hold an enrolled palm over it.

        Raises:
            UsageError: nothing at this bench can.
        """
        if self._presenter is None:
            raise UsageError(
                "nothing holds palms over this reader",
                where=self.info.id,
                expected="an emulator; before a real reader a person",
            )
        self._presenter.present(handle)

    def template_of(self, handle: str) -> bytes | None:
        """Return the template of somebody enrolled, None for nobody."""
        return self._way.templates.get(handle)

    def ask(self, now_ns: int) -> None:
        """Have it read the next palm, if it identifies and is not at it already."""
        if self._way.verifies or not self.acu.ready:
            return
        if self._asked is not None:
            session, at_ns = self._asked
            if session == self.acu.sessions and now_ns - at_ns < self._way.patience_ns:
                return
        self._asked = self.acu.sessions, now_ns
        self.acu.command(Command.BIOREAD, BioRead(0, self._way.part, self._way.form).pack())

    def hear(self, heard: Heard, now_ns: int) -> PalmScan | PalmEnrolled | None:
        """Return the record of a palm."""
        match heard.reply:
            case Reply.BIOREADR:
                return self._identified(heard.data, now_ns)
            case Reply.BIOMATCHR:
                return self._verified(heard.data, now_ns)
            case Reply.FMT if self._way.verifies:
                return self._claimed(heard.data, now_ns)
            case Reply.NAK if heard.command in (Command.BIOREAD, Command.BIOMATCH):
                self._refused = heard.data[0] if heard.data else 0
        return None

    def _identified(self, data: bytes, now_ns: int) -> PalmScan | None:
        reading = read_bio_reading(data)
        self._asked, self._refused = None, 0
        if reading is None:
            self.troubles[Trouble.BROKEN] += 1
        if reading is None or reading.outcome != Outcome.DONE:
            return None
        return self._record(handle_of(reading.data), reading.quality, now_ns)

    def _claimed(self, data: bytes, now_ns: int) -> PalmScan | None:
        """Give the reader the template of whoever is said to come; nobody matches one who is not enrolled."""
        claim = handle_of(read_formatted(data) or b"")
        template = self.template_of(claim)
        if template is None:
            return self._record("", 0, now_ns)
        self._claim = claim
        self.acu.command(Command.BIOMATCH, BioMatch(0, template, self._way.part, self._way.form).pack())
        return None

    def _verified(self, data: bytes, now_ns: int) -> PalmScan | None:
        matched, claim = read_bio_matched(data), self._claim
        self._claim, self._refused = "", 0
        if matched is None or not claim:
            self.troubles[Trouble.BROKEN if matched is None else Trouble.STRAY] += 1
            return None
        if matched.outcome == Outcome.TIMED_OUT:
            return None
        right = matched.outcome == Outcome.DONE and matched.score >= self._way.least_score
        return self._record(claim if right else "", matched.score, now_ns)

    def _record(self, handle: str, quality: int, now_ns: int) -> PalmScan:
        return PalmScan(t_ns=now_ns, source=self.info.id, handle=handle, quality=min(1.0, quality / self._way.best))


def handle_of(data: bytes) -> str:
    """Return what a reader calls a palm: printable characters as they are, any other bytes in hexadecimal."""
    text = data.decode("ascii", "replace")
    return text if text.isprintable() and "\ufffd" not in text else data.hex()
