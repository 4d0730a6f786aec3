"""How far a device has got with the secure channel: one table. No I/O."""

from __future__ import annotations

from enum import StrEnum


class Trust(StrEnum):
    """Where a device stands."""

    CLEAR = "clear"
    CHALLENGED = "challenged"
    """It has proved itself, and waits for the ACU's proof."""
    SECURE = "secure"


class Event(StrEnum):
    """What can happen."""

    RESTARTED = "sequence 0"
    CHALLENGED = "challenge"
    PROVED = "proof"
    DISPROVED = "wrong proof"
    FORGED = "wrong MAC"
    KEY_SET = "new key"
    SILENT = "nothing heard"


TABLE: dict[tuple[Trust, Event], Trust] = {
    (Trust.CHALLENGED, Event.PROVED): Trust.SECURE,
    (Trust.CHALLENGED, Event.DISPROVED): Trust.CLEAR,
    # A proof that nobody asked for proves nothing.
    (Trust.CLEAR, Event.DISPROVED): Trust.CLEAR,
    (Trust.SECURE, Event.DISPROVED): Trust.CLEAR,
    (Trust.SECURE, Event.FORGED): Trust.CLEAR,
    (Trust.SECURE, Event.KEY_SET): Trust.CLEAR,
    **{(trust, Event.CHALLENGED): Trust.CHALLENGED for trust in Trust},
    **{(trust, event): Trust.CLEAR for trust in Trust for event in (Event.RESTARTED, Event.SILENT)},
}
