"""The life of one visit, as one table.

Everything that may move a visit from one state to another stands in TABLE; nothing else does. `table_text()`
and `diagram()` are made from it, so they cannot disagree with it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from contracts.geometry import Vec3
from contracts.records import VisitState
from stack.machine import Machine


class VisitEvent(StrEnum):
    """What can happen to a visit."""

    CAME_IN = "came in"
    """The gate counted the person in, or somebody was seen inside who never was admitted."""
    EXPIRED = "expired"
    """Admitted, but nobody came in before the gate or the stack gave up."""
    WENT_OUT = "went out"
    """A gate counted the person out, the track crossed an exit, or (without gates) they are out of sight."""
    CAME_BACK = "came back"
    """Seen well inside again before the receipt was written: turned round, or was not the one who left."""
    SETTLED = "settled"
    """The last evidence is in and the receipt is written."""


TABLE: dict[tuple[VisitState, VisitEvent], VisitState] = {
    (VisitState.ADMITTED, VisitEvent.CAME_IN): VisitState.INSIDE,
    (VisitState.ADMITTED, VisitEvent.EXPIRED): VisitState.CLOSED,
    (VisitState.INSIDE, VisitEvent.WENT_OUT): VisitState.LEFT,
    (VisitState.LEFT, VisitEvent.CAME_BACK): VisitState.INSIDE,
    (VisitState.LEFT, VisitEvent.SETTLED): VisitState.CLOSED,
}


MACHINE = Machine("visit", TABLE, VisitState.ADMITTED, (VisitState.CLOSED,))
after = MACHINE.after


def table_text() -> str:
    """Return the table as text, one transition a line."""
    return MACHINE.text()


def diagram() -> str:
    """Return the table as a Mermaid state diagram."""
    return MACHINE.diagram()


@dataclass(slots=True)
class Visit:
    """One person's stay. Everybody inside has exactly one, guests and tailgaters too.

    Args:
        id: "v1".
        account: who pays, "" for nobody.
        party: id of the visit that the receipt is written for: the first of a group on one account.
        gate: where it was admitted, "" when it never was.
        since_ns: when it was admitted or first seen.
        state: where it stands; changes only through `move`.
        track: the track it is tied to now, "" while there is none.
        seen_ns: when it was last seen.
        at: where it was last seen, metres, world.
        left_ns: when it left.
        doubts: reasons for a person to look at its receipt: (event, reason).
        missed_ns: since when its person is looked for, where an earlier process had begun it; 0 once they are found.
    """

    id: str
    account: str
    party: str
    gate: str
    since_ns: int
    state: VisitState = VisitState.ADMITTED
    track: str = ""
    seen_ns: int = 0
    at: Vec3 = (0.0, 0.0, 0.0)
    left_ns: int = 0
    doubts: list[tuple[str, str]] = field(default_factory=list)
    missed_ns: int = 0

    def move(self, event: VisitEvent) -> None:
        """Take one step of the table."""
        self.state = after(self.state, event)
