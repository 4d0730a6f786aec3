"""Control fields (CCRC APRC) and result codes.

Source: ZVT 13.x as read by Portalum.Zvt (MIT); Wireshark knows most of them.
"""

from __future__ import annotations

from enum import IntEnum


class Control(IntEnum):
    """What an APDU is."""

    STATUS = 0x040F
    INTERMEDIATE = 0x04FF
    STATUS_ENQUIRY = 0x0501
    REGISTRATION = 0x0600
    AUTHORISATION = 0x0601
    LOG_OFF = 0x0602
    COMPLETION = 0x060F
    ABORTED = 0x061E
    REPEAT_RECEIPT = 0x0620
    PRE_AUTHORISATION = 0x0622
    PARTIAL_REVERSAL = 0x0623
    """Takes less than was held, and lets the rest go: the capture at the exit."""
    BOOK_TOTAL = 0x0624
    PRE_AUTHORISATION_REVERSAL = 0x0625
    REVERSAL = 0x0630
    REFUND = 0x0631
    END_OF_DAY = 0x0650
    ABORT = 0x06B0
    PRINT_LINE = 0x06D1
    PRINT_BLOCK = 0x06D3
    ACKNOWLEDGED = 0x8000
    REFUSED = 0x8400
    """To 0x84FF: the second byte says why."""
    GOODS_NOT_ISSUED = 0x8466
    UNKNOWN_COMMAND = 0x8483
    MORE_TIME = 0x849C


APPROVED = 0x00
DECLINED = 0x05
ABORTED_OR_TIMED_OUT = 0x6C
WRONG_CURRENCY = 0x6F
REVERSAL_NOT_POSSIBLE = 0xB5
BUSY = 0xA0
NO_CONNECTION = 0xA3

RESULTS: dict[int, str] = {
    APPROVED: "no error",
    DECLINED: "declined by the bank",
    0x64: "card not readable",
    0x65: "no card data",
    0x66: "processing error",
    0x6B: "terminal is not registered",
    ABORTED_OR_TIMED_OUT: "aborted by a key, or no card in time",
    WRONG_CURRENCY: "wrong currency",
    0x71: "credit not sufficient",
    0x78: "card expired",
    0x7A: "card unknown",
    0x83: "function not possible",
    0x9A: "protocol error",
    0x9C: "please wait",
    BUSY: "busy",
    NO_CONNECTION: "no connection to the bank",
    0xB4: "already reversed",
    REVERSAL_NOT_POSSIBLE: "reversal not possible",
    0xC3: "above the highest amount",
    0xC8: "below the lowest amount",
}
"""What result codes mean, for people."""

INTERMEDIATE: dict[int, str] = {
    0x00: "waiting for the amount to be confirmed",
    0x01: "watch the PIN pad",
    0x04: "waiting for the bank",
    0x05: "reversing by itself",
    0x0A: "insert or tap a card",
    0x0B: "remove the card",
    0x0E: "please wait",
    0x1C: "approved",
    0x1D: "declined",
}
"""What a terminal is doing, for people."""


def result_text(code: int) -> str:
    """Return what a result code means."""
    return RESULTS.get(code, f"result {code:02X}")
