"""The lines that an emulated terminal prints."""

from __future__ import annotations

from contracts.currency import money_text
from devices.terminal.bmp import pan_digits
from devices.terminal.control import APPROVED
from devices.terminal.journal import Booking


def lines(booking: Booking, currency: str, *, careless: bool = False) -> list[str]:
    """Return a receipt; a careless terminal prints the card's number in full."""
    card = pan_digits(booking.pan) if careless else f"############{booking.card}"
    return [
        "K U N D E N B E L E G",
        money_text(booking.amount_minor, currency),
        f"Beleg-Nr. {booking.receipt:04d}  TA-Nr. {booking.trace:06d}",
        f"Karte {card}",
        "Zahlung erfolgt" if booking.result == APPROVED else "Zahlung abgelehnt",
    ]
