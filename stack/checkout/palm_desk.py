"""Palms, faces and fingers enrolled and deleted in the store: consent in the app, an order to the reader, a handle."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from contracts.biometrics import Modality, reads
from contracts.checkout import PalmAction, PalmEnrolled, PalmOrder, PhoneAction, PhoneRequest, PhoneView
from contracts.layout import Layout
from contracts.records import AnswerRecord
from stack.visits.identity import AccountBook

HOLD = "Please hold your palm over the reader, three times."
KNOWN = "Your palm is known here now."
_HOLD = {
    "palm": HOLD,
    "face": "Please look at the reader, three times.",
    "fingerprint": "Please put your finger on the reader, three times.",
}


class PalmDesk:
    """Who is being enrolled where.

    Args:
        layout: the store, for its readers.
        book: whose palms those are.
        say: sends an answer.
        run: stands before the keys of this process's orders, so that no answer to an earlier one's is taken for ours.
    """

    def __init__(self, layout: Layout, book: AccountBook, say: Callable[[AnswerRecord], None], run: str = "") -> None:
        self._reads = {reader: reads for reader, reads in _readers(layout) if reader}
        self._book, self._say, self._run = book, say, run
        self._asked: dict[str, PhoneRequest] = {}
        self._orders = 0

    def take(self, request: PhoneRequest, now_ns: int) -> None:
        """Take what the app says of a palm; deletion goes to the readers before the book forgets whose it was."""
        if request.action is PhoneAction.ENROL_PALM:
            self._enrol(request, now_ns)
        elif request.action is PhoneAction.FORGET_PALM:
            trait, account = _trait(request), request.account
            same = {key for key, one in self._asked.items() if one.account == account and _trait(one) == trait}
            self._asked = {key: one for key, one in self._asked.items() if key not in same}
            for handle in self._known(account, trait):
                self._forget(handle, now_ns)
            for modality in _modalities(trait):
                self._book.subjects.forget(account, modality)

    def enrolled(self, record: PalmEnrolled, now_ns: int) -> None:
        """Hear what a reader made of it; a palm whose owner has meanwhile thought better of it is deleted there."""
        asked = self._asked.pop(record.key, None)
        if asked is None:
            if record.handle:
                self._forget(record.handle, now_ns)
            return
        if record.handle:
            self._know(asked, record)
        known = KNOWN.replace("palm", _trait(asked))
        self._show(asked.source, known if record.handle else f"Not enrolled: {record.why}.", now_ns)

    def _enrol(self, request: PhoneRequest, now_ns: int) -> None:
        """Order an enrolment, if somebody agreed to something before a reader of ours."""
        refusal = ""
        if not (request.account and request.wording):
            refusal = "Nobody is enrolled without agreeing to it."
        elif not self._fits(request):
            refusal = f"There is no such {_trait(request)} reader here."
        elif self._known(request.account, _trait(request)):
            refusal = f"Your {_trait(request)} is known here already. Delete it first to enrol anew."
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
        self._show(request.source, _HOLD[_trait(request)], now_ns)

    def _fits(self, request: PhoneRequest) -> bool:
        """Whether the reader takes what was agreed to: a consent to one's palm is none to one's face."""
        trait, takes = _trait(request), self._reads.get(request.device, "")
        return takes == trait if trait == "palm" else reads(takes, trait)

    def _known(self, account: str, trait: str) -> tuple[str, ...]:
        """Return by what an account's owner is known already."""
        if trait == "palm":
            return self._book.palms_of(account)
        return tuple(ref for modality in _modalities(trait) for ref in self._book.subjects.of(account, modality))

    def _know(self, asked: PhoneRequest, record: PalmEnrolled) -> None:
        if _trait(asked) == "palm":
            self._book.know_palm(record.handle, asked.account)
        else:
            self._book.subjects.know(Modality(self._reads[record.source]), record.handle, asked.account)

    def remind(self, handles: Sequence[str], now_ns: int) -> None:
        """Tell the readers once more to keep nothing of what was deleted before the last start."""
        for handle in handles:
            self._forget(handle, now_ns)

    def _forget(self, handle: str, now_ns: int) -> None:
        """Tell all readers to keep nothing of a palm."""
        self._say(PalmOrder(t_ns=now_ns, source="stack", key=self._key(), action=PalmAction.FORGET, handle=handle))

    def _key(self) -> str:
        self._orders += 1
        return f"{self._run}palm-order-{self._orders}"

    def _show(self, phone: str, text: str, now_ns: int) -> None:
        self._say(PhoneView(t_ns=now_ns, source="stack", phone=phone, text=text))


def _readers(layout: Layout) -> Iterator[tuple[str, str]]:
    """Yield the readers of a store and what each reads."""
    for gate in layout.gates:
        yield from ((gate.palm_reader, "palm"), (gate.bio_reader, gate.bio_reads))
    for till in layout.tills:
        yield from ((till.palm_reader, "palm"), (till.bio_reader, till.bio_reads))


def _trait(request: PhoneRequest) -> str:
    """Return what a consent is to: what its wording begins with, or the palm."""
    word = request.wording.partition("-")[0]
    return word if word in _HOLD else "palm"


def _modalities(trait: str) -> tuple[Modality, ...]:
    return tuple(modality for modality in Modality if reads(modality, trait))
