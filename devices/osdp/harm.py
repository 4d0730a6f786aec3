"""What befalls single replies of an emulated device, and faults that last. No I/O."""

from __future__ import annotations

from enum import StrEnum

from contracts.clock import MILLISECOND
from devices.osdp.check import check_of

SLOW_NS = 2 * MILLISECOND
"""A byte, when it is SLOW: twice a byte at 9600 baud."""
DELAYED_NS = 300 * MILLISECOND
"""Later than the 200 ms after which the ACU asks again."""
LATE_NS = 400 * MILLISECOND
_CRC = 0x04


class Harm(StrEnum):
    """What happens once or a few times, each time to the next reply."""

    HALF = "only its first half is sent"
    BAD_CHECK = "a bit is wrong, and so is the check"
    SILENCE = "it is not sent"
    DEAF = "the command to it is not heard"
    LATE_DUPLICATE = "it is sent once more, later"
    BUSY = "the device is busy in its place"
    REBOOT = "the device loses its power before it"
    FORGED = "a bit is wrong, and the check is right"


def harmed(raw: bytes, harm: Harm | None) -> bytes:
    """Return what is left of a reply."""
    match harm:
        case Harm.HALF:
            return raw[: len(raw) // 2]
        case Harm.BAD_CHECK:
            return raw[:-1] + bytes((raw[-1] ^ 1,))
        case Harm.SILENCE:
            return b""
        case Harm.FORGED:
            crc = bool(raw[4] & _CRC)
            body = raw[: -2 if crc else -1]
            body = body[:-1] + bytes((body[-1] ^ 1,))
            return body + check_of(body, crc=crc)
        case _:
            return raw
