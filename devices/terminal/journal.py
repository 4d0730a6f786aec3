"""What an emulated terminal has booked: the truth that tests hold a till to."""

from __future__ import annotations

from dataclasses import dataclass

from devices.terminal.bmp import pan_digits
from devices.terminal.control import APPROVED, REVERSAL_NOT_POSSIBLE, Control

ALREADY_REVERSED, TOO_MUCH = 0xB4, 0xB7


@dataclass(slots=True)
class Booking:
    """One transaction.

    Args:
        kind: the command that asked for it.
        amount_minor: minor units; what is taken or held now.
        receipt: receipt number.
        trace: running number.
        result: 0 approved, else why not.
        pan: the card's number as field 22 holds it.
        reversed: whether it was undone.
    """

    kind: int
    amount_minor: int
    receipt: int
    trace: int
    result: int
    pan: bytes = b""
    reversed: bool = False

    @property
    def card(self) -> str:
        """The last digits of the card."""
        return pan_digits(self.pan)[-4:]


class Journal:
    """All transactions of a terminal since its last end of day."""

    def __init__(self) -> None:
        self.bookings: list[Booking] = []
        self.settled_minor = 0
        self._trace = self._receipt = 0

    @property
    def taken_minor(self) -> int:
        """What was taken and not given back since the last end of day, minor units."""
        signs = {Control.AUTHORISATION: 1, Control.PARTIAL_REVERSAL: 1, Control.REFUND: -1}
        good = (b for b in self.bookings if b.result == APPROVED and not b.reversed)
        return sum(signs.get(Control(b.kind), 0) * b.amount_minor for b in good)

    def book(self, kind: int, amount_minor: int, result: int, pan: bytes) -> Booking:
        """Write down a transaction."""
        self._trace += 1
        self._receipt = self._receipt % 9999 + 1
        self.bookings.append(Booking(kind, amount_minor, self._receipt, self._trace, result, pan))
        return self.bookings[-1]

    def undo(self, kind: int, receipt: int, held: bool) -> Booking | int:
        """Undo what stands under a receipt number; return what was booked for it, or why it cannot be."""
        found = self._find(receipt, held=held)
        if found is None:
            return REVERSAL_NOT_POSSIBLE
        if found.reversed:
            return ALREADY_REVERSED
        found.reversed = True
        return self.book(kind, found.amount_minor, APPROVED, found.pan)

    def capture(self, receipt: int, amount_minor: int) -> Booking | int:
        """Take a part of what is held under a receipt number; return what was booked for it, or why it cannot be."""
        found = self._find(receipt, held=True)
        if found is None or found.reversed:
            return REVERSAL_NOT_POSSIBLE
        if amount_minor > found.amount_minor:
            return TOO_MUCH
        found.reversed = True
        return self.book(Control.PARTIAL_REVERSAL, amount_minor, APPROVED, found.pan)

    def settle(self) -> int:
        """End the day; return what is settled, minor units. What is held stays."""
        amount = self.taken_minor
        self.settled_minor += amount
        self.bookings = [b for b in self.bookings if b.kind == Control.PRE_AUTHORISATION and not b.reversed]
        return amount

    def _find(self, receipt: int, *, held: bool) -> Booking | None:
        kinds = (
            (Control.PRE_AUTHORISATION,) if held else (Control.AUTHORISATION, Control.PARTIAL_REVERSAL, Control.REFUND)
        )
        good = (b for b in reversed(self.bookings) if b.result == APPROVED and b.kind in kinds)
        return next((b for b in good if b.receipt == receipt), None)
