"""A gate of the twin: a turnstile or a light beam, each one table of states.

The tables say what a gate does; `TwinGate` keeps the time and reports. Bodies are not stopped by force: the walking
shopper asks `lets_through` before the line, and reports a passage with `passed`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from contracts.clock import MILLISECOND, SECOND
from contracts.layout import GateInfo, GateKind
from contracts.ports import FaultKind, PortInfo, PortKind
from contracts.records import Direction, GateAction, GateCommand, GateEvent, GateEventKind

OPEN_FOR_NS = 5 * SECOND
"""A turnstile locks again when nobody has come through for so long."""
PASSING_NS = 800 * MILLISECOND
"""How long the barrier needs behind a body; whoever is close enough slips through meanwhile."""


class State(StrEnum):
    """Where a turnstile stands."""

    LOCKED = "locked"
    AUTHORISED = "authorised"
    PASSING = "passing"


class Happening(StrEnum):
    """What can happen to a turnstile."""

    OPEN = "told to open"
    LOCK = "told to lock"
    BODY = "body crosses"
    TIME = "time is over"


@dataclass(frozen=True, slots=True)
class Turn:
    """One entry of the table.

    Args:
        to: the next state.
        says: what is reported, in order; PASSED_IN stands for the passage in whichever direction.
        left: change of the number of people who may still pass.
    """

    to: State
    says: tuple[GateEventKind, ...] = ()
    left: int = 0


_OPENED, _CLOSED = GateEventKind.OPENED, GateEventKind.CLOSED
_PASSED, _TIMED_OUT, _TAILGATED = GateEventKind.PASSED_IN, GateEventKind.TIMED_OUT, GateEventKind.TAILGATED

TURNSTILE: dict[tuple[State, Happening], Turn] = {
    (State.LOCKED, Happening.OPEN): Turn(State.AUTHORISED, (_OPENED,), left=1),
    (State.LOCKED, Happening.LOCK): Turn(State.LOCKED),
    (State.LOCKED, Happening.BODY): Turn(State.LOCKED, (_TAILGATED,)),
    (State.AUTHORISED, Happening.OPEN): Turn(State.AUTHORISED, left=1),
    (State.AUTHORISED, Happening.LOCK): Turn(State.LOCKED, (_CLOSED,)),
    (State.AUTHORISED, Happening.BODY): Turn(State.PASSING, (_PASSED,), left=-1),
    (State.AUTHORISED, Happening.TIME): Turn(State.LOCKED, (_TIMED_OUT, _CLOSED)),
    (State.PASSING, Happening.OPEN): Turn(State.AUTHORISED, left=1),
    (State.PASSING, Happening.LOCK): Turn(State.LOCKED, (_CLOSED,)),
    (State.PASSING, Happening.BODY): Turn(State.PASSING, (_TAILGATED,)),
    (State.PASSING, Happening.TIME): Turn(State.LOCKED, (_CLOSED,)),
}
"""All that a turnstile does. PASSING with people still authorised goes back to AUTHORISED at once."""

REPORTED_BY_SENSOR = frozenset({_TAILGATED})
"""Only a gate with a second light barrier notices these."""


def next_turn(state: State, happening: Happening) -> Turn:
    """Return what a turnstile does; where the table is silent, nothing."""
    return TURNSTILE.get((state, happening), Turn(state))


class TwinGate:
    """One gate as a port: a turnstile that lets authorised people through, or a beam that counts.

    Args:
        info: the gate as installed.
        tailgate_sensor: whether it notices a second body behind the first.
    """

    def __init__(self, info: GateInfo, *, tailgate_sensor: bool = False) -> None:
        self._gate, self._sensor = info, tailgate_sensor
        self.info = PortInfo(info.id, PortKind.GATE)
        self.state = State.LOCKED
        self._left = 0
        self._direction = Direction.IN
        self._until_ns = 0
        self._now_ns = 0
        self._off = False
        self._events: list[GateEvent] = []

    @property
    def blocks(self) -> bool:
        """Whether its barrier stands across the lane."""
        return self._gate.kind is GateKind.TURNSTILE and self.state is State.LOCKED

    def lets_through(self, direction: Direction) -> bool:
        """Whether a body may go through now."""
        if self._gate.kind is GateKind.BEAM:
            return True
        return self.state is State.AUTHORISED and direction is self._direction

    def command(self, command: GateCommand) -> None:
        """Take an order; it acts from now on."""
        if self._off or self._gate.kind is GateKind.BEAM:
            return
        if command.action is GateAction.OPEN:
            self._direction = command.direction
        self._happen(Happening.OPEN if command.action is GateAction.OPEN else Happening.LOCK)

    def passed(self, direction: Direction) -> bool:
        """A body has crossed the line.

        Returns:
            Whether the gate had been opened for it.
        """
        if self._gate.kind is GateKind.BEAM:
            self._report(_PASSED, direction)
            return True
        authorised = self.lets_through(direction)
        self._happen(Happening.BODY, direction)
        return authorised

    def advance(self, now_ns: int) -> None:
        """Let time pass."""
        self._now_ns = now_ns
        if self.state is not State.LOCKED and now_ns >= self._until_ns:
            self._happen(Happening.TIME)

    def read(self, until_ns: int) -> Sequence[GateEvent]:
        """Return what it reported after the last call and up to until_ns, oldest first."""
        ready = [event for event in self._events if event.t_ns <= until_ns]
        self._events = self._events[len(ready) :]
        return ready

    def fault(self, kind: FaultKind | None) -> bool:
        """Begin or end a fault: OFF obeys nobody and reports nothing, its barrier stays as it is."""
        if kind not in (None, FaultKind.OFF):
            return False
        self._off = kind is FaultKind.OFF
        return True

    def safe_state(self) -> None:
        """Open outwards, so that nobody is shut in."""
        self._direction = Direction.OUT
        self._happen(Happening.OPEN)

    def _happen(self, happening: Happening, direction: Direction = Direction.IN) -> None:
        """Go through the table."""
        turn = next_turn(self.state, happening)
        self.state, self._left = turn.to, max(self._left + turn.left, 0)
        if self.state is State.PASSING and self._left > 0:
            self.state = State.AUTHORISED
        if self.state is State.LOCKED:
            self._left = 0
        if happening is not Happening.TIME:
            self._until_ns = self._now_ns + (PASSING_NS if self.state is State.PASSING else OPEN_FOR_NS)
        for kind in turn.says:
            self._report(kind, direction)

    def _report(self, kind: GateEventKind, direction: Direction) -> None:
        """Send an event, unless the gate is dead or has no sensor for it."""
        if self._off or (kind in REPORTED_BY_SENSOR and not self._sensor):
            return
        if kind is _PASSED and direction is Direction.OUT:
            kind = GateEventKind.PASSED_OUT
        self._events.append(GateEvent(t_ns=self._now_ns, source=self._gate.id, kind=kind))
