"""Letting an item fall to the floor."""

from __future__ import annotations

import math

from contracts.steps import Drop
from contracts.truth import MoveKind
from twin.shopper.actor import Actor, Moves
from twin.shopper.acts.shelf import choose_hands, need_inside
from twin.shopper.going import face
from twin.shopper.handling import let_hang, reach_to, unstow
from twin.shopper.problem import CannotDo
from twin.shopper.vec import Vec2

_AHEAD_M = 0.40
_FALLS_S = 3.0


def drop(actor: Actor, step: Drop) -> Moves:
    """Hold an item out over free floor, let go, and wait until it lies there."""
    need_inside(actor)
    found = actor.carries(step.product)
    if found is None:
        raise CannotDo(f"has no {step.product} to drop")
    carried, side = found
    yield from face(actor, _clear_heading(actor))
    if side is None:
        side = choose_hands(actor, "")[0]
        yield from unstow(actor, side, carried)
    height = 0.52 * actor.plan.height_m
    yield from reach_to(actor, side, [actor.puppet.world((_AHEAD_M, 0.0, height))], actor.tempo(0.5))
    actor.stage.release(carried.item, actor.stage.good(carried.item).pose)
    actor.held[side].remove(carried)
    since = actor.now_ns
    while actor.stage.good(carried.item).shelf != "floor" and actor.seconds_since(since) < _FALLS_S:
        yield
    let_hang(actor, side)
    actor.stage.moved(MoveKind.DROP, actor.name, carried.item, "floor")


def _clear_heading(actor: Actor) -> float:
    """Return the heading nearest to the present one that has free floor ahead, with nobody on it."""
    floor, traffic = actor.company.floor, actor.company.traffic

    def ahead(yaw: float, metres: float) -> Vec2:
        return (actor.place[0] + metres * math.cos(yaw), actor.place[1] + metres * math.sin(yaw))

    for turn in sorted(range(-165, 181, 15), key=lambda degrees: (abs(degrees), degrees)):
        yaw = actor.puppet.yaw + math.radians(turn)
        points = [ahead(yaw, metres) for metres in (_AHEAD_M, _AHEAD_M + 0.15)]
        near = [math.dist(points[0], other) for other in traffic.others(actor.name)]
        if all(floor.is_free(point) for point in points) and min(near, default=1.0) > 0.4:
            return yaw
    return actor.puppet.yaw
