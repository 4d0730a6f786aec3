"""Being known by the palm, the face or a finger: agreeing to it in the app and showing it, and taking that back."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from contracts.biometrics import reads
from contracts.checkout import PhoneAction
from contracts.layout import GateInfo
from contracts.palms import Enrol, Forget
from contracts.records import Direction
from contracts.trade import TillInfo
from twin.palm_enrolling import PICTURES
from twin.shopper.actor import Actor, Moves
from twin.shopper.acts import gates
from twin.shopper.acts.showing import phone_of, read_app
from twin.shopper.acts.till import come_to, till_named
from twin.shopper.problem import CannotDo
from twin.shopper.waiting import idle

WORDING = "{}-en-1"
"""What the app's consent page says it is; `stack/web/pages/palm.py:wording` makes that of palms."""
TRIES = 3
APART_S = 1.5
"""From one picture to the next: the hand is taken away and held there again. Our assumption."""


def enrol(actor: Actor, step: Enrol) -> Moves:
    """Agree in the app, and hold the palm over the reader until it knows it."""
    layout = actor.company.layout
    if step.at in layout.till or (not step.at and actor.inside):
        till = till_named(actor, step.at)
        yield from come_to(actor, till)
        try:
            reader = _reader(till, step.by)
            put = partial(actor.stage.counter.show_palm, reader, actor.plan.palm, actor.name)
            yield from _enrol(actor, reader, step.by, put)
        finally:
            actor.company.queues[till.id].remove(actor.name)
        return
    gate = gates.pick(actor, step.at, Direction.IN)
    yield from gates.line_up(actor, gate, Direction.IN)
    reader = _reader(gate, step.by)
    yield from _enrol(actor, reader, step.by, partial(_at_gate, actor, reader))


def _reader(place: GateInfo | TillInfo, by: str) -> str:
    """Return the reader there that enrols something, "" for none."""
    if by == "palm":
        return place.palm_reader
    return place.bio_reader if reads(place.bio_reads, by) else ""


def _at_gate(actor: Actor, reader: str) -> None:
    actor.stage.show_palm(reader, actor.plan.palm, actor.name)


def _enrol(actor: Actor, reader: str, by: str, put: Callable[[], None]) -> Moves:
    phone = phone_of(actor)
    if not reader:
        raise CannotDo(f"there is no reader that enrols a {by}")
    for _ in range(TRIES):
        phone.ask(PhoneAction.ENROL_PALM, actor.now_ns, device=reader, wording=WORDING.format(by))
        yield from read_app(actor, phone)
        phone.view = None
        for _ in range(PICTURES):
            put()
            yield from idle(actor, lambda: False, actor.tempo(APART_S))
        yield from read_app(actor, phone)
        if actor.stage.counter.knows(actor.name, reader):
            return
    raise CannotDo(phone.view.text if phone.view else "the app shows nothing")


def forget(actor: Actor, step: Forget) -> Moves:
    """Take the consent back in the app."""
    phone = phone_of(actor)
    phone.ask(PhoneAction.FORGET_PALM, actor.now_ns, wording=WORDING.format(step.by))
    yield from read_app(actor, phone)
