"""How far it has come with everybody's palm: consent in the app, enrolment at a reader, what the stack said of it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from contracts.checkout import PhoneView
from contracts.layout import Account, Layout
from stack.checkout.palm_desk import HOLD, KNOWN
from stack.web.views import PalmState, PalmView

REFUSED = ("Not enrolled", "Nobody is enrolled", "There is no such palm", "Your palm is known here already")
"""How the stack's words begin where nobody was enrolled."""


class Palms:
    """The palms of all accounts.

    Args:
        layout: the store, for its palm readers.
        accounts: who may have one.
    """

    def __init__(self, layout: Layout, accounts: Iterable[Account]) -> None:
        readers = [place.palm_reader for place in layout.gates] + [place.palm_reader for place in layout.tills]
        self._readers = tuple(dict.fromkeys(reader for reader in readers if reader))
        self._views = {
            account.id: self._view(PalmState.ENROLLED if account.palm_handles else PalmState.NONE)
            for account in accounts
        }

    def of(self, account: str) -> PalmView:
        """Return how far it has come."""
        return self._views[account]

    def agree(self, account: str, wording: str, now_ns: int) -> None:
        """Note a consent; who is enrolled already has given theirs."""
        if self._views[account].state is PalmState.NONE:
            self._views[account] = replace(self._view(PalmState.AGREED), wording=wording, since_ns=now_ns)

    def ask(self, account: str, reader: str) -> str:
        """Note that somebody stands before a reader to be enrolled; return what they agreed to, "" for nothing."""
        view = self._views[account]
        if view.state not in (PalmState.AGREED, PalmState.ASKED) or reader not in self._readers:
            return ""
        self._views[account] = replace(view, state=PalmState.ASKED, at=reader, said="")
        return view.wording

    def forget(self, account: str) -> None:
        """Note that a consent was taken back."""
        self._views[account] = self._view(PalmState.NONE)

    def hear(self, account: str, answer: PhoneView) -> bool:
        """Take in what the stack says to an account's app; return whether it was about the palm."""
        view = self._views.get(account)
        if view is None or not answer.text.startswith((HOLD, KNOWN, *REFUSED)):
            return False
        if view.state is PalmState.ASKED and answer.text == KNOWN:
            self._views[account] = replace(view, state=PalmState.ENROLLED, said="")
        elif view.state is PalmState.ASKED and answer.text != HOLD:
            self._views[account] = replace(view, state=PalmState.AGREED, said=answer.text)
        return True

    def _view(self, state: PalmState) -> PalmView:
        return PalmView(state, readers=self._readers)
