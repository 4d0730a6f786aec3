"""Payment codes that phone wallets gave out, as their servers know them: by digest, for a minute, for one payment."""

from __future__ import annotations

from dataclasses import dataclass

from contracts.checkout import PaymentAction, PaymentOrder
from contracts.codes.payment_code import VALID_NS
from contracts.codes.shown import PREFIX, digest

_SCHEME = PREFIX.decode()


@dataclass(slots=True)
class _Code:
    """One code.

    Args:
        until_ns: when it ends.
        bank: how payments with it are treated.
        payment: which payment took it, "" while none did.
    """

    until_ns: int
    bank: str
    payment: str = ""


class WalletCodes:
    """All codes that are known."""

    def __init__(self) -> None:
        self._codes: dict[str, _Code] = {}

    def issue(self, code: bytes, now_ns: int, bank: str) -> None:
        """Remember a code that a phone shows from now on.

        Args:
            code: its digits.
            now_ns: bench time.
            bank: how payments with it are treated (`twin.provider.behaviour`).
        """
        self._codes[digest(code)] = _Code(now_ns + VALID_NS, bank)

    def used(self, code: bytes) -> bool:
        """Whether a code has paid, or tried to."""
        known = self._codes.get(digest(code))
        return known is not None and bool(known.payment)

    def refusal(self, order: PaymentOrder, now_ns: int) -> str:
        """Return why an order that has just come cannot be carried out, or ""; the code is used with it.

        Source: WeChat Pay, quick pay: a code is valid for one minute, and once.
        """
        if order.action is not PaymentAction.AUTHORISE or not order.instrument.startswith(_SCHEME):
            return ""
        code = self._codes.get(order.instrument.removeprefix(_SCHEME))
        if code is None:
            return "no wallet knows this code"
        if code.payment not in ("", order.payment):
            return "the code was used"
        code.payment = order.payment
        return "the code has expired" if now_ns >= code.until_ns else ""

    def instrument(self, instrument: str) -> str:
        """Return an instrument with the behaviour that stands behind it, for a payment code its wallet's."""
        code = self._codes.get(instrument.removeprefix(_SCHEME))
        return f"{instrument}~{code.bank}" if code else instrument
