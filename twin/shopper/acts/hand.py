"""Handing an item to another shopper: both stand face to face, and hands meet."""

from __future__ import annotations

import math

from contracts.geometry import Vec3
from contracts.steps import HandTo
from contracts.truth import MoveKind
from twin.shopper import path
from twin.shopper.actor import Actor, Carried, Moves
from twin.shopper.acts.shelf import choose_hands, need_inside
from twin.shopper.going import face, go
from twin.shopper.handling import draw_back, let_hang, reach_to, unstow
from twin.shopper.problem import CannotDo
from twin.shopper.vec import Vec2
from twin.shopper.waiting import idle, toward
from twin.stage import Side

_FACING_M = 0.70
_COMES_S = 120.0
_MEETS_S = 10.0


def hand_to(actor: Actor, step: HandTo) -> Moves:
    """Give an item to somebody, who stops for it when the script allows."""
    need_inside(actor)
    receiver = actor.company.actors.get(step.to)
    if receiver is None or receiver is actor:
        raise CannotDo(f"there is no shopper {step.to} to hand it to")
    found = actor.carries(step.product)
    if found is None:
        raise CannotDo(f"has no {step.product} to hand over")
    carried, side = found
    receiver.summons.append(actor.name)
    try:
        yield from _await(actor, receiver)
        yield from go(actor, _spot(actor, receiver), on_foot=True)
        yield from face(actor, toward(actor.place, receiver.place))
        if side is None:
            side = choose_hands(actor, "")[0]
            yield from unstow(actor, side, carried)
        yield from _give(actor, side, carried, receiver)
    finally:
        if actor.name in receiver.summons:
            receiver.summons.remove(actor.name)
        if receiver.attending == actor.name:
            receiver.attending = ""


def _await(actor: Actor, receiver: Actor) -> Moves:
    """Wait until the receiver stands and looks here."""
    yield from idle(actor, lambda: receiver.attending == actor.name or receiver.gone, _COMES_S, lambda: receiver.place)
    if receiver.gone:
        raise CannotDo(f"{receiver.name} has left")
    if receiver.attending != actor.name:
        raise CannotDo(f"{receiver.name} does not come to take it")


def _spot(actor: Actor, receiver: Actor) -> Vec2:
    """Return where to stand before the receiver: on this side of them, where there is room."""
    floor, company = actor.company.floor, actor.company
    part = path.reachable(floor, floor.free, actor.place)
    straight = toward(receiver.place, actor.place)
    others = [at for name, at in sorted(company.traffic.at.items()) if name not in (actor.name, receiver.name)]
    for turn in sorted(range(-150, 181, 30), key=lambda degrees: (abs(degrees), degrees)):
        angle = straight + math.radians(turn)
        x = receiver.place[0] + _FACING_M * math.cos(angle)
        y = receiver.place[1] + _FACING_M * math.sin(angle)
        others = [
            company.traffic.at[name] for name in sorted(company.traffic.at) if name not in (actor.name, receiver.name)
        ]
        if part[floor.cell((x, y))] and all(math.dist((x, y), other) > 0.5 for other in others):
            return (x, y)
    raise CannotDo(f"there is no room before {receiver.name}")


def _give(actor: Actor, side: Side, carried: Carried, receiver: Actor) -> Moves:
    """Hold the item out until a hand takes it."""
    point = _meeting_point(actor, receiver)
    yield from reach_to(actor, side, [point], actor.tempo(0.8))
    receiver.offer = point
    since = actor.now_ns
    while receiver.receiving is None:
        if actor.seconds_since(since) > _MEETS_S:
            raise CannotDo(f"{receiver.name} does not take it")
        yield
    actor.stage.hand_over(carried.item, receiver.name, receiver.receiving)
    actor.held[side].remove(carried)
    receiver.held[receiver.receiving].append(carried)
    actor.stage.moved(MoveKind.HAND, actor.name, carried.item, receiver.name)
    receiver.attending = ""
    yield from draw_back(actor, side, actor.tempo(0.4))
    let_hang(actor, side)


def _meeting_point(actor: Actor, receiver: Actor) -> Vec3:
    """Return where the hands meet: half way, as high as the smaller one likes."""
    (ax, ay), (bx, by) = actor.place, receiver.place
    height = 0.62 * min(actor.plan.height_m, receiver.plan.height_m)
    return ((ax + bx) / 2, (ay + by) / 2, max(height, 0.45 * max(actor.plan.height_m, receiver.plan.height_m)))
