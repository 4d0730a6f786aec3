"""Walking as the pedestrian library steers: our plan round those who stand, its way among those who walk."""

from __future__ import annotations

import math

from twin.shopper.actor import Actor, Moves
from twin.shopper.pedestrians import Pedestrians
from twin.shopper.puppet import FRAME_S
from twin.shopper.vec import Vec2
from twin.shopper.walking import plan_walk, walk

_PASSED_M = 0.3
"""A corner of the plan is passed so near."""
_CRAWLS_M_S = 0.1
_STUCK_S = 2.0
"""Who has not got on for so long walks on by our own rules, which dodge, wait, ask and make room."""


def walk_steered(actor: Actor, crowd: Pedestrians, goal: Vec2, hurry: float = 1.0) -> Moves:
    """Walk to a point; the last steps, and the way out of a jam, are our own.

    Args:
        actor: who.
        crowd: everybody, as the library has them.
        goal: metres.
        hurry: how much faster than usual.

    Raises:
        CannotDo: there is no way, or somebody stands in it for good.
    """
    actor.company.traffic.claims[actor.name] = goal
    points = plan_walk(actor, goal)[1:]
    stuck = 0.0
    while points and stuck < _STUCK_S:
        if math.dist(actor.place, points[0]) < _PASSED_M:
            points.pop(0)
            continue
        actor.route = [actor.place, *points]
        crowd.aim(actor.name, points[0], hurry * actor.plan.speed_m_s)
        yield
        stuck = 0.0 if _follow(actor, crowd) > _CRAWLS_M_S * FRAME_S else stuck + FRAME_S
    crowd.let_be(actor.name)
    yield from walk(actor, goal, hurry)


def _follow(actor: Actor, crowd: Pedestrians) -> float:
    """Go where the library has one now, if nobody and nothing is there; return how far that is, metres."""
    there, company = crowd.place(actor.name), actor.company
    actor.puppet.straighten()
    if there is None or not company.floor.is_free(there) or company.traffic.blocker(actor.name, there):
        return 0.0
    way = math.dist(there, actor.place)
    actor.move_to(there)
    return way
