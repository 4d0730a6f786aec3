"""Walking to a place, looking at it, waiting, and waiting for others."""

from __future__ import annotations

from contracts.clock import SECOND
from contracts.layout import Layout
from contracts.steps import Look, Meet, Wait, WalkTo
from twin.shopper import path
from twin.shopper.actor import Actor, Moves
from twin.shopper.acts.shelf import need_inside
from twin.shopper.going import come_before, go, standing_room
from twin.shopper.problem import CannotDo
from twin.shopper.stance import Front, rack_front
from twin.shopper.vec import Vec2
from twin.shopper.waiting import idle

_BEFORE_M = 0.55
_MEET_S = 300.0
_TRY_S = 1.0
_GIVE_UP = 45


def walk_to(actor: Actor, step: WalkTo) -> Moves:
    """Walk to a place and face it, or to a point."""
    need_inside(actor)
    if step.point is not None:
        floor = actor.company.floor
        if not path.reachable(floor, floor.free, actor.place)[floor.cell(step.point)]:
            raise CannotDo(f"nobody can stand at ({step.point[0]:.2f}, {step.point[1]:.2f})")
        yield from go(actor, step.point)
        return
    front, x = find_place(actor.company.layout, step.place)
    for _ in range(_GIVE_UP):
        spot = _free_spot(actor, front, x)
        if spot is not None:
            yield from come_before(actor, spot, front.yaw)
            return
        yield from idle(actor, lambda: False, _TRY_S)
    raise CannotDo(f"others stand before {step.place}")


def look(actor: Actor, step: Look) -> Moves:
    """Stand before a place and look at it."""
    yield from walk_to(actor, WalkTo(place=step.place))
    yield from idle(actor, lambda: False, step.for_ns / SECOND)


def wait(actor: Actor, step: Wait) -> Moves:
    """Stand still."""
    yield from idle(actor, lambda: False, step.for_ns / SECOND)


def meet(actor: Actor, step: Meet) -> Moves:
    """Wait until another shopper has done so many steps."""
    other = actor.company.actors.get(step.shopper)
    if other is None:
        raise CannotDo(f"there is no shopper {step.shopper}")
    yield from idle(actor, lambda: other.steps_done >= step.steps or other.finished, _MEET_S)
    if other.steps_done < step.steps:
        raise CannotDo(f"{step.shopper} did only {other.steps_done} of {step.steps} steps")


def find_place(layout: Layout, place: str) -> tuple[Front, float]:
    """Return the front of a gondola, shelf or plate, and how far along it the place is.

    Raises:
        CannotDo: there is no such place.
    """
    if place in layout.gondola:
        return rack_front(layout.gondola[place]), 0.0
    if place in layout.shelf:
        return Front.of(layout.shelf[place]), 0.0
    if place in layout.plate:
        front = Front.of(layout.shelf[place.rsplit("/", 1)[0]])
        return front, front.local(layout.plate[place].pose.position)[0]
    raise CannotDo(f"there is no place {place}")


def _free_spot(actor: Actor, front: Front, x: float) -> Vec2 | None:
    """Return the free point before a place that is nearest to its middle."""
    floor, traffic = actor.company.floor, actor.company.traffic
    part = standing_room(actor, front.yaw)
    asides = sorted((0.1 * k for k in range(-7, 8)), key=lambda aside: (abs(aside), aside))
    seated = actor.puppet.body.proportions.seated
    for before in (0.95, 1.05) if seated else (_BEFORE_M, 0.45, 0.65):
        for aside in asides:
            at = front.world(x + aside, -before, 0.0)
            if part[floor.cell(at[:2])] and not traffic.taken(actor.name, at[:2], 0.5):
                return at[:2]
    return None
