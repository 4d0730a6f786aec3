"""A balance that speaks MT-SICS. Source: as `devices.scale.mt_sics`."""

from __future__ import annotations

from contracts.clock import SECOND
from devices.scale.balance import Balance, Trouble
from devices.scale.frames import LF, Frames
from devices.scale.units import GRAMS_OF

SERIAL = "1126493049"
_PATIENCE_NS = 5 * SECOND
"""How long `S`, `Z` and `T` wait for rest before they give up; the real time is a setting of the balance."""
_SEND_NS = SECOND // 10
_CHANGE = 0.125
"""Part of the last value by which a new one must differ to be sent after `SR`."""


class SicsScale:
    """The protocol, seen from the balance."""

    def __init__(self, balance: Balance, unit: str = "g") -> None:
        self._balance, self._unit = balance, unit
        self._lines = Frames(LF)
        self._waiting: list[tuple[int, str]] = []
        self._repeats = ""
        self._next_ns, self._last_g = 0, 0.0

    def hear(self, data: bytes, now_ns: int) -> list[bytes]:
        """Take a host's bytes; return the answers that are due at once."""
        return [
            answer
            for line in self._lines.feed(data)
            for answer in self._obey(line.removesuffix(b"\r").decode("ascii", "replace"), now_ns)
        ]

    def tick(self, now_ns: int) -> list[bytes]:
        """Let time pass; return the answers that had to wait and what is sent again and again."""
        found: list[bytes] = []
        waiting, self._waiting = self._waiting, []
        for began_ns, order in waiting:
            found += self._try(order, began_ns, now_ns)
        if self._repeats and now_ns >= self._next_ns:
            self._next_ns = now_ns + _SEND_NS
            found += self._repeat(now_ns)
        return found

    def _obey(self, order: str, now_ns: int) -> list[bytes]:
        if order in ("S", "Z", "T"):
            return self._try(order, now_ns, now_ns)
        if order in ("SI", "SIR", "SR"):
            self._repeats, self._next_ns = order.removeprefix("SI") and order, now_ns + _SEND_NS
            return [self._weight(now_ns)]
        if order == "TAC":
            self._balance.take_off(0.0)
            return [_said("TAC A")]
        if order in ("ZI", "TI"):
            return [self._at_once(order, now_ns)]
        return [self._other(order, now_ns)]

    def _other(self, order: str, now_ns: int) -> bytes:
        if order == "@":
            self._repeats, self._waiting = "", []
        if order in ("@", "I4"):
            return _said(f'I4 A "{SERIAL}"')
        if order == "I2":
            return _said(f'I2 A "Emulated Balance {self._number(self._balance.capacity_g)} {self._unit}"')
        if order == "TA":
            return _said(f"TA A {self._number(self._balance.look(now_ns).tare_g):>10} {self._unit}")
        return _said("ES")

    def _try(self, order: str, began_ns: int, now_ns: int) -> list[bytes]:
        """Answer an order that waits for rest, or let it wait."""
        shown = self._balance.look(now_ns)
        if shown.moving and now_ns - began_ns < _PATIENCE_NS:
            self._waiting = [*self._waiting[-7:], (began_ns, order)]
            return []
        if shown.moving:
            return [_said(f"{order} I")]
        return [self._weight(now_ns) if order == "S" else self._at_once(order, now_ns)]

    def _at_once(self, order: str, now_ns: int) -> bytes:
        """Zero or tare: Z and T at rest, ZI and TI whatever the load does."""
        shown, dynamic = self._balance.look(now_ns), order.endswith("I")
        state = "D" if shown.moving else "S"
        if order[0] == "T":
            if not self._balance.tare(now_ns, moving=dynamic):
                return _said(f"{order} {'-' if shown.gross_g < 0 else '+' if shown.over else 'I'}")
            return _said(f"{order} {state} {self._number(self._balance.look(now_ns).tare_g):>10} {self._unit}")
        if not self._balance.zero(now_ns, moving=dynamic):
            return _said(f"{order} {'-' if shown.gross_g < 0 else '+'}")
        return _said(f"{order} {state if dynamic else 'A'}")

    def _repeat(self, now_ns: int) -> list[bytes]:
        net_g = self._balance.look(now_ns).net_g
        if self._repeats == "SR" and abs(net_g - self._last_g) <= max(
            abs(self._last_g) * _CHANGE, 30 * self._balance.step_g
        ):
            return []
        return [self._weight(now_ns)]

    def _weight(self, now_ns: int) -> bytes:
        shown = self._balance.look(now_ns)
        if shown.over or shown.under:
            return _said("S +" if shown.over else "S -")
        self._last_g = shown.net_g
        state = "D" if shown.moving else "S"
        unit = "oz" if self._balance.trouble is Trouble.OTHER_UNIT else self._unit
        return _said(f"S {state} {self._number(shown.net_g, unit):>10} {unit}")

    def _number(self, grams: float, unit: str = "") -> str:
        return f"{grams / GRAMS_OF[unit or self._unit]:.2f}"


def _said(text: str) -> bytes:
    return text.encode() + b"\r\n"
