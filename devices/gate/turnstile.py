"""What a turnstile is, as data: which relay and which input means what, how long, and closed or open."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from contracts.clock import MILLISECOND, SECOND
from contracts.records import Direction


class Mode(StrEnum):
    """How a turnstile takes leave to let somebody through."""

    PULSE = "an edge opens it for one person"
    POTENTIAL = "it is open as long as the level is there"
    STACK = "each pulse counts one more person"


class Safe(StrEnum):
    """What a turnstile is told in the safe state. People can always get out."""

    BOTH = "its fire input is let go, which opens both ways"
    OUT = "the level that lets people out is held; whoever comes in still needs leave"


class Order(StrEnum):
    """What a relay tells the turnstile."""

    OPEN_IN = "let one in"
    OPEN_OUT = "let one out"
    STOP = "lock"
    HOLD_FIRE = "no fire"
    """Closed in normal times. Whatever lets it go, opens the turnstile: a command, a watchdog, a cut wire."""


class Sense(StrEnum):
    """What an input tells of the turnstile."""

    PASSED_IN = "somebody has come in"
    PASSED_OUT = "somebody has gone out"
    READY = "it works"
    ALARM = "somebody went through without leave"
    FIRE = "the fire panel has opened the loop"
    TIMED_OUT = "somebody with leave did not come"


@dataclass(frozen=True, slots=True)
class Contact:
    """A relay or an input.

    Args:
        channel: from 0.
        closed: whether it means so when closed; False for what is closed at rest.
    """

    channel: int
    closed: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Turnstile:
    """One model in one mode.

    Args:
        model: maker and model.
        mode: see `Mode`.
        relays: which relay gives which order.
        inputs: which input tells what; what is not wired is not there.
        pulse_ns: how long an order is given in PULSE and STACK.
        open_ns: how long it waits for the person, or is held open in POTENTIAL.
        passing_ns: how long it takes to close behind a body.
        safe: see `Safe`.
    """

    model: str
    mode: Mode
    relays: Mapping[Order, Contact]
    inputs: Mapping[Sense, Contact]
    pulse_ns: int = 200 * MILLISECOND
    open_ns: int = 5 * SECOND
    passing_ns: int = 800 * MILLISECOND
    safe: Safe = Safe.BOTH


OPENS = {Direction.IN: Order.OPEN_IN, Direction.OUT: Order.OPEN_OUT}
PASSES = {Sense.PASSED_IN: Direction.IN, Sense.PASSED_OUT: Direction.OUT}
