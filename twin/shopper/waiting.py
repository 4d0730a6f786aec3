"""Standing idle: the one state in which a shopper heeds others, makes room for them and takes what they hand over."""

from __future__ import annotations

import math
from collections.abc import Callable

from twin.shopper.actor import Actor, Moves
from twin.shopper.going import step_aside
from twin.shopper.handling import draw_back, reach_to, stow
from twin.shopper.skeleton import SIDES
from twin.shopper.vec import Vec2, lerp
from twin.stage import Side

_PATIENCE_S = 60.0


def idle(actor: Actor, until: Callable[[], bool], limit_s: float, at: Callable[[], Vec2] | None = None) -> Moves:
    """Stand until something is so, or for limit_s seconds.

    Args:
        actor: who waits.
        until: what for.
        limit_s: how long at most.
        at: what to look at meanwhile, metres; None = nothing.
    """
    since = actor.now_ns
    while not until() and actor.seconds_since(since) < limit_s:
        if actor.asked_by:
            asker, actor.asked_by = actor.company.actors[actor.asked_by], ""
            yield from step_aside(actor, asker)
        if actor.summons:
            yield from attend(actor)
        actor.puppet.straighten()
        if at is not None:
            actor.puppet.turn(toward(actor.place, at()))
        yield


def toward(here: Vec2, there: Vec2) -> float:
    """Return the heading from one point to another, radians."""
    return math.atan2(there[1] - here[1], there[0] - here[0])


def attend(actor: Actor) -> Moves:
    """Wait for the first giver in line, face them and take what they offer."""
    giver = actor.company.actors[actor.summons[0]]
    actor.attending, actor.offer = giver.name, None
    since = actor.now_ns
    while actor.offer is None and actor.attending and actor.seconds_since(since) < _PATIENCE_S:
        actor.puppet.straighten()
        actor.puppet.turn(toward(actor.place, giver.place))
        yield
    if actor.offer is not None:
        yield from _take_from(actor)
    actor.attending, actor.offer, actor.receiving = "", None, None
    if giver.name in actor.summons:
        actor.summons.remove(giver.name)


def free_hand(actor: Actor) -> Side | None:
    """Return an empty hand, the right one first, or None."""
    return next((side for side in reversed(SIDES) if not actor.held[side]), None)


def _take_from(actor: Actor) -> Moves:
    """Put out a hand to the offer, hold still until the giver has let go, and take the item away."""
    side = free_hand(actor)
    assert actor.offer is not None
    if side is None:
        side = "right"
        for carried in tuple(actor.held[side]):
            yield from stow(actor, side, carried)
    # The giver's fingers end at the offer; the receiver's begin there.
    chest = actor.puppet.world(actor.puppet.carry_point(side))
    yield from reach_to(actor, side, [lerp(actor.offer, chest, 0.15)], actor.tempo(0.7))
    actor.receiving = side
    since = actor.now_ns
    while actor.attending and actor.seconds_since(since) < 5.0:
        yield
    yield from draw_back(actor, side, actor.tempo(0.5))
    for carried in tuple(actor.held[side]):
        if not actor.keeps_in_hand(carried.product):
            yield from stow(actor, side, carried)
