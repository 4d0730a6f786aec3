"""Two codes, two directions, one basket: the customer scans the till's code, then shows a code of their own there.

    nothing --open--> OPEN --scanned--> BOUND --shown--> AGREED --close--> nothing

Neither code alone pays: a code that somebody stuck over the till's leads nowhere, since the account's own code is shown
at another till; and an account code that is shown at a till whose code nobody scanned binds nothing.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum

from contracts.clock import SECOND
from contracts.codes import pop
from contracts.codes.pop import Pop
from contracts.errors import BadCode

SESSION_NS = 120 * SECOND
"""From scanning the till's code to showing one's own. Our assumption: longer than a queue's patience."""


class PopReason(StrEnum):
    """Why nothing was bound."""

    MALFORMED = "malformed"
    OTHER_MERCHANT = "another merchant's code"
    NO_BASKET = "no basket is open at this till"
    OTHER_BASKET = "the code of an earlier basket"
    TAKEN = "somebody else is paying this basket"
    NOT_SCANNED = "the till's code was not scanned"
    EXPIRED = "the till's code was scanned too long ago"


@dataclass(frozen=True, slots=True)
class PopRefused:
    """Nothing was bound."""

    reason: PopReason


@dataclass(frozen=True, slots=True)
class PopBound:
    """A basket and who pays it.

    Args:
        till: where.
        basket: which.
        account: who; "" until the till's code was scanned.
        since_ns: when it was scanned, bench clock.
        agreed: whether the account's own code was shown at the till.
    """

    till: str
    basket: str
    account: str = ""
    since_ns: int = 0
    agreed: bool = False


class PopDesk:
    """The open baskets of a merchant's tills.

    Args:
        merchant: as in the codes, 1 to 20 of A-Z 0-9 and "-".
    """

    def __init__(self, merchant: str) -> None:
        self._merchant = merchant
        self._open: dict[str, PopBound] = {}

    def open(self, till: str, basket: str) -> Pop:
        """Begin a basket and return the code for the till's screen; an earlier basket there ends."""
        code = Pop(self._merchant, till, basket)
        code.code()  # refuses ids that cannot be written
        self._open[till] = PopBound(till, basket)
        return code

    def close(self, till: str) -> None:
        """End a till's basket: paid, or given up."""
        self._open.pop(till, None)

    def scanned(self, code: bytes, account: str, t_ns: int) -> PopBound | PopRefused:
        """Bind a basket to the account whose phone has scanned the till's code.

        Args:
            code: as the phone read it; a printed one means whatever is open at its till.
            account: who is signed in on the phone.
            t_ns: bench clock.
        """
        try:
            shown = pop.read(code.decode("ascii", "replace"))
        except BadCode:
            return PopRefused(PopReason.MALFORMED)
        if shown.merchant != self._merchant:
            return PopRefused(PopReason.OTHER_MERCHANT)
        return self._bind(shown, account, t_ns)

    def _bind(self, shown: Pop, account: str, t_ns: int) -> PopBound | PopRefused:
        basket = self._open.get(shown.till)
        if basket is None:
            return PopRefused(PopReason.NO_BASKET)
        if shown.basket not in ("", basket.basket):
            return PopRefused(PopReason.OTHER_BASKET)
        if basket.account not in ("", account) and (basket.agreed or _is_fresh(basket, t_ns)):
            return PopRefused(PopReason.TAKEN)
        return basket if basket.agreed else self._keep(replace(basket, account=account, since_ns=t_ns))

    def shown(self, till: str, account: str, t_ns: int) -> PopBound | PopRefused:
        """Agree to pay: the account's own code, which was checked before, was scanned at the till."""
        basket = self._open.get(till)
        if basket is None:
            return PopRefused(PopReason.NO_BASKET)
        if not basket.account:
            return PopRefused(PopReason.NOT_SCANNED)
        if basket.account != account:
            return PopRefused(PopReason.TAKEN)
        if not basket.agreed and not _is_fresh(basket, t_ns):
            return PopRefused(PopReason.EXPIRED)
        return self._keep(replace(basket, agreed=True))

    def _keep(self, basket: PopBound) -> PopBound:
        self._open[basket.till] = basket
        return basket


def _is_fresh(basket: PopBound, t_ns: int) -> bool:
    return t_ns - basket.since_ns <= SESSION_NS
