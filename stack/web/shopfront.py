"""What the pages need of a store: the one seam between them and whatever serves them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from stack.web.views import AccountView, BasketView, CodeView, PalmView, PriceView, PurseView, ReceiptView


class Views(Protocol):
    """What an account may look at."""

    def account(self, account: str) -> AccountView:
        """Return the account itself."""

    def code(self, account: str, places: int) -> CodeView | None:
        """Return the rotating code of now, None for an account without a phone."""

    def basket(self, account: str) -> BasketView:
        """Return what is in its basket now."""

    def receipts(self, account: str) -> Sequence[ReceiptView]:
        """Return its receipts, newest first."""

    def purse(self, account: str) -> PurseView:
        """Return its stored value."""

    def palm(self, account: str) -> PalmView:
        """Return whether it may be known by the palm."""

    def price(self, account: str, number: str) -> PriceView | None:
        """Return what an article costs, None when it is not sold here.

        Raises:
            BadCode: the number is no GTIN.
        """


class Actions(Protocol):
    """What an account may do. None of it waits: what came of it shows in the views."""

    def top_up(self, account: str, amount_minor: int) -> None:
        """Put an amount on it from the card on file."""

    def agree_to_palm(self, account: str, wording: str) -> None:
        """Consent to being known by the palm, in a wording that was shown."""

    def enrol_palm(self, account: str, reader: str) -> None:
        """Have the palm enrolled at a reader before which its owner stands; without a consent nothing happens."""

    def forget_palm(self, account: str) -> None:
        """Take the consent back and have all that is kept of the palm deleted."""


class Shopfront(Views, Actions, Protocol):
    """A store as its app sees it. Called from several threads at once."""

    def accounts(self) -> Sequence[str]:
        """Return the ids of all accounts, in the store's order; none before the store is known."""

    @property
    def epoch_ns(self) -> int:
        """Unix time of bench time 0; 0 when bench time is not the world's."""
