"""A counter scale that speaks Toledo 8217. Source: as `devices.scale.toledo_8217`.

Hosts write a tare that they know as `Tddddd` CR, in thousandths; the letter alone tares what lies there.
"""

from __future__ import annotations

from devices.scale import toledo_8217 as wire
from devices.scale.balance import Balance, Shown, Trouble
from devices.scale.units import GRAMS_OF

_OTHER = {"lb": "kg", "kg": "lb"}
_DECIMALS = {"lb": 2, "kg": 3}
_TARE_DIGITS = 5


class ToledoScale:
    """The protocol, seen from the scale.

    Args:
        balance: its plate.
        unit: what it is set to.
        fixed_high_bits: 8213: status bits 5 and 6 are always 1.
    """

    def __init__(self, balance: Balance, unit: str = "lb", *, fixed_high_bits: bool = False) -> None:
        self._balance, self._unit = balance, unit
        self._always = wire.NET | wire.BAD_COMMAND if fixed_high_bits else 0
        self._echoes = False
        self._tare: bytes | None = None

    def hear(self, data: bytes, now_ns: int) -> list[bytes]:
        """Take a host's bytes, each a command; return the answers."""
        return [answer for byte in data for answer in self._obey(bytes([byte]), now_ns)]

    def tick(self, now_ns: int) -> list[bytes]:  # noqa: ARG002
        """It never speaks unasked."""
        return []

    def _obey(self, order: bytes, now_ns: int) -> list[bytes]:
        if order == wire.ECHO_OFF:
            self._echoes = False
            return []
        if self._echoes:
            return [order]
        if self._tare is not None and order.isdigit():
            self._known_tare(self._tare + order)
            return []
        self._tare = b"" if order == wire.TARE else None
        return [] if order == b"\r" else [self._answer(order, now_ns)]

    def _answer(self, order: bytes, now_ns: int) -> bytes:
        if order == wire.ECHO_ON:
            self._echoes = True
            return _framed(order)
        if order in (wire.WEIGH, b"H"):
            return self._weight(now_ns, finer=order == b"H")
        return _framed(b"?" + bytes([self._done(order, now_ns) | self._status(now_ns)]))

    def _done(self, order: bytes, now_ns: int) -> int:
        """Obey an order that is answered with the status; return the bits that it adds."""
        if order[0] > 0x7F:
            return wire.PARITY
        if order == wire.CLEAR_TARE:
            self._balance.take_off(0.0)
            return 0
        # A and B, the test of itself and its result, always end well here.
        could = {wire.ZERO: self._balance.zero, wire.TARE: self._balance.tare}.get(order)
        done = could(now_ns) if could else order in (b"A", b"B")
        return 0 if done else wire.BAD_COMMAND

    def _known_tare(self, digits: bytes) -> None:
        self._tare = digits if len(digits) < _TARE_DIGITS else None
        if self._tare is None:
            self._balance.take_off(int(digits) / 1000 * GRAMS_OF[self._unit])

    def _weight(self, now_ns: int, *, finer: bool) -> bytes:
        shown = self._balance.look(now_ns)
        if not shown.shows or shown.net_g < 0:
            return _framed(b"?" + bytes([self._status(now_ns)]))
        unit = _OTHER[self._unit] if self._balance.trouble is Trouble.OTHER_UNIT else self._unit
        digits = _DECIMALS[unit] + finer
        number = f"{shown.net_g / GRAMS_OF[unit]:0{digits + 3}.{digits}f}"
        return _framed(number.encode() + (b"N" if shown.tare_g else b""))

    def _status(self, now_ns: int) -> int:
        shown = self._balance.look(now_ns)
        return self._always | _bits(shown, abs(shown.gross_g) < self._balance.step_g / 2)


def _bits(shown: Shown, at_zero: bool) -> int:
    return (
        wire.MOTION * shown.moving
        | wire.OVER * shown.over
        | wire.UNDER * (shown.under or shown.net_g < 0)
        | wire.AT_ZERO * (at_zero and not shown.moving)
        | wire.NET * bool(shown.tare_g)
    )


def _framed(text: bytes) -> bytes:
    return b"\x02" + text + b"\r"
