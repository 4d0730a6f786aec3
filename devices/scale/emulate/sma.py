"""A scale that speaks SMA, level 2. Source: as `devices.scale.sma`."""

from __future__ import annotations

from contracts.clock import SECOND
from devices.scale.balance import Balance, Shown, Trouble
from devices.scale.frames import CR, LF, Frames
from devices.scale.units import GRAMS_OF

_ABOUT = (b"SMA:2/1.0", b"MFG:emulated", b"MOD:counter scale", b"REV:1", b"END:")
_SEND_NS = SECOND // 10
_PATIENCE_NS = 5 * SECOND
_ESCAPE = 0x1B
_OTHER = {"kg": "lb", "lb": "kg"}


class SmaScale:
    """The protocol, seen from the scale."""

    def __init__(self, balance: Balance, unit: str = "kg") -> None:
        self._balance, self._unit = balance, unit
        self._orders = Frames(CR, LF)
        self._told = 0
        self._waiting: tuple[int, bytes] | None = None
        self._repeats = b""
        self._next_ns = 0

    def hear(self, data: bytes, now_ns: int) -> list[bytes]:
        """Take a host's bytes; return the answers that are due at once."""
        if _ESCAPE in data:
            self._repeats, self._waiting = b"", None
        return [answer for order in self._orders.feed(data) for answer in self._obey(order, now_ns)]

    def tick(self, now_ns: int) -> list[bytes]:
        """Let time pass; return what had to wait for rest and what is sent again and again."""
        found: list[bytes] = []
        if self._waiting and (not self._balance.look(now_ns).moving or now_ns - self._waiting[0] >= _PATIENCE_NS):
            found.append(self._weight(self._waiting[1], now_ns))
            self._waiting = None
        if self._repeats and now_ns >= self._next_ns:
            self._next_ns = now_ns + _SEND_NS
            found.append(self._weight(self._repeats, now_ns))
        return found

    def _obey(self, order: bytes, now_ns: int) -> list[bytes]:
        self._repeats = b""
        if order in (b"P", b"Q"):
            self._waiting = (now_ns, order)
            return self.tick(now_ns)
        if order in (b"R", b"S"):
            self._repeats, self._next_ns = order, now_ns
            return self.tick(now_ns)
        return [self._at_once(order, now_ns)]

    def _at_once(self, order: bytes, now_ns: int) -> bytes:
        if order in (b"W", b"H", b"M"):
            return self._weight(order, now_ns)
        if order in (b"Z", b"T"):
            done = self._balance.zero(now_ns) if order == b"Z" else self._balance.tare(now_ns)
            return self._weight(order, now_ns, failed=b"" if done else {b"Z": b"E", b"T": b"T"}[order])
        if order == b"U":
            self._unit = _OTHER[self._unit]
        elif order == b"C":
            self._balance.take_off(0.0)
        else:
            return _framed(self._says(order))
        return self._weight(order, now_ns)

    def _says(self, order: bytes) -> bytes:
        if order == b"D":
            # RAM or ROM, EEPROM, calibration, other: a space for all well.
            return b"    "
        if order not in (b"A", b"B"):
            return b"?"
        self._told = 0 if order == b"A" else min(self._told + 1, len(_ABOUT) - 1)
        return _ABOUT[self._told]

    def _weight(self, order: bytes, now_ns: int, failed: bytes = b"") -> bytes:
        """Return the weight; H, Q and S show ten times as fine, M the tare."""
        shown = self._balance.look(now_ns)
        unit = _OTHER[self._unit] if self._balance.trouble is Trouble.OTHER_UNIT else self._unit
        grams = shown.tare_g if order == b"M" else shown.net_g
        digits = 4 if order in (b"H", b"Q", b"S") else 3
        kind = b"T" if order == b"M" else b"N" if shown.tare_g else b"G"
        state = failed or _state(shown, self._balance.step_g)
        number = f"{grams / GRAMS_OF[unit]:10.{digits}f}" if state not in (b"O", b"U") else "-" * 10
        head = state + b"1" + kind + (b"M" if shown.moving else b" ") + b" "
        return _framed(head + number.encode() + f"{unit:<3}".encode())


def _state(shown: Shown, step_g: float) -> bytes:
    if shown.over or shown.under:
        return b"O" if shown.over else b"U"
    return b"Z" if abs(shown.gross_g) < step_g / 2 else b" "


def _framed(text: bytes) -> bytes:
    return b"\n" + text + b"\r"
