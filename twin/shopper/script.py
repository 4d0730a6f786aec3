"""Acting out a script: one step after the other, what could not be done noted, and home at the end."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from contracts.palms import Enrol, Forget
from contracts.steps import (
    Buy,
    CheckPrice,
    Drop,
    Enter,
    HandTo,
    Inspect,
    Leave,
    Look,
    Meet,
    Order,
    Pay,
    PutBack,
    ScanCode,
    Step,
    Take,
    TopUp,
    Touch,
    Wait,
    WalkTo,
)
from contracts.truth import TrueStep
from twin.shopper.actor import Actor, Moves
from twin.shopper.acts.drop import drop
from twin.shopper.acts.enrol import enrol, forget
from twin.shopper.acts.enter import enter
from twin.shopper.acts.hand import hand_to
from twin.shopper.acts.leave import leave
from twin.shopper.acts.ordering import order
from twin.shopper.acts.put import inspect, put_back
from twin.shopper.acts.stand import look, meet, wait, walk_to
from twin.shopper.acts.take import take
from twin.shopper.acts.till import check_price, pay, scan_code, top_up
from twin.shopper.acts.touch import touch
from twin.shopper.acts.vending import buy
from twin.shopper.handling import let_hang
from twin.shopper.problem import CannotDo, WentAway
from twin.shopper.say import say
from twin.shopper.skeleton import SIDES
from twin.shopper.waiting import attend, idle

Tell = Callable[[TrueStep], None]

_ACTS: dict[type[Step], Callable[[Actor, Any], Moves]] = {
    Enter: enter,
    WalkTo: walk_to,
    Take: take,
    PutBack: put_back,
    Inspect: inspect,
    Touch: touch,
    HandTo: hand_to,
    Drop: drop,
    Wait: wait,
    Look: look,
    Meet: meet,
    Leave: leave,
    Pay: pay,
    ScanCode: scan_code,
    TopUp: top_up,
    CheckPrice: check_price,
    Buy: buy,
    Order: order,
    Enrol: enrol,
    Forget: forget,
}


def act_out(actor: Actor, tell: Tell) -> Moves:
    """Act out a whole script; whoever is still in the store at its end and has not tried to leave, leaves.

    Args:
        actor: who.
        tell: takes the records of steps that began and ended.
    """
    steps = actor.plan.steps
    away = ""
    for index, step in enumerate(steps):
        actor.next_step = steps[index + 1] if index + 1 < len(steps) else None
        while actor.summons:
            yield from attend(actor)
        tell(_record(actor, index, step, done=False))
        problem = away
        if not away:
            try:
                yield from perform(actor, step)
            except WentAway as why:
                problem, away = str(why), f"did not get in: {why}"
            except CannotDo as why:
                problem = str(why)
            _compose(actor)
        actor.steps_done = index + 1
        tell(_record(actor, index, step, done=True, problem=problem))
    actor.next_step = None
    if actor.inside and not (steps and isinstance(steps[-1], Leave)):
        yield from _go_home(actor)
    actor.finished = True
    while not actor.gone:
        yield from idle(actor, lambda: False, 1.0)


def perform(actor: Actor, step: Step) -> Moves:
    """Return the act of a step."""
    return _ACTS[type(step)](actor, step)


def _go_home(actor: Actor) -> Moves:
    """Leave without being told to; who cannot, stays."""
    try:
        yield from leave(actor, Leave())
    except CannotDo:
        _compose(actor)


def _compose(actor: Actor) -> None:
    """Come to rest after a step, however it ended."""
    for side in SIDES:
        let_hang(actor, side)
    actor.route, actor.crossing, actor.wants = [], "", None
    spoken_for = actor.company.spoken_for
    for item in [item for item, name in spoken_for.items() if name == actor.name]:
        del spoken_for[item]
    if actor.present:
        actor.company.traffic.claims[actor.name] = actor.place


def _record(actor: Actor, index: int, step: Step, *, done: bool, problem: str = "") -> TrueStep:
    return TrueStep(
        t_ns=actor.now_ns,
        source="truth",
        shopper=actor.name,
        index=index,
        text=say(step),
        done=done,
        problem=problem,
    )
