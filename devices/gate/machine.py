"""The table of states with its clock: how many may still pass, in which direction, until when."""

from __future__ import annotations

from contracts.clock import MILLISECOND, SECOND
from contracts.gate_states import TIMED, Happening, Standing, State
from contracts.records import Direction, GateEventKind
from devices.gate.turnstile import Mode, Turnstile

GRACE_NS = 300 * MILLISECOND
"""Whoever sets out in the last moment is told of a little after it."""
STACK_GRACE_NS = SECOND
"""A turnstile that counts tells itself when time is over; only when it does not, its driver does."""
OPENING_NS = 3 * SECOND
"""Orders that are not carried out by then have failed."""


class Machine:
    """Where one turnstile stands.

    Args:
        turnstile: how long it waits.
    """

    def __init__(self, turnstile: Turnstile) -> None:
        self._turnstile = turnstile
        self._grace_ns = STACK_GRACE_NS if turnstile.mode is Mode.STACK else GRACE_NS
        self._until_ns = 0
        self._standing = Standing(State.NOT_READY)
        self.direction = Direction.IN

    @property
    def state(self) -> State:
        """Where it stands."""
        return self._standing.state

    @property
    def left(self) -> int:
        """How many may still pass."""
        return self._standing.left

    def happen(self, happening: Happening, now_ns: int) -> tuple[GateEventKind, ...]:
        """Go through the table; return what is reported."""
        if happening is Happening.TIME and self._one_of_many(now_ns):
            return (GateEventKind.TIMED_OUT,)
        before = self._standing
        self._standing, says = before.after(happening)
        if self._standing != before:
            self._until_ns = now_ns + self._lasts_ns()
        return says

    def over(self, now_ns: int) -> bool:
        """Whether time is over."""
        return self.state in TIMED and now_ns >= self._until_ns

    def holds(self, now_ns: int) -> bool:
        """Whether a level that holds the turnstile open is still to be there."""
        if self.state is State.AUTHORISED:
            return now_ns < self._until_ns - self._grace_ns
        return self.state is State.OPENING

    def _one_of_many(self, now_ns: int) -> bool:
        """Time is over for one of several who may pass, where the turnstile counts them."""
        if self._turnstile.mode is not Mode.STACK or self.state is not State.AUTHORISED or self.left < 2:
            return False
        self._standing = Standing(self.state, self.left - 1)
        self._until_ns = now_ns + self._lasts_ns()
        return True

    def _lasts_ns(self) -> int:
        if self.state is State.AUTHORISED:
            return self._turnstile.open_ns + self._grace_ns
        return OPENING_NS if self.state is State.OPENING else self._turnstile.passing_ns
