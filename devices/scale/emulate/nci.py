"""A counter scale that speaks NCI. Source: as `devices.scale.nci`."""

from __future__ import annotations

from devices.scale import nci as wire
from devices.scale.balance import Balance, Trouble
from devices.scale.frames import CR, Frames
from devices.scale.units import GRAMS_OF

_OTHER = {"lb": "kg", "kg": "lb"}


class NciScale:
    """The protocol, seen from the scale.

    Args:
        balance: its plate.
        unit: "lb" or "kg".
        letter: whether an S stands before the status: NCI 7800 and Brecknell 3700LP leave it out.
    """

    def __init__(self, balance: Balance, unit: str = "lb", *, letter: bool = True) -> None:
        self._balance, self._unit = balance, unit
        self._letter = b"S" if letter else b""
        self._orders = Frames(CR)

    def hear(self, data: bytes, now_ns: int) -> list[bytes]:
        """Take a host's bytes; return the answers."""
        return [self._obey(order + b"\r", now_ns) for order in self._orders.feed(data)]

    def tick(self, now_ns: int) -> list[bytes]:  # noqa: ARG002
        """It never speaks unasked."""
        return []

    def _obey(self, order: bytes, now_ns: int) -> bytes:
        if order == wire.UNIT:
            self._unit = _OTHER[self._unit]
        elif order == wire.ZERO:
            self._balance.zero(now_ns)
        elif order in (wire.WEIGH, wire.HIGH_RESOLUTION):
            return self._weight(now_ns, 4 if order == wire.HIGH_RESOLUTION else 3)
        elif order != wire.STATUS:
            return b"\n?\r\x03"
        return b"\n" + self._status(now_ns)

    def _weight(self, now_ns: int, digits: int) -> bytes:
        shown = self._balance.look(now_ns)
        if not shown.shows or shown.net_g < 0:
            return b"\n" + self._status(now_ns)
        unit = _OTHER[self._unit] if self._balance.trouble is Trouble.OTHER_UNIT else self._unit
        number = f"{shown.net_g / GRAMS_OF[unit]:0{digits + 3}.{digits}f}{unit.upper()}"
        return b"\n" + number.encode() + b"\r\n" + self._status(now_ns)

    def _status(self, now_ns: int) -> bytes:
        shown = self._balance.look(now_ns)
        at_zero = not shown.moving and abs(shown.gross_g) < self._balance.step_g / 2
        first = 0x30 | wire.MOTION * shown.moving | wire.AT_ZERO * at_zero
        second = 0x30 | wire.UNDER * (shown.under or shown.net_g < 0) | wire.OVER * shown.over
        return self._letter + bytes([first, second]) + b"\r\x03"
