"""A palm reader that verifies, and enrols by order: a card says who, and the template that it then reads is kept."""

from __future__ import annotations

from typing import Any

from contracts.checkout import PalmAction, PalmEnrolled, PalmOrder
from contracts.clock import SECOND
from contracts.records import PalmScan
from devices.osdp.acu import Heard
from devices.osdp.bio import BioRead, Outcome, read_bio_reading
from devices.osdp.cards import read_formatted
from devices.osdp.codes import Command, Reply
from devices.osdp.palm import OsdpPalmReader, handle_of

WAITS_NS = 30 * SECOND
"""After so long without a palm an enrolment is given up, as the twin's own reader does. Our assumption."""


class EnrollingPalmReader(OsdpPalmReader):
    """OSDP has no command to enrol: BIOREAD sends the template of a palm, and BIOMATCH is given it later.

    Templates that were made so are in this driver's memory alone, and nothing of them leaves it but to the reader.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._made: dict[str, bytes] = {}
        self._gone: set[str] = set()
        self._order: PalmOrder | None = None
        self._newcomer = ""
        self._until_ns = 0

    def order(self, order: PalmOrder) -> None:
        """Take whoever comes next as somebody new, or keep nothing of a handle."""
        if order.action is PalmAction.FORGET:
            self._gone.add(order.handle)
            self._made.pop(order.handle, None)
            return
        self._order, self._newcomer = order, ""
        self._until_ns = self._clock.now_ns + WAITS_NS

    def template_of(self, handle: str) -> bytes | None:
        """Return the template of somebody enrolled, None for nobody."""
        if handle in self._gone:
            return None
        return self._made.get(handle) or super().template_of(handle)

    def hear(self, heard: Heard, now_ns: int) -> PalmScan | PalmEnrolled | None:
        """Return what came of a palm: known or not, or enrolled."""
        if self._order is not None and now_ns > self._until_ns:
            self._order = None
        if self._order is not None and heard.reply == Reply.FMT:
            self._newcomer = handle_of(read_formatted(heard.data) or b"")
            self.acu.command(Command.BIOREAD, BioRead(0, self._way.part, self._way.form).pack())
            return None
        if self._order is not None and self._newcomer and heard.reply == Reply.BIOREADR:
            return self._enrolled(heard.data, self._order, now_ns)
        return super().hear(heard, now_ns)

    def _enrolled(self, data: bytes, order: PalmOrder, now_ns: int) -> PalmEnrolled:
        reading, handle = read_bio_reading(data), self._newcomer
        self._order, self._newcomer = None, ""
        read = reading is not None and reading.outcome == Outcome.DONE and bool(reading.data)
        why = "" if read else "the reader could not read the palm"
        if read and self.template_of(handle) is not None:
            why = "this palm is enrolled already"
        if reading is not None and not why:
            self._made[handle] = reading.data
            self._gone.discard(handle)
        made = "" if why else handle
        return PalmEnrolled(t_ns=now_ns, source=self.info.id, key=order.key, handle=made, why=why)
