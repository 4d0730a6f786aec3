"""The exchange between till and terminal, as one table.

The till is master until it gives a command; then the terminal is, and says what it does until it completes or aborts.
Who acknowledges what, what may come late or twice, and what silence means stands in TABLE; nothing else decides it.
`table_text()` and `diagram()` are made from it, so they cannot disagree with it. No I/O.
"""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple

from devices.terminal.apdu import Apdu
from devices.terminal.control import Control


class State(StrEnum):
    """Who has the word."""

    READY = "ready"
    """The till: it may give a command."""
    ASKED = "asked"
    """The terminal, which has not yet acknowledged the command."""
    LED = "led"
    """The terminal: it is master."""


class Turn(StrEnum):
    """What can happen."""

    COMMANDED = "command"
    ACKNOWLEDGED = "80 00"
    MORE_TIME = "84 9C"
    REFUSED = "84 xx"
    TOLD = "04 FF, 06 D1, 06 D3"
    """What it is doing, and receipt lines."""
    RESULT = "04 0F"
    COMPLETED = "06 0F"
    ABORTED = "06 1E"
    STRANGE = "unknown"
    """A message that nobody here knows."""
    SILENT = "time-out"
    LOST = "line lost"


class End(StrEnum):
    """How an exchange ended."""

    DONE = "done"
    ABORTED = "aborted"
    REFUSED = "refused"
    UNSURE = "unsure"
    """Nobody here knows what became of it: it must be asked about."""


class Step(NamedTuple):
    """What follows.

    Args:
        to: the next state.
        reply: what the till answers, None for nothing.
        end: set where the exchange is over.
    """

    to: State
    reply: Control | None = None
    end: End | None = None


_ACK, _NO = Control.ACKNOWLEDGED, Control.UNKNOWN_COMMAND

TABLE: dict[tuple[State, Turn], Step] = {
    (State.READY, Turn.COMMANDED): Step(State.ASKED),
    (State.ASKED, Turn.ACKNOWLEDGED): Step(State.LED),
    (State.ASKED, Turn.MORE_TIME): Step(State.ASKED),
    (State.ASKED, Turn.REFUSED): Step(State.READY, end=End.REFUSED),
    (State.LED, Turn.TOLD): Step(State.LED, _ACK),
    (State.LED, Turn.RESULT): Step(State.LED, _ACK),
    (State.LED, Turn.COMPLETED): Step(State.READY, _ACK, End.DONE),
    (State.LED, Turn.ABORTED): Step(State.READY, _ACK, End.ABORTED),
    # An acknowledgement that comes twice, and answers to an abort that was asked for meanwhile.
    (State.LED, Turn.ACKNOWLEDGED): Step(State.LED),
    (State.LED, Turn.MORE_TIME): Step(State.LED),
    (State.LED, Turn.REFUSED): Step(State.LED),
    # What comes before the acknowledgement belongs to an exchange before this one: taken, and not believed.
    (State.ASKED, Turn.TOLD): Step(State.ASKED, _ACK),
    (State.ASKED, Turn.RESULT): Step(State.ASKED, _ACK),
    (State.ASKED, Turn.COMPLETED): Step(State.ASKED, _ACK),
    (State.ASKED, Turn.ABORTED): Step(State.ASKED, _ACK),
    (State.READY, Turn.TOLD): Step(State.READY, _ACK),
    (State.READY, Turn.RESULT): Step(State.READY, _ACK),
    (State.READY, Turn.COMPLETED): Step(State.READY, _ACK),
    (State.READY, Turn.ABORTED): Step(State.READY, _ACK),
    (State.READY, Turn.ACKNOWLEDGED): Step(State.READY),
    (State.READY, Turn.MORE_TIME): Step(State.READY),
    (State.READY, Turn.REFUSED): Step(State.READY),
    **{(state, Turn.STRANGE): Step(state, _NO) for state in State},
    (State.ASKED, Turn.SILENT): Step(State.READY, end=End.UNSURE),
    (State.LED, Turn.SILENT): Step(State.READY, end=End.UNSURE),
    (State.ASKED, Turn.LOST): Step(State.READY, end=End.UNSURE),
    (State.LED, Turn.LOST): Step(State.READY, end=End.UNSURE),
    (State.READY, Turn.LOST): Step(State.READY),
}


def reply_of(step: Step) -> Apdu | None:
    """Return what a step says to the terminal."""
    return None if step.reply is None else Apdu(step.reply)


def table_text() -> str:
    """Return the table as text, one transition a line."""
    return "\n".join(
        f"{state:<5} {turn:<19} -> {step.to:<5} {_said(step)}".rstrip() for (state, turn), step in TABLE.items()
    )


def diagram() -> str:
    """Return the table as a Mermaid state diagram; what changes nothing is left out."""
    rows = [
        f"    {state} --> {step.to}: {turn}{' / ' + said if (said := _said(step)) else ''}"
        for (state, turn), step in TABLE.items()
        if state is not step.to or state is State.LED
    ]
    return "\n".join(["stateDiagram-v2", f"    [*] --> {State.READY}", *rows])


def _said(step: Step) -> str:
    reply = "" if step.reply is None else f"{step.reply >> 8:02X} {step.reply & 0xFF:02X}"
    return ", ".join(part for part in (reply, step.end or "") if part)
