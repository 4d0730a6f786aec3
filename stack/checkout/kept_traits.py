"""Whose palms, faces and fingers were enrolled or deleted in the store: a restart forgets neither."""

from __future__ import annotations

from contracts.biometrics import Modality
from stack.money.kept import Known
from stack.money.notes import Notes
from stack.visits.identity import AccountBook

PALM = "palm"
_References = dict[str, tuple[str, str]]
"""Key of a note -> trait and handle."""


class KeptTraits:
    """What has changed since the accounts were given, kept with the books.

    Args:
        notes: beside the books; written in the transaction in which the stack decides.
        book: whose palms, faces and fingers those are.
    """

    def __init__(self, notes: Notes, book: AccountBook) -> None:
        self._notes, self._book = notes, book
        self._before = notes.all(Known)
        self._watched: dict[str, _References] = {}

    def begin(self, now_ns: int) -> list[str]:
        """Take up, once, what an earlier process was told; return the handles that are nobody's any more.

        Where bench time began anew, another run has begun, with people and readers of its own.
        """
        before, self._before = self._before, []
        gone = []
        for note in before:
            if note.t_ns > now_ns:
                self._notes.drop(Known, note.key)
                continue
            self._know(note)
            gone += [] if note.account else [note.handle]
        return gone

    def watch(self, account: str) -> None:
        """Say that the app of an account is about to change what it is known by."""
        self._watched.setdefault(account, self._of(account))

    def note(self, now_ns: int) -> None:
        """Write down what has changed about the accounts that are watched."""
        for account, before in self._watched.items():
            now = self._of(account)
            for key in sorted(before.keys() ^ now.keys()):
                trait, handle = now.get(key) or before[key]
                self._notes.keep(Known(key, trait, handle, account if key in now else "", now_ns))
            self._watched[account] = now

    def _know(self, note: Known) -> None:
        if note.trait == PALM:
            self._book.know_palm(note.handle, note.account)
        else:
            self._book.subjects.know(Modality(note.trait), note.handle, note.account)

    def _of(self, account: str) -> _References:
        """Return by what an account's owner is known."""
        found = [(PALM, handle) for handle in self._book.palms_of(account)]
        found += [(each.value, handle) for each in Modality for handle in self._book.subjects.of(account, each)]
        return {f"{trait}/{handle}": (trait, handle) for trait, handle in found}
