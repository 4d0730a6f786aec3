"""What a terminal says, read out of its APDUs, with no card number left in it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from devices.terminal import bmp, tlv
from devices.terminal.apdu import Apdu
from devices.terminal.bcd import unpacked
from devices.terminal.control import APPROVED, Control, result_text
from devices.terminal.masking import masked_digits, masked_text


@dataclass(frozen=True, slots=True)
class Acknowledged:
    """80 00: the command, or the message, was taken."""


@dataclass(frozen=True, slots=True)
class MoreTime:
    """84 9C: the command was heard; its acknowledgement will take longer."""


@dataclass(frozen=True, slots=True)
class Refused:
    """84 xx: the command was not taken."""

    code: int


@dataclass(frozen=True, slots=True)
class Intermediate:
    """04 FF: what it is doing."""

    code: int
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Status:
    """04 0F: how a transaction came out.

    Args:
        result: 0 approved; else why not (`control.RESULTS`).
        amount_minor: minor units.
        currency_number: as ISO 4217 numbers it, 0 when it was not said.
        trace: the terminal's running number.
        receipt: receipt number, which a reversal names; 0 when it was not said.
        terminal: the terminal's own eight digits.
        card: number of the card, all but the last four digits masked; "" when it was not said.
        card_name: the scheme.
        text: from the bank, for people.
    """

    result: int = APPROVED
    amount_minor: int = 0
    currency_number: int = 0
    trace: int = 0
    receipt: int = 0
    terminal: str = ""
    card: str = ""
    card_name: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True)
class Receipt:
    """06 D1 and 06 D3: lines to print."""

    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Completed:
    """06 0F: done; the till is master again."""


@dataclass(frozen=True, slots=True)
class Aborted:
    """06 1E: over without success; the till is master again."""

    code: int


@dataclass(frozen=True, slots=True)
class Unknown:
    """Anything else."""

    control: int


Message = Acknowledged | MoreTime | Refused | Intermediate | Status | Receipt | Completed | Aborted | Unknown


def read(apdu: Apdu) -> Message:
    """Return what an APDU of a terminal says.

    Raises:
        BadMessage: its data break the form.
    """
    if apdu.control in _READERS:
        return _READERS[apdu.control](apdu.data)
    if apdu.control >> 8 == Control.REFUSED >> 8:
        return Refused(apdu.control & 0xFF)
    return Unknown(apdu.control)


def status(data: bytes) -> Status:
    """Return what the fields of a status message say.

    Raises:
        BadMessage: they break the form.
    """
    said = {field.number: field.value for field in bmp.fields(data)}
    text = masked_text(_text(said.get(bmp.TEXT, b"")))
    result = said.get(bmp.RESULT, b"\0")[0]
    return Status(
        result=result,
        amount_minor=unpacked(said.get(bmp.AMOUNT, b"\0")),
        currency_number=unpacked(said.get(bmp.CURRENCY, b"\0")),
        trace=unpacked(said.get(bmp.TRACE, b"\0")),
        receipt=unpacked(said.get(bmp.RECEIPT, b"\0")),
        terminal=said.get(bmp.TERMINAL, b"").hex(),
        card=masked_digits(bmp.pan_digits(said.get(bmp.PAN, b""))),
        card_name=masked_text(_text(said.get(bmp.CARD_NAME, b""))),
        text=text or ("" if result == APPROVED else result_text(result)),
    )


def _intermediate(data: bytes) -> Intermediate:
    code = data[0] if data else 0
    return Intermediate(code, " ".join(_container_text(data[2:])))


def _container_text(data: bytes) -> tuple[str, ...]:
    """Return the text of the container that a message's data end with."""
    return tuple(
        line for field in bmp.fields(data) if field.number == bmp.CONTAINER for line in tlv.text_lines(field.value)
    )


def _text(data: bytes) -> str:
    return data.rstrip(b"\0").decode("cp437").strip()


_READERS: dict[int, Callable[[bytes], Message]] = {
    Control.ACKNOWLEDGED: lambda _: Acknowledged(),
    Control.MORE_TIME: lambda _: MoreTime(),
    Control.INTERMEDIATE: _intermediate,
    Control.STATUS: status,
    Control.PRINT_LINE: lambda data: Receipt((masked_text(_text(data[1:])),)),
    Control.PRINT_BLOCK: lambda data: Receipt(_container_text(data)),
    Control.COMPLETION: lambda _: Completed(),
    Control.ABORTED: lambda data: Aborted(data[0] if data else 0),
}
