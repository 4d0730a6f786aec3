"""What a terminal tells a till, as APDUs: the other half of `messages`, for the emulator.

Source: ZVT 13.x as read by Portalum.Zvt (MIT).
"""

from __future__ import annotations

from collections.abc import Sequence

from devices.terminal import bmp, tlv
from devices.terminal.apdu import Apdu
from devices.terminal.bcd import packed, var
from devices.terminal.control import Control
from devices.terminal.messages import Status

_DISPLAY, _PRINT = 0x24, 0x25


def intermediate(code: int, text: str = "") -> Apdu:
    """Return "this is what I am doing"; the second byte is a time-out in minutes, 0 for none."""
    data = bytes([code, 0])
    if text:
        line = tlv.Item(tlv.TEXT_LINE, text.encode("cp437", "replace"))
        data += bytes([bmp.CONTAINER]) + tlv.container([tlv.Item(_DISPLAY, tlv.joined([line]))])
    return Apdu(Control.INTERMEDIATE, data)


def status(said: Status, pan: bytes = b"") -> Apdu:
    """Return how a transaction came out.

    Args:
        said: what is told; `card` is not used.
        pan: the card's number as field 22 holds it, two digits a byte, masked ones "E".
    """
    fields = [
        (bmp.RESULT, bytes([said.result])),
        (bmp.AMOUNT, packed(said.amount_minor, 6)),
        (bmp.CURRENCY, packed(said.currency_number, 2)),
        (bmp.TRACE, packed(said.trace, 3)),
        (bmp.RECEIPT, packed(said.receipt, 2)),
        (bmp.TERMINAL, bytes.fromhex(said.terminal or "0" * 8)),
    ]
    data = b"".join(bytes([number]) + value for number, value in fields)
    for number, value, digits in (
        (bmp.PAN, pan, 2),
        (bmp.CARD_NAME, said.card_name.encode("cp437"), 2),
        (bmp.TEXT, said.text.encode("cp437", "replace"), 3),
    ):
        if value:
            data += bytes([number]) + var(value, digits)
    return Apdu(Control.STATUS, data)


def print_line(text: str, *, last: bool = False) -> Apdu:
    """Return one line of a receipt."""
    return Apdu(Control.PRINT_LINE, bytes([0x81 if last else 0]) + text.encode("cp437", "replace"))


def print_block(lines: Sequence[str]) -> Apdu:
    """Return a whole receipt."""
    items = [tlv.Item(tlv.TEXT_LINE, line.encode("cp437", "replace")) for line in lines]
    block = tlv.Item(_PRINT, tlv.joined(items))
    return Apdu(Control.PRINT_BLOCK, bytes([bmp.CONTAINER]) + tlv.container([block]))


def completion() -> Apdu:
    """Return "done"."""
    return Apdu(Control.COMPLETION)


def aborted(code: int) -> Apdu:
    """Return "over, without success"."""
    return Apdu(Control.ABORTED, bytes([code]))
