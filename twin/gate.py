"""A gate of the twin: a turnstile, or a light beam that counts.

`contracts.gate_states` says what a turnstile does; `TwinGate` keeps the time and reports. Bodies are not stopped by
force: the walking shopper asks `lets_through` before the line, and reports a passage with `passed`.
"""

from __future__ import annotations

from collections.abc import Sequence

from contracts.clock import MILLISECOND, SECOND
from contracts.gate_states import Happening, Standing, State, towards
from contracts.layout import GateInfo, GateKind
from contracts.ports import FaultKind, PortInfo, PortKind
from contracts.record import take_due
from contracts.records import Direction, GateAction, GateCommand, GateEvent, GateEventKind

OPEN_FOR_NS = 5 * SECOND
"""A turnstile locks again when nobody has come through for so long."""
PASSING_NS = 800 * MILLISECOND
"""How long the barrier needs behind a body; whoever is close enough slips through meanwhile."""
REPORTED_BY_SENSOR = frozenset({GateEventKind.TAILGATED})
"""Only a gate with a second light barrier notices these."""


class TwinGate:
    """One gate as a port: a turnstile that lets authorised people through, or a beam that counts.

    Args:
        info: the gate as installed.
        tailgate_sensor: whether it notices a second body behind the first.
    """

    def __init__(self, info: GateInfo, *, tailgate_sensor: bool = False) -> None:
        self._gate, self._sensor = info, tailgate_sensor
        self.info = PortInfo(info.id, PortKind.GATE)
        self._standing = Standing(State.LOCKED)
        self._direction = Direction.IN
        self._until_ns = 0
        self._now_ns = 0
        self._off = False
        self._events: list[GateEvent] = []

    @property
    def state(self) -> State:
        """Where the turnstile stands."""
        return self._standing.state

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
            self._open(command.direction)
        else:
            self._happen(Happening.LOCK)

    def passed(self, direction: Direction) -> bool:
        """A body has crossed the line.

        Returns:
            Whether the gate had been opened for it.
        """
        if self._gate.kind is GateKind.BEAM:
            self._report(GateEventKind.PASSED_IN, direction)
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
        return take_due(self._events, until_ns)

    def fault(self, kind: FaultKind | None) -> bool:
        """Begin or end a fault: OFF obeys nobody and reports nothing, its barrier stays as it is."""
        if kind not in (None, FaultKind.OFF):
            return False
        self._off = kind is FaultKind.OFF
        return True

    def safe_state(self) -> None:
        """Open outwards, so that nobody is shut in."""
        self._open(Direction.OUT)

    def _open(self, direction: Direction) -> None:
        """Let one more through; the relay obeys at once."""
        self._direction = direction
        self._happen(Happening.OPEN)
        self._happen(Happening.DONE)

    def _happen(self, happening: Happening, direction: Direction = Direction.IN) -> None:
        """Go through the table."""
        self._standing, says = self._standing.after(happening)
        if happening is not Happening.TIME:
            self._until_ns = self._now_ns + (PASSING_NS if self.state is State.PASSING else OPEN_FOR_NS)
        for kind in says:
            self._report(kind, direction)

    def _report(self, kind: GateEventKind, direction: Direction) -> None:
        """Send an event, unless the gate is dead or has no sensor for it."""
        if self._off or (kind in REPORTED_BY_SENSOR and not self._sensor):
            return
        self._events.append(GateEvent(t_ns=self._now_ns, source=self._gate.id, kind=towards(kind, direction)))
