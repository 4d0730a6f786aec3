"""A request of somebody who is known, with all that a page needs of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from stack.web.exchange import Request
from stack.web.sessions import Session
from stack.web.shopfront import Shopfront
from stack.web.words import Words


class NewForm(Protocol):
    """Names forms that may be sent once."""

    def __call__(self, session: Session) -> str:
        """Return the name of one."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A signed-in customer's request.

    Args:
        request: as it came.
        session: whose.
        words: of their language.
        shop: the store.
        new_form: names forms.
    """

    request: Request
    session: Session
    words: Words
    shop: Shopfront
    new_form: NewForm

    @property
    def account(self) -> str:
        """Whose request it is."""
        return self.session.account

    def query(self, name: str) -> str:
        """Return a value of the address, "" when it is not there."""
        return self.request.query.get(name, "")

    def form(self, name: str) -> str:
        """Return a field of the form, "" when it is not there."""
        return self.request.form.get(name, "")
