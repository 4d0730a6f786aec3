"""All that a turnstile does: one table, for the driver of a real one and for the twin's own.

A driver learns from inputs and relays what happened. The twin's has a relay that does at once what it is told, a module
that always answers and no fire loop, so of the six states it rests in three. Clocks are theirs: how long each waits.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from contracts.records import Direction, GateEventKind


class State(StrEnum):
    """Where it stands."""

    NOT_READY = "not ready"
    """The module has not answered yet, or does not any more."""
    LOCKED = "locked"
    OPENING = "opening"
    """Told to, and not yet read back."""
    AUTHORISED = "authorised"
    PASSING = "passing"
    FREE = "free"
    """Anybody may pass: fire, a watchdog, or the safe state."""


class Happening(StrEnum):
    """What can happen to it."""

    ANSWERS = "the module answers"
    SILENT = "the module is silent"
    OPEN = "told to open"
    LOCK = "told to lock"
    DONE = "the relay did it"
    FAILED = "the relay did not do it"
    BODY = "body passes"
    ALARM = "body without leave"
    TIME = "time is over"
    LOOSE = "fire loop opens"
    HELD = "fire loop closes"


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
_NOT_READY, _LOCKED, _OPENING = State.NOT_READY, State.LOCKED, State.OPENING
_AUTHORISED, _PASSING, _FREE = State.AUTHORISED, State.PASSING, State.FREE

TABLE: dict[tuple[State, Happening], Turn] = {
    (_NOT_READY, Happening.ANSWERS): Turn(_LOCKED),
    (_LOCKED, Happening.OPEN): Turn(_OPENING, left=1),
    (_LOCKED, Happening.BODY): Turn(_LOCKED, (_TAILGATED,)),
    (_LOCKED, Happening.ALARM): Turn(_LOCKED, (_TAILGATED,)),
    (_LOCKED, Happening.LOOSE): Turn(_FREE, (_OPENED,)),
    (_LOCKED, Happening.SILENT): Turn(_NOT_READY),
    (_OPENING, Happening.OPEN): Turn(_OPENING, left=1),
    (_OPENING, Happening.LOCK): Turn(_LOCKED),
    (_OPENING, Happening.DONE): Turn(_AUTHORISED, (_OPENED,)),
    (_OPENING, Happening.FAILED): Turn(_LOCKED),
    (_OPENING, Happening.BODY): Turn(_PASSING, (_OPENED, _PASSED), left=-1),
    (_OPENING, Happening.LOOSE): Turn(_FREE, (_OPENED,)),
    (_OPENING, Happening.SILENT): Turn(_NOT_READY),
    (_AUTHORISED, Happening.OPEN): Turn(_AUTHORISED, left=1),
    (_AUTHORISED, Happening.LOCK): Turn(_LOCKED, (_CLOSED,)),
    (_AUTHORISED, Happening.BODY): Turn(_PASSING, (_PASSED,), left=-1),
    (_AUTHORISED, Happening.ALARM): Turn(_AUTHORISED, (_TAILGATED,)),
    (_AUTHORISED, Happening.TIME): Turn(_LOCKED, (_TIMED_OUT, _CLOSED)),
    (_AUTHORISED, Happening.LOOSE): Turn(_FREE),
    (_AUTHORISED, Happening.SILENT): Turn(_NOT_READY),
    (_PASSING, Happening.OPEN): Turn(_AUTHORISED, left=1),
    (_PASSING, Happening.LOCK): Turn(_LOCKED, (_CLOSED,)),
    (_PASSING, Happening.BODY): Turn(_PASSING, (_TAILGATED,)),
    (_PASSING, Happening.ALARM): Turn(_PASSING, (_TAILGATED,)),
    (_PASSING, Happening.TIME): Turn(_LOCKED, (_CLOSED,)),
    (_PASSING, Happening.LOOSE): Turn(_FREE),
    (_PASSING, Happening.SILENT): Turn(_NOT_READY),
    (_FREE, Happening.BODY): Turn(_FREE, (_PASSED,)),
    (_FREE, Happening.HELD): Turn(_LOCKED, (_CLOSED,)),
    (_FREE, Happening.SILENT): Turn(_NOT_READY),
}
"""PASSING with people still to come goes on to AUTHORISED at once. What is not here changes nothing."""

TIMED = frozenset({_OPENING, _AUTHORISED, _PASSING})
"""These end by themselves, and only in these somebody may still be to come."""


@dataclass(frozen=True, slots=True)
class Standing:
    """Where one turnstile stands.

    Args:
        state: its state.
        left: how many people may still pass.
    """

    state: State
    left: int = 0

    def after(self, happening: Happening) -> tuple[Standing, tuple[GateEventKind, ...]]:
        """Return where it stands then, and what is reported, in order."""
        turn = next_turn(self.state, happening)
        left = max(self.left + turn.left, 0) if turn.to in TIMED else 0
        state = _AUTHORISED if turn.to is _PASSING and left else turn.to
        return Standing(state, left), turn.says


def next_turn(state: State, happening: Happening) -> Turn:
    """Return what a turnstile does; where the table is silent, nothing."""
    return TABLE.get((state, happening), Turn(state))


def towards(kind: GateEventKind, direction: Direction) -> GateEventKind:
    """Return an entry of `says` as it is reported of a body that goes this way."""
    return GateEventKind.PASSED_OUT if kind is _PASSED and direction is Direction.OUT else kind


def diagram() -> str:
    """Return the table as a Mermaid state diagram."""
    lines = [
        f"    {_name(state)} --> {_name(turn.to)}: {happening}" + (f" / {', '.join(turn.says)}" if turn.says else "")
        for (state, happening), turn in TABLE.items()
    ]
    return "\n".join(["stateDiagram-v2", f"    [*] --> {_name(State.NOT_READY)}", *lines])


def _name(state: State) -> str:
    return state.replace(" ", "_")
