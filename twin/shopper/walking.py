"""Walking to a point among others: plan round those who stand, wait for those who walk, make room when asked."""

from __future__ import annotations

import math
from collections.abc import Callable, Generator
from typing import Protocol, TypeVar

from contracts.truth import JAMMED
from twin.shopper import path
from twin.shopper.actor import Actor, Moves
from twin.shopper.floor import Mask
from twin.shopper.path import Pace
from twin.shopper.problem import CannotDo
from twin.shopper.puppet import FRAME_S
from twin.shopper.traffic import GAP_M
from twin.shopper.vec import Vec2

AROUND_M = GAP_M + 0.05
_STUCK_S = 5.0
GIVE_UP_S = 60.0
"""After so long before somebody who does not move, the step is given up."""
TRY_AGAIN_S = 0.5
"""Who is stuck looks for another way so often; to look in every frame finds nothing new and costs a lot."""
_HEED_S = 1.5
"""After so long in a jam a walker makes room when asked, too."""
AHEAD_M = (0.05, 0.15, 0.30, 0.45)
SPACE_M = AHEAD_M[-1] + GAP_M + 0.1
"""Who has nobody within this needs to look out for nobody; a frame's step is 5 cm at most."""


class Way(Protocol):
    """A plan of how to get somewhere, as far as it has been followed."""

    @property
    def done(self) -> bool:
        """Whether the end is reached."""

    @property
    def rest(self) -> list[Vec2]:
        """What is left, from here."""


W = TypeVar("W", bound=Way)


def walk(actor: Actor, goal: Vec2, hurry: float = 1.0) -> Moves:
    """Walk to a point on foot.

    Args:
        actor: who walks.
        goal: x, y, metres.
        hurry: how much faster than usual.

    Raises:
        CannotDo: there is no way, or somebody stands in it for good.
    """
    actor.company.traffic.claims[actor.name] = goal
    speed = hurry * actor.plan.speed_m_s
    yield from press_on(
        actor,
        lambda: Pace(plan_walk(actor, goal), speed),
        lambda pace: _around(actor, goal, pace, speed),
        lambda pace: advance(actor, pace),
        step_aside,
    )


def press_on(
    actor: Actor,
    plan: Callable[[], W],
    around: Callable[[W], W],
    step: Callable[[W], str],
    aside: Callable[[Actor, Actor], Generator[None, None, bool]],
) -> Moves:
    """Get somewhere among others: go round who stands in the way, then wait, ask and make room, and at last give up.

    Args:
        actor: who.
        plan: makes a plan.
        around: makes another one round everybody as they stand now, or gives the old one back.
        step: follows a plan for one frame; returns who stands in the way, or "".
        aside: makes room for somebody.

    Raises:
        CannotDo: there is no way, or somebody stands in it for good.
    """
    way = plan()
    waited, asked, tried = 0.0, 0.0, TRY_AGAIN_S
    # The less one's rank, the longer one waits before going round: two who meet do not dodge at the same moment.
    patience = 0.5 + 0.3 * (len(actor.company.actors) - actor.rank)
    while not way.done:
        actor.route = way.rest
        blocker = step(way)
        waited = waited + FRAME_S if blocker else 0.0
        asked = asked + FRAME_S if blocker else max(0.0, asked - FRAME_S / 4)
        tried += FRAME_S
        if waited > patience:
            waited = 0.0
            way = around(way)
        if asked > GIVE_UP_S:
            raise CannotDo(f"{blocker} {JAMMED}")
        if blocker and tried > TRY_AGAIN_S and (asked > _STUCK_S or (asked > _HEED_S and actor.asked_by)):
            tried = 0.0
            yield from _unstick(actor, blocker, aside)
            way = plan()
        yield
    actor.route = []


def turn(actor: Actor, yaw: float) -> Moves:
    """Turn on the spot until facing a heading, exactly."""
    while abs(actor.puppet.turn(yaw)) > 1e-3:
        yield
    actor.puppet.yaw = yaw


def keep_line(actor: Actor, way: W, step: Callable[[W], str]) -> Moves:
    """Follow a plan as it is, also where the grid is blocked (a lane); wait for whoever is in the way.

    Raises:
        CannotDo: somebody stands in it for good.
    """
    stuck = 0.0
    while not way.done:
        actor.route = way.rest
        blocker = step(way)
        stuck = stuck + FRAME_S if blocker else 0.0
        if stuck > GIVE_UP_S:
            raise CannotDo(f"{blocker} {JAMMED}")
        if blocker and stuck > _STUCK_S:
            actor.company.actors[blocker].asked_by = actor.name
        yield
    actor.route = []


def advance(actor: Actor, pace: Pace, touching: str = "") -> str:
    """Make one frame of a walk.

    Returns:
        Who stands in the way, or "" after a step.
    """
    traffic, name = actor.company.traffic, actor.name
    actor.puppet.straighten()
    if traffic.alone(name, SPACE_M):
        pace.take(pace.step(FRAME_S))
        actor.move_to(pace.at(pace.walked_m))
        return ""
    clear, blocker = math.inf, ""
    for ahead in AHEAD_M:
        blocker = traffic.blocker(name, pace.at(pace.walked_m + ahead), touching)
        if blocker:
            clear = ahead - AHEAD_M[0]
            break
    step = pace.step(FRAME_S, clear)
    there = pace.at(pace.walked_m + step)
    hit = traffic.blocker(name, there, touching)
    if hit or step <= 0:
        pace.take(0.0)
        return hit or blocker
    pace.take(step)
    actor.move_to(there)
    return ""


