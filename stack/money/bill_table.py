"""The life of one bill, as one table: what somebody owes, whichever payments it takes to settle it."""

from __future__ import annotations

from enum import StrEnum

from stack.machine import Machine


class BillState(StrEnum):
    """Where a bill stands."""

    OPEN = "open"
    """Somebody is shopping: nothing is owed yet, an amount may be held."""
    OWED = "owed"
    """The receipt is written; money is on its way."""
    PAID = "paid"
    HELD = "held"
    """Not all of it could be had, or must not be taken unseen: the reason stands in the bill."""
    VOID = "void"
    """Given up before anything was paid: the goods stay, or are in another bill."""


class BillEvent(StrEnum):
    """What can happen to a bill."""

    RECEIPT = "receipt written"
    DOUBTFUL = "receipt held for review"
    SETTLED = "all is paid"
    FAILED = "cannot be collected"
    COLLECT = "collect again"
    VOIDED = "given up"


TABLE: dict[tuple[BillState, BillEvent], BillState] = {
    (BillState.OPEN, BillEvent.RECEIPT): BillState.OWED,
    (BillState.OPEN, BillEvent.DOUBTFUL): BillState.HELD,
    (BillState.OWED, BillEvent.SETTLED): BillState.PAID,
    (BillState.OWED, BillEvent.FAILED): BillState.HELD,
    (BillState.HELD, BillEvent.COLLECT): BillState.OWED,
    (BillState.HELD, BillEvent.VOIDED): BillState.VOID,
}

MACHINE = Machine("bill", TABLE, BillState.OPEN, (BillState.PAID, BillState.HELD, BillState.VOID))
after = MACHINE.after


def table_text() -> str:
    """Return the table as text, one transition a line."""
    return MACHINE.text()


def diagram() -> str:
    """Return the table as a Mermaid state diagram."""
    return MACHINE.diagram()
