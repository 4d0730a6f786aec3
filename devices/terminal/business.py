"""What an emulated terminal does: it takes commands, asks for cards, hears the bank, says what came of it. No I/O."""

from __future__ import annotations

from dataclasses import dataclass

from contracts.seeds import stream
from contracts.steps import Card
from devices.terminal import bmp, cards, receipts, reports
from devices.terminal.apdu import Apdu, BadMessage
from devices.terminal.bcd import unpacked
from devices.terminal.behaviour import Behaviour
from devices.terminal.control import ABORTED_OR_TIMED_OUT, APPROVED, BUSY, Control
from devices.terminal.journal import Booking, Journal
from devices.terminal.messages import Status
from devices.terminal.profile import Profile

NOT_REGISTERED, NOTHING, MALFORMED = 0x6B, 0x83, 0x9A
_WITH_CARD = (Control.AUTHORISATION, Control.PRE_AUTHORISATION, Control.REFUND)
_HEADS = {Control.AUTHORISATION: 0, Control.PRE_AUTHORISATION: 0, Control.PARTIAL_REVERSAL: 0,
          Control.PRE_AUTHORISATION_REVERSAL: 0}  # fmt: skip
_PASSWORD = 3


@dataclass(slots=True)
class Sale:
    """A transaction that waits for a card, or for the bank."""

    kind: int
    amount_minor: int
    since_ns: int
    card: Card | None = None
    due_ns: int = 0


class Business:
    """One terminal.

    Args:
        profile: how it is set up.
        behaviour: how it (mis)behaves.
        seed: of the scenario.
        terminal: its own eight digits.
    """

    def __init__(self, profile: Profile, behaviour: Behaviour, seed: int = 0, terminal: str = "52500295") -> None:
        self._profile, self._behaviour, self._terminal = profile, behaviour, terminal
        self._draws = stream(seed, "card terminal", terminal)
        self.journal = Journal()
        self.registered = False
        self.sale: Sale | None = None

    @property
    def wants_card(self) -> bool:
        """Whether it waits for a card."""
        return self.sale is not None and self.sale.card is None

    def present(self, card: Card, now_ns: int) -> list[Apdu]:
        """Hold a card against it; without a payment that is asked for, nothing happens."""
        if self.sale is None or self.sale.card is not None:
            return []
        self.sale.card = card
        self.sale.due_ns = now_ns + int(self._draws.integers(*self._behaviour.think_ns))
        return [reports.intermediate(0x04, "Bitte warten")]

    def command(self, apdu: Apdu, now_ns: int) -> tuple[int, list[Apdu]]:
        """Return how a command is acknowledged, and what is said then."""
        if apdu.control == Control.ABORT:
            return Control.ACKNOWLEDGED, self._break_off()
        if self.sale is not None:
            return Control.REFUSED | BUSY, []
        if apdu.control == Control.REGISTRATION:
            self.registered = True
            return Control.ACKNOWLEDGED, [reports.completion()]
        if not self.registered and apdu.control != Control.STATUS_ENQUIRY:
            return Control.REFUSED | NOT_REGISTERED, []
        try:
            return self._known(apdu, now_ns)
        except BadMessage:
            return Control.REFUSED | MALFORMED, []

    def advance(self, now_ns: int) -> list[Apdu]:
        """Let time pass, and return what is said because of it."""
        sale = self.sale
        if sale is None or self._behaviour.stuck:
            return []
        if sale.card is None or sale.card.answer == "silent":
            return self._break_off() if now_ns - sale.since_ns >= self._behaviour.card_wait_ns else []
        return self._hear_bank(sale, sale.card) if now_ns >= sale.due_ns else []

    def _known(self, apdu: Apdu, now_ns: int) -> tuple[int, list[Apdu]]:
        said = _fields(apdu)
        amount = unpacked(said.get(bmp.AMOUNT, b"\0"))
        if apdu.control in _WITH_CARD:
            self.sale = Sale(apdu.control, amount + self._behaviour.wrong, now_ns)
            return Control.ACKNOWLEDGED, [reports.intermediate(0x0A, "Karte bitte")]
        told = self._at_once(apdu.control, unpacked(said.get(bmp.RECEIPT, b"\0")), amount)
        return (Control.UNKNOWN_COMMAND, []) if told is None else (Control.ACKNOWLEDGED, told)

    def _at_once(self, control: int, receipt: int, amount: int) -> list[Apdu] | None:
        """Return what is said to a command that needs no card, None if there is no such command."""
        match control:
            case Control.REVERSAL | Control.PRE_AUTHORISATION_REVERSAL:
                held = control == Control.PRE_AUTHORISATION_REVERSAL
                found = self._told(self.journal.undo(control, receipt, held))
            case Control.PARTIAL_REVERSAL:
                found = self._told(self.journal.capture(receipt, amount))
            case Control.REPEAT_RECEIPT:
                found = self._told(self.journal.bookings[-1] if self.journal.bookings else NOTHING)
            case Control.END_OF_DAY:
                found = [reports.status(self._total()), reports.completion()]
            case Control.STATUS_ENQUIRY:
                found = [reports.completion()]
            case Control.LOG_OFF:
                self.registered, found = False, []
            case _:
                return None
        return found

    def _total(self) -> Status:
        amount = max(0, self.journal.settle())
        return Status(amount_minor=amount, currency_number=self._profile.currency_number)

    def _hear_bank(self, sale: Sale, card: Card) -> list[Apdu]:
        self.sale = None
        result = APPROVED if card.answer == "approved" else self._behaviour.declines_with
        return self._told(self.journal.book(sale.kind, sale.amount_minor, result, cards.number(card.token)))

    def _break_off(self) -> list[Apdu]:
        """Give up a sale, unless the bank has it already."""
        if self.sale is None or (self.sale.card is not None and self.sale.card.answer != "silent"):
            return []
        self.sale = None
        return [reports.status(Status(result=ABORTED_OR_TIMED_OUT)), reports.aborted(ABORTED_OR_TIMED_OUT)]

    def _told(self, booking: Booking | int) -> list[Apdu]:
        """Return how a booking is told: result, receipt, end."""
        if isinstance(booking, int):
            return [reports.aborted(booking)]
        said = Status(
            result=booking.result,
            amount_minor=booking.amount_minor,
            currency_number=self._profile.currency_number,
            trace=booking.trace,
            receipt=booking.receipt,
            terminal=self._terminal,
            card_name="MASTERCARD",
            text="" if booking.result == APPROVED else "Abgelehnt",
        )
        careless = self._behaviour.careless
        pan = booking.pan if careless else cards.masked(booking.pan)
        lines = receipts.lines(booking, self._profile.currency, careless=careless)
        printed = [reports.print_block(lines)] if self._behaviour.block else [
            *map(reports.print_line, lines[:-1]), reports.print_line(lines[-1], last=True)
        ]  # fmt: skip
        end = reports.completion() if booking.result == APPROVED else reports.aborted(booking.result)
        return [reports.status(said, pan), *printed, end]


def _fields(apdu: Apdu) -> dict[int, bytes]:
    """Return the fields of a command behind its password, if it has one."""
    start = 0 if apdu.control in _HEADS else _PASSWORD
    return {field.number: field.value for field in bmp.fields(apdu.data[start:])}
