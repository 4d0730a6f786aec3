"""A customer's phone with the store's app: codes that it makes itself, and what passes between it and the stack."""

from __future__ import annotations

from collections.abc import Sequence

from contracts.checkout import BalanceChange, PhoneAction, PhoneRequest, PhoneView
from contracts.clock import MILLISECOND
from contracts.record import take_due
from contracts.seeds import stream
from contracts.steps import Phone

NETWORK_NS = (60 * MILLISECOND, 250 * MILLISECOND)
"""From a touch to the server. Our assumption, for a mobile network."""


class TwinPhone:
    """One phone.

    Args:
        phone: as the scenario gives it.
        account: who is signed in.
        seed: the scenario's seed.
    """

    def __init__(self, phone: Phone, account: str, seed: int) -> None:
        self.phone, self._account = phone, account
        self._draws = stream(seed, "phone", phone.id)
        self._sent: list[PhoneRequest] = []
        self.view: PhoneView | None = None
        self.credited = 0
        """How often money came onto the account."""
        self.pictured = b""
        """What was on its screen last, as somebody else may have photographed it."""

    def code(self, now_ns: int, places: int = 1) -> bytes:
        """Return the rotating code on its screen; its own clock says which."""
        self.pictured = self.phone.handle.code_at(now_ns + self.phone.ahead_ns, places).encode()
        return self.pictured

    def ask(
        self,
        action: PhoneAction,
        now_ns: int,
        code: bytes = b"",
        amount_minor: int = 0,
        *,
        device: str = "",
        wording: str = "",
    ) -> None:
        """Send the stack what the customer does; without a network nothing goes out.

        Args:
            action: what it is.
            now_ns: bench time.
            code: what the phone's camera read.
            amount_minor: what was keyed in.
            device: the palm reader before which the customer stands.
            wording: which consent was agreed to.
        """
        if not self.phone.online:
            return
        self.view = None
        at_ns = now_ns + int(self._draws.integers(*NETWORK_NS))
        self._sent.append(
            PhoneRequest(
                t_ns=at_ns,
                source=self.phone.id,
                account=self._account,
                action=action,
                code=code,
                amount_minor=amount_minor,
                device=device,
                wording=wording,
            )
        )

    def show(self, view: PhoneView) -> None:
        """Take what the stack puts on its screen."""
        if self.phone.online:
            self.view = view

    def credit(self, change: BalanceChange) -> None:
        """Take a notice of money that came onto an account."""
        self.credited += change.account == self._account and change.amount_minor > 0

    def read(self, until_ns: int) -> Sequence[PhoneRequest]:
        """Return what it has sent that arrives up to until_ns, oldest first."""
        return take_due(self._sent, until_ns)
