"""The life of one authorisation at a gate, as one table: from the code shown to the open gate, or the refusal."""

from __future__ import annotations

from enum import StrEnum

from stack.machine import Machine


class GateState(StrEnum):
    """Where somebody stands who has shown a code at a gate."""

    ASKED = "asked"
    """The bank is asked to hold an amount."""
    APPROVED = "approved"
    """It holds; somebody who came earlier still waits in the lane."""
    REFUSED = "refused"
    """It does not; somebody who came earlier still waits in the lane."""
    LET_IN = "let in"
    TURNED_AWAY = "turned away"


class GateTurn(StrEnum):
    """What can happen there."""

    HELD = "the bank holds the amount"
    DECLINED = "the bank declines, or never answers"
    TURN = "nobody is before them"


TABLE: dict[tuple[GateState, GateTurn], GateState] = {
    (GateState.ASKED, GateTurn.HELD): GateState.APPROVED,
    (GateState.ASKED, GateTurn.DECLINED): GateState.REFUSED,
    (GateState.APPROVED, GateTurn.TURN): GateState.LET_IN,
    (GateState.REFUSED, GateTurn.TURN): GateState.TURNED_AWAY,
}

MACHINE = Machine("gate authorisation", TABLE, GateState.ASKED, (GateState.LET_IN, GateState.TURNED_AWAY))
after = MACHINE.after


def diagram() -> str:
    """Return the table as a Mermaid state diagram."""
    return MACHINE.diagram()
