"""A Gunnebo speed gate: each pulse of a reader counts one more person, each passage and each time-out one less.

Source: Gunnebo SpeedStile BP DS manual, p. 20, 35, 54-55. How long its relays stay closed is our assumption.
"""

from __future__ import annotations

from collections import deque

from contracts.clock import MILLISECOND
from contracts.records import Direction
from devices.gate.emulate.mechanics import MOST_GRANTED, Signals
from devices.gate.turnstile import OPENS, Order, Sense, Turnstile

TOLD_NS = 500 * MILLISECOND
_PASSED = {Direction.IN: Sense.PASSED_IN, Direction.OUT: Sense.PASSED_OUT}
_SIDES = {order: direction for direction, order in OPENS.items()}


class Gunnebo:
    """One lane. Its own beams see whoever follows or intrudes.

    Args:
        turnstile: its times.
        detector: whether its alarm is on.
    """

    def __init__(self, turnstile: Turnstile, *, detector: bool = True) -> None:
        self._turnstile, self._detector = turnstile, detector
        self._stack = dict.fromkeys(Direction, 0)
        self._until_ns = dict.fromkeys(Direction, 0)
        self._given: dict[Order, bool] = dict.fromkeys(Order, False)
        self._signals = Signals()
        self._now_ns = 0
        self.granted: deque[Direction | None] = deque(maxlen=MOST_GRANTED)

    def order(self, order: Order, now_ns: int, *, given: bool) -> None:
        """Take a relay's new state."""
        self.advance(now_ns)
        edge, self._given[order] = given and not self._given[order], given
        if not edge or self.burns:
            return
        if order is Order.STOP:
            self._stack = dict.fromkeys(Direction, 0)
            self.granted.append(None)
        elif order in _SIDES:
            side = _SIDES[order]
            self._stack[side] += 1
            self.granted.append(side)
            self._until_ns[side] = now_ns + self._turnstile.open_ns

    def advance(self, now_ns: int) -> None:
        """Let time pass: whoever does not come is taken off the stack."""
        self._now_ns = max(self._now_ns, now_ns)
        for side, count in self._stack.items():
            if count and now_ns >= self._until_ns[side]:
                self._stack[side] -= 1
                self._signals.begin(Sense.TIMED_OUT, self._until_ns[side] + TOLD_NS)
                self._until_ns[side] += self._turnstile.open_ns

    @property
    def burns(self) -> bool:
        """Whether it stands open for an emergency."""
        return not self._given[Order.HOLD_FIRE]

    def lets_through(self, direction: Direction) -> bool:
        """Whether a body may go through now."""
        return self.burns or self._stack[direction] > 0

    def cross(self, direction: Direction, now_ns: int) -> bool:
        """A body goes through; return whether it had leave."""
        self.advance(now_ns)
        if not self.lets_through(direction):
            if self._detector:
                self._signals.begin(Sense.ALARM, now_ns + TOLD_NS)
            return False
        self._signals.begin(_PASSED[direction], now_ns + TOLD_NS)
        if self._stack[direction]:
            self._stack[direction] -= 1
            self._until_ns[direction] = now_ns + self._turnstile.open_ns
        return True

    def says(self) -> frozenset[Sense]:
        """Return what its contacts tell now."""
        return self._signals.now(self._now_ns) | {Sense.READY}
