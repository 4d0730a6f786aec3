"""Getting about, on foot or with what has wheels: what the acts use."""

from __future__ import annotations

import math
from collections.abc import Generator, Sequence

from twin.shopper import path, rolling, walking
from twin.shopper.actor import Actor, Moves
from twin.shopper.floor import Mask
from twin.shopper.lattice import nearest_heading
from twin.shopper.path import Pace
from twin.shopper.steered import walk_steered
from twin.shopper.vec import Vec2


def go(actor: Actor, goal: Vec2, hurry: float = 1.0, yaws: Sequence[float] = (), on_foot: bool = False) -> Moves:
    """Go to a point.

    Args:
        actor: who.
        goal: x, y, metres.
        hurry: how much faster than usual.
        yaws: which ways what has wheels may point at the end, radians; none = any.
        on_foot: whether what was parked near may stay there meanwhile.

    Raises:
        CannotDo: there is no way, or somebody stands in it for good.
    """
    if actor.wheels:
        return rolling.roll(actor, actor.wheels, goal, yaws, hurry, on_foot)
    crowd = actor.company.pedestrians
    if crowd is not None and actor.plan.engine == "pedestrians" and actor.inside:
        return walk_steered(actor, crowd, goal, hurry)
    return walking.walk(actor, goal, hurry)


def come_before(actor: Actor, place: Vec2, yaw: float) -> Moves:
    """Go to a point and face a heading; who rides comes to stand that way, what is pushed is left beside, across."""
    ridden = actor.wheels is not None and actor.wheels.ridden
    yield from go(actor, place, yaws=(yaw,) if ridden else (yaw + math.pi / 2, yaw - math.pi / 2), on_foot=True)
    yield from face(actor, yaw)


def face(actor: Actor, yaw: float) -> Moves:
    """Turn on the spot until facing a heading."""
    if actor.wheels:
        return rolling.turn_to(actor, actor.wheels, yaw)
    return walking.turn(actor, yaw)


def standing_room(actor: Actor, yaw: float) -> Mask:
    """Return the cells that somebody can get to and stand in, facing a heading, if nobody else were there."""
    floor = actor.company.floor
    part = path.reachable(floor, floor.free, actor.place)
    if actor.wheels is None or not actor.wheels.ridden:
        return part
    room: Mask = part & rolling.lattice_of(actor, actor.wheels, floor.free).free[nearest_heading(yaw)]
    return room


def follow_line(actor: Actor, points: list[Vec2], touching: str = "") -> Moves:
    """Go along points as they are, also where the grid is blocked (a lane); wait for whoever is in the way.

    Raises:
        CannotDo: somebody stands in it for good.
    """
    if actor.wheels:
        return rolling.roll_line(actor, actor.wheels, points, touching)
    pace = Pace([actor.place, *points], actor.plan.speed_m_s)
    return walking.keep_line(actor, pace, lambda way: walking.advance(actor, way, touching))


def step_aside(actor: Actor, asker: Actor) -> Generator[None, None, bool]:
    """Make room for somebody who cannot pass; return whether there was anywhere to go."""
    return rolling.roll_aside(actor, asker) if actor.wheels else walking.step_aside(actor, asker)
