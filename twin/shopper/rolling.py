"""Getting somewhere with a pram, a trolley or a wheelchair: planned with its length, and stopped before others.

Who pushes something lets it go to turn to a shelf, and takes hold of it again to go on. Who rides stays in it.
"""

from __future__ import annotations

import math
from collections.abc import Generator, Sequence

import numpy as np

from twin.shopper.actor import Actor, Moves
from twin.shopper.floor import Mask
from twin.shopper.lattice import HEADINGS, Ends, Lattice, Spot, nearest_heading
from twin.shopper.problem import CannotDo
from twin.shopper.puppet import FRAME_S
from twin.shopper.ride import Ride
from twin.shopper.traffic import GAP_M
from twin.shopper.vec import Vec2, wrapped
from twin.shopper.walking import (
    AHEAD_M,
    AROUND_M,
    keep_line,
    press_on,
    stand_by,
    standers,
    turn,
    walk,
    way_of,
)
from twin.shopper.wheels import Wheels

_ON_FOOT_M = 1.5
"""So near to what one has parked, one walks without it."""
_BESIDE_M = 1.2
"""Where there is no room to stand with it, it is parked so near."""
_AT_M = 0.08
"""A place on the grid that is so near to the wanted one will do; the rest is slid over."""


def roll(actor: Actor, wheels: Wheels, goal: Vec2, yaws: Sequence[float], hurry: float, on_foot: bool) -> Moves:
    """Get to a point with what has wheels, or leave it near and walk on.

    Args:
        actor: who.
        wheels: what they push or ride.
        goal: where they shall stand, metres.
        yaws: which way it shall point then, any of these, if there is room for that; none = any.
        hurry: how much faster than usual.
        on_foot: whether what is parked near may stay there meanwhile.

    Raises:
        CannotDo: there is no way, or somebody stands in it for good.
    """
    if not wheels.held:
        if on_foot and math.dist(goal, wheels.at) < _ON_FOOT_M:
            yield from walk(actor, goal, hurry)
            return
        yield from take_hold(actor, wheels)
    actor.company.traffic.claims[actor.name] = goal
    for wanted in (yaws, ()) if yaws and not wheels.ridden else (yaws,):
        ends = _stands_at(actor, wheels, goal, wanted)
        if _reachable(actor, wheels, ends):
            yield from _drive(actor, wheels, ends, hurry)
            yield from _end_at(actor, wheels, goal, wanted or (wheels.yaw,))
            return
    if wheels.ridden:
        raise CannotDo(f"there is no way for a {wheels.kind.name} to ({goal[0]:.2f}, {goal[1]:.2f})")
    yield from _drive(actor, wheels, _stands_beside(actor, wheels, goal), hurry)
    actor.let_go(wheels)
    yield from walk(actor, goal, hurry)


def take_hold(actor: Actor, wheels: Wheels) -> Moves:
    """Walk back to what one has parked and take hold of it."""
    if math.dist(actor.place, wheels.handle) > 1e-6:
        yield from walk(actor, wheels.handle)
    yield from turn(actor, wheels.yaw)
    actor.hold(wheels)


def turn_to(actor: Actor, wheels: Wheels, yaw: float) -> Moves:
    """Turn to a heading: who pushes something lets it go for that; who rides turns as far as there is room."""
    if wheels.held and not wheels.ridden and abs(wrapped(yaw - wheels.yaw)) > 0.02:
        actor.let_go(wheels)
    if not wheels.held:
        yield from turn(actor, yaw)
        return
    lattice = lattice_of(actor, wheels, actor.company.floor.free)
    ride = Ride([Spot(wheels.at, wheels.yaw), Spot(wheels.at, yaw)], actor.plan.speed_m_s)
    while not ride.done and lattice.is_free(lattice.node(ride.ahead(0.1))):
        if step(actor, wheels, ride):
            return
        yield


def roll_line(actor: Actor, wheels: Wheels, points: Sequence[Vec2], touching: str = "") -> Moves:
    """Roll along points as they are, also where the grid is blocked (a lane); wait for whoever is in the way."""
    if not wheels.held:
        yield from take_hold(actor, wheels)
    last = points[-1]
    yaw = math.atan2(last[1] - actor.place[1], last[0] - actor.place[0])
    spots = [Spot(wheels.at, wheels.yaw), Spot(wheels.at, yaw), Spot(wheels.kind.pivot(last, yaw), yaw)]
    ride = Ride(spots, actor.plan.speed_m_s)
    yield from keep_line(actor, ride, lambda way: step(actor, wheels, way, touching))


def roll_aside(actor: Actor, asker: Actor) -> Generator[None, None, bool]:
    """Make room for somebody, with all that one brought; return whether there was anywhere to go."""
    wheels = actor.wheels
    assert wheels is not None
    if not wheels.held:
        yield from take_hold(actor, wheels)
    floor, others = actor.company.floor, actor.company.traffic.others(actor.name)
    clear = lattice_of(actor, wheels, floor.without([*way_of(asker), *others], GAP_M + 0.1))
    lattice = lattice_of(actor, wheels, _mask(actor, wheels, others))
    nodes = lattice.search(lattice.node(Spot(wheels.at, wheels.yaw)), Ends(clear.free, wheels.at, math.inf))
    if nodes is None:
        return False
    ride = Ride([Spot(wheels.at, wheels.yaw), *map(lattice.spot, nodes)], actor.plan.speed_m_s)
    since = actor.now_ns
    while not ride.done and actor.seconds_since(since) < 8.0:
        actor.route = ride.rest
        step(actor, wheels, ride)
        yield
    actor.route = []
    yield from stand_by(actor, asker)
    return True


