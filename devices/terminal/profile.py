"""What differs between terminals of one protocol, as data."""

from __future__ import annotations

from dataclasses import dataclass, field

from contracts.clock import SECOND
from contracts.errors import UsageError

NUMBERS: dict[str, int] = {
    "AUD": 36, "CAD": 124, "CHF": 756, "CNY": 156, "CZK": 203, "DKK": 208, "EUR": 978, "GBP": 826, "HKD": 344,
    "HUF": 348, "JPY": 392, "KRW": 410, "NOK": 578, "PLN": 985, "SEK": 752, "SGD": 702, "USD": 840,
}  # fmt: skip
"""Numbers of currencies. Source: ISO 4217, list one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """One kind of terminal, as its technician set it up.

    Args:
        model: maker and model.
        currency: the one it takes, ISO 4217.
        password: six digits.
        serial: frames of a serial line instead of bare APDUs over TCP.
        config_byte: of the registration: receipts are printed by the till (02, 04), intermediate states (08), payments
            and administration only by the till (10, 20), receipts made up by the terminal (80).
        service_byte: of the registration: no service menu on the terminal's own key (01).
        ack_ns: until a command must be acknowledged, nanoseconds.
        silence_ns: until a terminal that is master must say something, nanoseconds.
        ask_ns: how long one goes on asking what became of a payment before it is called timed out, nanoseconds.
        retry_ns: between two tries to get the line back, nanoseconds.
    """

    model: str = "ZVT terminal"
    currency: str = "EUR"
    password: int = field(default=0, repr=False)
    serial: bool = False
    config_byte: int = 0xBE
    service_byte: int = 0x01
    ack_ns: int = 5 * SECOND
    silence_ns: int = 90 * SECOND
    ask_ns: int = 60 * SECOND
    retry_ns: int = SECOND

    def __post_init__(self) -> None:
        if self.currency not in NUMBERS:
            raise UsageError("no number is known of this currency", expected=", ".join(NUMBERS), found=self.currency)

    @property
    def currency_number(self) -> int:
        """The currency as ISO 4217 numbers it."""
        return NUMBERS[self.currency]


TCP = Profile()
"""A terminal on the network; it listens on port 20007."""
SERIAL = Profile(serial=True)
"""A terminal on a serial line, 9600 or 115200 baud, 8N2."""
PORT = 20007
