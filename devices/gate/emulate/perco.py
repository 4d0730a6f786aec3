"""A PERCo tripod with its controller, in pulse mode and in potential mode.

Source: PERCo TTR-04CW manual, 5.4, 5.5 (at least 100 ms, 5 s, fire) and appendices A and B. How long a body turns the
arms, and that PASS lasts as long, is our assumption.
"""

from __future__ import annotations

from collections import deque

from contracts.clock import MILLISECOND
from contracts.records import Direction
from devices.gate.emulate.mechanics import MOST_GRANTED, Signals
from devices.gate.turnstile import OPENS, Mode, Order, Sense, Turnstile

SHORTEST_NS = 100 * MILLISECOND
"""An order that is given for less is not heard."""
ALARM_NS = 400 * MILLISECOND
_EVER = 1 << 62
_SIDES = {order: direction for direction, order in OPENS.items()}
_PASSED = {Direction.IN: Sense.PASSED_IN, Direction.OUT: Sense.PASSED_OUT}


class Perco:
    """One tripod.

    Args:
        turnstile: its mode and times.
        detector: whether an intrusion detector is fitted, which sees whoever jumps over.
    """

    def __init__(self, turnstile: Turnstile, *, detector: bool = False) -> None:
        self._turnstile, self._detector = turnstile, detector
        self._given: dict[Order, bool] = dict.fromkeys(Order, False)
        self._edges: list[tuple[int, Order, frozenset[Order]]] = []
        self._open_until_ns = dict.fromkeys(Direction, 0)
        self._signals = Signals()
        self._now_ns = 0
        self.granted: deque[Direction | None] = deque(maxlen=MOST_GRANTED)

    def order(self, order: Order, now_ns: int, *, given: bool) -> None:
        """Take a relay's new state."""
        self.advance(now_ns)
        if given and not self._given[order]:
            low = frozenset(other for other, is_low in self._given.items() if is_low)
            self._edges.append((now_ns + SHORTEST_NS, order, low))
        elif not given:
            self._edges = [edge for edge in self._edges if edge[1] is not order]
        self._given[order] = given
        if self._turnstile.mode is Mode.POTENTIAL and order in _SIDES and not self.burns:
            self.granted.append(_SIDES[order] if given else None)
        if order is Order.HOLD_FIRE:
            # With the level back, both sides are locked.
            self._open_until_ns = dict.fromkeys(Direction, 0)

    def advance(self, now_ns: int) -> None:
        """Let time pass: orders that were given long enough are obeyed."""
        for edge in [edge for edge in self._edges if edge[0] <= now_ns]:
            self._edges.remove(edge)
            self._now_ns = edge[0]
            if self._turnstile.mode is Mode.PULSE and not self.burns:
                self._obey(edge[1], edge[2])
        self._now_ns = max(self._now_ns, now_ns)

    @property
    def burns(self) -> bool:
        """Whether the fire input has lost its level: everybody may pass, and orders are not heard."""
        return not self._given[Order.HOLD_FIRE]

    def lets_through(self, direction: Direction) -> bool:
        """Whether a body may go through now."""
        if self.burns:
            return True
        if self._turnstile.mode is Mode.POTENTIAL:
            return self._given[OPENS[direction]] and not self._given[Order.STOP]
        return self._now_ns < self._open_until_ns[direction]

    def cross(self, direction: Direction, now_ns: int) -> bool:
        """A body goes through, or jumps over; return whether it had leave."""
        self.advance(now_ns)
        if not self.lets_through(direction):
            if self._detector:
                self._signals.begin(Sense.ALARM, now_ns + ALARM_NS)
            return False
        self._signals.begin(_PASSED[direction], now_ns + self._turnstile.passing_ns)
        if self._open_until_ns[direction] != _EVER:
            self._open_until_ns[direction] = 0
        return True

    def says(self) -> frozenset[Sense]:
        """Return what its contacts tell now."""
        return self._signals.now(self._now_ns) | {Sense.READY}

    def _obey(self, order: Order, low: frozenset[Order]) -> None:
        """Take an edge while other inputs are low: the table of appendix A."""
        if order is Order.HOLD_FIRE:
            return
        sides = [_SIDES[other] for other in (*low, order) if other in _SIDES]
        if order is Order.STOP and not sides:
            self._open_until_ns = dict.fromkeys(Direction, 0)
            self.granted.append(None)
            return
        free = order is Order.STOP or Order.STOP in low
        self.granted += sides
        for side in sides:
            if free:
                self._open_until_ns[side] = _EVER
            elif self._open_until_ns[side] != _EVER:
                self._open_until_ns[side] = self._now_ns - SHORTEST_NS + self._turnstile.open_ns
