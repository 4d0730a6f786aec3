"""Turnstiles by name. A new one is one entry here.

Channels are how this project wires a lane; a lane that is wired otherwise is another entry. Six inputs and four relays
fit on every module of `devices.gate.modules`. The fire loop is a relay of the module and the fire panel's contact in a
row, and the panel's second contact goes to an input.
Sources: PERCo TTR-04CW manual p. 13-16 and appendices A, B; PERCo TTR-10A manual p. 12-16; Gunnebo SpeedStile BP DS
manual p. 20, 35, 54-55. How long a body takes is our assumption.
"""

from __future__ import annotations

from dataclasses import replace

from contracts.errors import UsageError
from devices.gate.turnstile import Contact, Mode, Order, Safe, Sense, Turnstile

_RELAYS = {
    Order.OPEN_IN: Contact(0),
    Order.OPEN_OUT: Contact(1),
    Order.STOP: Contact(2),
    Order.HOLD_FIRE: Contact(3),
}
_PERCO = Turnstile(
    model="PERCo TTR-04CW, pulse mode",
    mode=Mode.PULSE,
    relays=_RELAYS,
    inputs={
        Sense.PASSED_IN: Contact(0),
        Sense.PASSED_OUT: Contact(1),
        Sense.READY: Contact(2),
        Sense.ALARM: Contact(3),
        Sense.FIRE: Contact(4, closed=False),
    },
)
TURNSTILES: dict[str, Turnstile] = {
    "perco-pulse": _PERCO,
    # In this mode a level frees one side for as long as it is there (TTR-04CW, appendix B). In pulse mode only edges
    # while Stop is given would, which appendix A does not say in so many words; and the Gunnebo's stack counts people.
    # Those two have nothing but the fire input, which opens both ways.
    "perco-potential": replace(_PERCO, model="PERCo TTR-04CW, potential mode", mode=Mode.POTENTIAL, safe=Safe.OUT),
    # Its PASS relays are closed at rest.
    "perco-ttr-10a": replace(
        _PERCO,
        model="PERCo TTR-10A, pulse mode",
        inputs={
            **_PERCO.inputs,
            Sense.PASSED_IN: Contact(0, closed=False),
            Sense.PASSED_OUT: Contact(1, closed=False),
        },
    ),
    # Its relays are masks over flags: Ack Count with each direction, Out of Service (open when in service), any Fraud,
    # and Timeout. That its LOCK input empties the stack is not from the manual.
    "gunnebo-stack": Turnstile(
        model="Gunnebo SpeedStile BP DS",
        mode=Mode.STACK,
        relays=_RELAYS,
        inputs={
            Sense.PASSED_IN: Contact(0),
            Sense.PASSED_OUT: Contact(1),
            Sense.READY: Contact(2, closed=False),
            Sense.ALARM: Contact(3),
            Sense.FIRE: Contact(4, closed=False),
            Sense.TIMED_OUT: Contact(5),
        },
    ),
}


def find(name: str) -> Turnstile:
    """Return a turnstile.

    Raises:
        UsageError: there is none of that name.
    """
    if name not in TURNSTILES:
        raise UsageError(
            "no such turnstile", where="devices/gate/turnstiles.py", expected=", ".join(TURNSTILES), found=name
        )
    return TURNSTILES[name]
