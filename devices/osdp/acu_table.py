"""How an ACU brings a device to where it answers polls, and back after a loss: one table.

`diagram()` is made from it, so that it cannot disagree. No I/O.
"""

from __future__ import annotations

from enum import StrEnum


class State(StrEnum):
    """What the ACU asks next."""

    START = "start"
    """Who are you? With sequence number 0, which ends whatever was before."""
    DESCRIBE = "describe"
    CHALLENGE = "challenge"
    PROVE = "prove"
    INSTALL = "install"
    """A challenge with the key that everybody knows."""
    INSTALL_PROVE = "install_prove"
    KEY = "key"
    """Take this key."""
    READY = "ready"


class Turn(StrEnum):
    """What can happen."""

    ANSWERED = "answered"
    NO_CHANNEL = "answered, no channel wanted"
    REFUSED = "refused"
    WRONG_KEY = "another key"
    NO_KEY = "another key, may be set"
    BROKEN = "channel or sequence lost"
    SILENT = "silent"


TABLE: dict[tuple[State, Turn], State] = {
    (State.START, Turn.ANSWERED): State.DESCRIBE,
    (State.DESCRIBE, Turn.ANSWERED): State.CHALLENGE,
    (State.DESCRIBE, Turn.NO_CHANNEL): State.READY,
    (State.CHALLENGE, Turn.ANSWERED): State.PROVE,
    (State.CHALLENGE, Turn.WRONG_KEY): State.START,
    (State.CHALLENGE, Turn.NO_KEY): State.INSTALL,
    (State.PROVE, Turn.ANSWERED): State.READY,
    (State.PROVE, Turn.WRONG_KEY): State.START,
    (State.PROVE, Turn.NO_KEY): State.INSTALL,
    (State.INSTALL, Turn.ANSWERED): State.INSTALL_PROVE,
    (State.INSTALL, Turn.WRONG_KEY): State.START,
    (State.INSTALL_PROVE, Turn.ANSWERED): State.KEY,
    (State.INSTALL_PROVE, Turn.WRONG_KEY): State.START,
    (State.KEY, Turn.ANSWERED): State.CHALLENGE,
    (State.KEY, Turn.REFUSED): State.START,
    (State.READY, Turn.ANSWERED): State.READY,
    (State.READY, Turn.REFUSED): State.READY,
    **{(state, turn): State.START for state in State for turn in (Turn.BROKEN, Turn.SILENT)},
}


def diagram() -> str:
    """Return the table as a Mermaid state diagram; what leads back to the start by a loss is left out."""
    rows = [
        f"    {state} --> {to}: {turn}"
        for (state, turn), to in TABLE.items()
        if turn not in (Turn.BROKEN, Turn.SILENT) and (state, to) != (State.READY, State.READY)
    ]
    return "\n".join(["stateDiagram-v2", f"    [*] --> {State.START}", *rows])