def step_aside(actor: Actor, asker: Actor) -> Generator[None, None, bool]:
    """Make room for somebody who cannot pass: go to the nearest point off the other's way, and let the other by.

    Returns:
        Whether there was anywhere to go.
    """
    spot = _refuge(actor, asker)
    points = path.find(actor.company.floor, spot[1], actor.place, spot[0]) if spot else None
    if points is None:
        return False
    actor.company.traffic.claims[actor.name] = points[-1]
    pace, since = Pace(points, actor.plan.speed_m_s), actor.now_ns
    while not pace.done and actor.seconds_since(since) < 6.0:
        actor.route = pace.rest
        advance(actor, pace)
        yield
    actor.route = []
    yield from stand_by(actor, asker)
    return True


def standers(actor: Actor) -> list[Actor]:
    """Return the others who stand, in order of arrival."""
    others = actor.company.actors.values()
    return [other for other in others if other is not actor and other.present and not other.route]


def plan_walk(actor: Actor, goal: Vec2) -> list[Vec2]:
    """Return a walk round all who stand; if they leave none, one that will have to wait for them."""
    floor, company = actor.company.floor, actor.company
    standing = [point for other in standers(actor) for point in company.traffic.points(other.name)]
    around = _mask(actor, standing)
    for mask in (_at_ease(actor, around, goal), around, _at_ease(actor, floor.free, goal), floor.free):
        points = path.find(floor, mask, actor.place, goal)
        if points is not None:
            break
    if points is None:
        raise CannotDo(f"there is no way to ({goal[0]:.2f}, {goal[1]:.2f})")
    return points


def _around(actor: Actor, goal: Vec2, pace: Pace, speed_m_s: float) -> Pace:
    """Return a walk round everybody as they stand now, if it is not much longer; else the old one."""
    floor = actor.company.floor
    around = _mask(actor, actor.company.traffic.others(actor.name))
    points = path.find(floor, _at_ease(actor, around, goal), actor.place, goal)
    points = points or path.find(floor, around, actor.place, goal)
    if points is None or path.length(points) > path.length(pace.rest) + 4.0:
        return pace
    return Pace(points, speed_m_s)


def _mask(actor: Actor, others: list[Vec2]) -> Mask:
    """Return where this body may go among others; the cells right around it stay open, so that it can get away."""
    floor, wheels = actor.company.floor, actor.wheels
    # What one pushes stands in one's own way, too, once it is let go.
    parked = wheels.ground if wheels and not wheels.held else ()
    return floor.without([*others, *parked], AROUND_M) | (floor.free & floor.disc(actor.place, 0.3))


def _at_ease(actor: Actor, mask: Mask, goal: Vec2) -> Mask:
    """Return the part of a mask that keeps away from shelves, but for the first and the last steps."""
    floor = actor.company.floor
    return mask & (floor.roomy | floor.disc(actor.place, 0.45) | floor.disc(goal, 0.45))


def _unstick(actor: Actor, blocker: str, aside: Callable[[Actor, Actor], Generator[None, None, bool]]) -> Moves:
    """End a jam: make room for somebody who asked for it or came earlier; else, or if that fails, ask the other."""
    other = actor.company.actors[blocker]
    asker = actor.company.actors.get(actor.asked_by)
    actor.asked_by = ""
    yields_to = asker or (other if other.route and other.rank < actor.rank else None)
    made_room = False
    if yields_to is not None:
        made_room = yield from aside(actor, yields_to)
    if not made_room:
        other.asked_by = actor.name


def _refuge(actor: Actor, asker: Actor) -> tuple[Vec2, Mask] | None:
    """Return the nearest place off the asker's way, and where one may walk to get there."""
    floor = actor.company.floor
    free = _mask(actor, actor.company.traffic.others(actor.name))
    part = path.reachable(floor, free, actor.place)
    clear = floor.without([*way_of(asker), *actor.company.traffic.others(actor.name)], GAP_M + 0.1)
    spot = floor.nearest(actor.place, clear & floor.roomy, part) or floor.nearest(actor.place, clear, part)
    return None if spot is None else (spot, free | (clear & part))


def way_of(asker: Actor) -> list[Vec2]:
    """Return the points that somebody is about to walk over."""
    pace = Pace(asker.route or [asker.place], 1.0)
    way = [pace.at(0.2 * k) for k in range(int(min(pace.total_m, 5.0) / 0.2) + 2)]
    return [*way, asker.wants] if asker.wants else way


def stand_by(actor: Actor, asker: Actor) -> Moves:
    """Let somebody by for whom one has made room."""
    since = actor.now_ns
    while actor.seconds_since(since) < 1.0 or (_coming(actor, asker) and actor.seconds_since(since) < 8.0):
        actor.puppet.straighten()
        yield


def _coming(actor: Actor, other: Actor) -> bool:
    """Whether somebody is still near and on the way."""
    return bool(other.route) and math.dist(other.place, actor.place) < 1.2
