"""The life of one rotating code, as one table: each admits as many as it says, and nobody again."""

from __future__ import annotations

from enum import StrEnum

from stack.machine import Machine


class CodeState(StrEnum):
    """What a code is worth."""

    NEW = "new"
    """Not shown yet."""
    SHARED = "shared"
    """Somebody of a group has come in by it; there are places left."""
    USED = "used"


class CodeEvent(StrEnum):
    """What can happen to a code while it is not too old."""

    SHOWN = "shown, places are left"
    LAST = "shown, its last place"


TABLE: dict[tuple[CodeState, CodeEvent], CodeState] = {
    (CodeState.NEW, CodeEvent.SHOWN): CodeState.SHARED,
    (CodeState.NEW, CodeEvent.LAST): CodeState.USED,
    (CodeState.SHARED, CodeEvent.SHOWN): CodeState.SHARED,
    (CodeState.SHARED, CodeEvent.LAST): CodeState.USED,
}

MACHINE = Machine("code", TABLE, CodeState.NEW, (CodeState.USED,))


def state_of(uses: int, places: int) -> CodeState:
    """Return what a code is worth.

    Args:
        uses: how often it was used.
        places: how many it admits.
    """
    if uses >= places:
        return CodeState.USED
    return CodeState.SHARED if uses else CodeState.NEW


def next_use(uses: int, places: int) -> int:
    """Return which use of a code the next one is, 1 and up; 0 where the table lets nobody in by it any more."""
    event = CodeEvent.LAST if uses + 1 >= places else CodeEvent.SHOWN
    return uses + 1 if MACHINE.takes(state_of(uses, places), event) else 0


def diagram() -> str:
    """Return the table as a Mermaid state diagram."""
    return MACHINE.diagram()
