"""Palms enrolled and deleted in the store: consent in the app, an order to the reader, a handle that is known."""

from __future__ import annotations

from collections.abc import Callable

from contracts.checkout import PalmAction, PalmEnrolled, PalmOrder, PhoneAction, PhoneRequest, PhoneView
from contracts.layout import Layout
from contracts.records import AnswerRecord
from stack.visits.identity import AccountBook

HOLD = "Please hold your palm over the reader, three times."
KNOWN = "Your palm is known here now."


class PalmDesk:
    """Who is being enrolled where.

    Args:
        layout: the store, for its palm readers.
        book: whose palms those are.
        say: sends an answer.
    """

    def __init__(self, layout: Layout, book: AccountBook, say: Callable[[AnswerRecord], None]) -> None:
        self._readers = {gate.palm_reader for gate in layout.gates} | {till.palm_reader for till in layout.tills}
        self._book, self._say = book, say
        self._asked: dict[str, PhoneRequest] = {}
        self._orders = 0

    def take(self, request: PhoneRequest, now_ns: int) -> None:
        """Take what the app says of a palm; deletion goes to the readers before the book forgets whose it was."""
        if request.action is PhoneAction.ENROL_PALM:
            self._enrol(request, now_ns)
        elif request.action is PhoneAction.FORGET_PALM:
            self._asked = {key: one for key, one in self._asked.items() if one.account != request.account}
            for handle in self._book.palms_of(request.account):
                self._forget(handle, now_ns)

    def enrolled(self, record: PalmEnrolled, now_ns: int) -> None:
        """Hear what a reader made of it; a palm whose owner has meanwhile thought better of it is deleted there."""
        asked = self._asked.pop(record.key, None)
        if asked is None:
            if record.handle:
                self._forget(record.handle, now_ns)
            return
        if record.handle:
            self._book.know_palm(record.handle, asked.account)
        self._show(asked.source, KNOWN if record.handle else f"Not enrolled: {record.why}.", now_ns)

    def _enrol(self, request: PhoneRequest, now_ns: int) -> None:
        """Order an enrolment, if somebody agreed to something before a reader of ours."""
        refusal = ""
        if not (request.account and request.wording):
            refusal = "Nobody is enrolled without agreeing to it."
        elif not request.device or request.device not in self._readers:
            refusal = "There is no such palm reader here."
        elif self._book.palms_of(request.account):
            refusal = "Your palm is known here already. Delete it first to enrol anew."
        if refusal:
            self._show(request.source, refusal, now_ns)
            return
        key = self._key()
        self._asked[key] = request
        self._say(
            PalmOrder(
                t_ns=now_ns,
                source="stack",
                key=key,
                action=PalmAction.ENROL,
                reader=request.device,
                account=request.account,
                wording=request.wording,
            )
        )
        self._show(request.source, HOLD, now_ns)

    def _forget(self, handle: str, now_ns: int) -> None:
        """Tell all readers to keep nothing of a palm."""
        self._say(PalmOrder(t_ns=now_ns, source="stack", key=self._key(), action=PalmAction.FORGET, handle=handle))

    def _key(self) -> str:
        self._orders += 1
        return f"palm-order-{self._orders}"

    def _show(self, phone: str, text: str, now_ns: int) -> None:
        self._say(PhoneView(t_ns=now_ns, source="stack", phone=phone, text=text))
