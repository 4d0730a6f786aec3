"""Being known by the palm: agreeing to it in the app and holding the hand there, and taking that back."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from contracts.checkout import PhoneAction
from contracts.palms import Enrol, Forget
from contracts.records import Direction
from twin.palm_enrolling import PICTURES
from twin.shopper.actor import Actor, Moves
from twin.shopper.acts import gates
from twin.shopper.acts.showing import phone_of, read_app
from twin.shopper.acts.till import come_to, till_named
from twin.shopper.problem import CannotDo
from twin.shopper.waiting import idle

WORDING = "palm-en-1"
"""What the app's consent page says it is; `stack/web/pages/palm.py:wording` makes it."""
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
            put = partial(actor.stage.counter.show_palm, till.palm_reader, actor.plan.palm, actor.name)
            yield from _enrol(actor, till.palm_reader, put)
        finally:
            actor.company.queues[till.id].remove(actor.name)
        return
    gate = gates.pick(actor, step.at, Direction.IN)
    yield from gates.line_up(actor, gate, Direction.IN)
    yield from _enrol(actor, gate.palm_reader, partial(_at_gate, actor, gate.palm_reader))


def _at_gate(actor: Actor, reader: str) -> None:
    actor.stage.show_palm(reader, actor.plan.palm, actor.name)


def _enrol(actor: Actor, reader: str, put: Callable[[], None]) -> Moves:
    phone = phone_of(actor)
    if not reader:
        raise CannotDo("there is no palm reader")
    for _ in range(TRIES):
        phone.ask(PhoneAction.ENROL_PALM, actor.now_ns, device=reader, wording=WORDING)
        yield from read_app(actor, phone)
        phone.view = None
        for _ in range(PICTURES):
            put()
            yield from idle(actor, lambda: False, actor.tempo(APART_S))
        yield from read_app(actor, phone)
        if actor.stage.counter.knows_palm(actor.name):
            return
    raise CannotDo(phone.view.text if phone.view else "the app shows nothing")


def forget(actor: Actor, step: Forget) -> Moves:  # noqa: ARG001  # an act's signature
    """Take the consent back in the app."""
    phone = phone_of(actor)
    phone.ask(PhoneAction.FORGET_PALM, actor.now_ns)
    yield from read_app(actor, phone)