def step(actor: Actor, wheels: Wheels, ride: Ride, touching: str = "") -> str:
    """Make one frame of a ride; return who stands in the way, or ""."""
    actor.puppet.straighten()
    clear, blocker = math.inf, ""
    for ahead in AHEAD_M:
        blocker = _blocker(actor, wheels, ride.ahead(ahead), touching)
        if blocker:
            clear = ahead - AHEAD_M[0]
            break
    metres = ride.step(FRAME_S, clear)
    there = ride.ahead(metres)
    hit = _blocker(actor, wheels, there, touching)
    if hit or metres <= 0:
        ride.take(0.0)
        return hit or blocker
    ride.take(metres)
    actor.roll_to(wheels, there.at, there.yaw)
    return ""


def lattice_of(actor: Actor, wheels: Wheels, free: Mask) -> Lattice:
    """Return where one may stand with what has wheels, given what is free for a body."""
    return Lattice(actor.company.floor, free, ((-wheels.kind.behind_m, 0.0), *wheels.kind.ground))


def _drive(actor: Actor, wheels: Wheels, ends: Ends, hurry: float) -> Moves:
    """Roll to any place that will do."""
    speed = hurry * actor.plan.speed_m_s

    def around(ride: Ride) -> Ride:
        free = _mask(actor, wheels, actor.company.traffic.others(actor.name))
        other = _ride(actor, wheels, free, ends, speed)
        return ride if other is None or other.length_m > ride.length_m + 4.0 else other

    yield from press_on(
        actor, lambda: _plan(actor, wheels, ends, speed), around, lambda ride: step(actor, wheels, ride), roll_aside
    )


def _plan(actor: Actor, wheels: Wheels, ends: Ends, speed: float) -> Ride:
    """Return a way round all who stand; if they leave none, one that will have to wait for them."""
    floor, traffic = actor.company.floor, actor.company.traffic
    standing = [point for other in standers(actor) for point in traffic.points(other.name)]
    for free in (_mask(actor, wheels, standing), floor.free):
        ride = _ride(actor, wheels, free, ends, speed)
        if ride is not None:
            return ride
    raise CannotDo(f"there is no way for a {wheels.kind.name}")


def _ride(actor: Actor, wheels: Wheels, free: Mask, ends: Ends, speed: float) -> Ride | None:
    lattice, here = lattice_of(actor, wheels, free), Spot(wheels.at, wheels.yaw)
    start = lattice.near(here)
    nodes = lattice.search(start, ends) if start else None
    return None if nodes is None else Ride([here, *map(lattice.spot, nodes)], speed)


def _mask(actor: Actor, wheels: Wheels, others: Sequence[Vec2]) -> Mask:
    """Return what is free for a body among others; the ground under one's own stays open."""
    floor = actor.company.floor
    free = floor.without(others, AROUND_M)
    for point in (actor.place, *wheels.ground):
        free |= floor.free & floor.disc(point, 0.1)
    return free


def _reachable(actor: Actor, wheels: Wheels, ends: Ends) -> bool:
    """Whether there is a way if nobody stood in it."""
    return _ride(actor, wheels, actor.company.floor.free, ends, 1.0) is not None


def _stands_at(actor: Actor, wheels: Wheels, goal: Vec2, yaws: Sequence[float]) -> Ends:
    """Return the places that have the shopper at a point."""
    floor, kind = actor.company.floor, wheels.kind
    nodes = np.zeros((len(HEADINGS), *floor.shape), np.bool_)
    for heading in {nearest_heading(yaw) for yaw in yaws} or range(len(HEADINGS)):
        nodes[heading] = floor.disc(kind.pivot(goal, HEADINGS[heading]), _AT_M)
    return Ends(nodes, goal, kind.behind_m + _AT_M)


def _stands_beside(actor: Actor, wheels: Wheels, goal: Vec2) -> Ends:
    """Return the places that are near a point and leave it free."""
    floor, kind = actor.company.floor, wheels.kind
    nodes = np.zeros((len(HEADINGS), *floor.shape), np.bool_)
    for heading, yaw in enumerate(HEADINGS):
        nodes[heading] = floor.disc(kind.pivot(goal, yaw), _BESIDE_M)
        for x, y in kind.covers((0.0, 0.0), yaw):
            nodes[heading] &= ~floor.disc((goal[0] - x, goal[1] - y), AROUND_M)
    return Ends(nodes, goal, kind.behind_m + _BESIDE_M)


def _end_at(actor: Actor, wheels: Wheels, goal: Vec2, yaws: Sequence[float]) -> Moves:
    """Come to stand exactly at a point, pointing exactly the nearest of some ways."""
    yaw = min(yaws, key=lambda each: abs(wrapped(each - wheels.yaw)))
    end = Spot(wheels.kind.pivot(goal, yaw), yaw)
    ride = Ride([Spot(wheels.at, wheels.yaw), end], actor.plan.speed_m_s)
    yield from keep_line(actor, ride, lambda way: step(actor, wheels, way))


def _blocker(actor: Actor, wheels: Wheels, spot: Spot, touching: str) -> str:
    feet, ground = wheels.kind.feet(spot.at, spot.yaw), wheels.kind.covers(spot.at, spot.yaw)
    return actor.company.traffic.blocker(actor.name, feet, touching, ground)
