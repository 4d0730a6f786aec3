"""What every reach into a shelf needs: which item, where to stand, and the way there."""

from __future__ import annotations

import math
from collections.abc import Callable, Generator, Iterable

from contracts.layout import Layout, Shelf, shelf_of
from twin.shopper import stance
from twin.shopper.actor import Actor
from twin.shopper.going import come_before, face, standing_room
from twin.shopper.grip import Box, box_of
from twin.shopper.problem import CannotDo
from twin.shopper.skeleton import SIDES
from twin.shopper.stance import Front, Stance
from twin.shopper.vec import Vec2, wrapped
from twin.shopper.waiting import idle
from twin.stage import Good, Side

APART_M = 0.50
"""How close somebody stands to others who stand at a shelf; less than two shoulders' breadth, as real ones do."""
_TAKEN_S = 45.0
_LOOK_AGAIN_S = 0.5
_ASK_AFTER_S = 3.0


def shelf(layout: Layout, place: str) -> Shelf:
    """Return the shelf of a shelf or plate id.

    Raises:
        CannotDo: there is none.
    """
    name = shelf_of(place) if place in layout.plate else place
    if name not in layout.shelf:
        raise CannotDo(f"there is no shelf or plate {place}")
    return layout.shelf[name]


def need_inside(actor: Actor) -> None:
    """Raise CannotDo for somebody who is not in the store."""
    if not actor.inside:
        raise CannotDo("not in the store")


def standing(actor: Actor, product: str, place: str) -> list[Good]:
    """Return the items of a product that stand on a shelf and that nobody else is after, the most reachable first.

    Args:
        actor: who asks.
        product: product id.
        place: shelf or plate id; "" = where the planogram has it, and anywhere else if nothing is left there.
    """
    layout, stage = actor.company.layout, actor.stage
    if place:
        shelf(layout, place)
        places = [place]
    else:
        places = [*(facing.shelf for facing in layout.planogram if facing.product == product), ""]
    for each in dict.fromkeys(places):
        goods = [good for good in stage.goods(product, each) if good.shelf in layout.shelf and _unclaimed(actor, good)]
        if goods:
            return goods
    return []


def neighbours(actor: Actor, on: str, but: Iterable[str]) -> list[Good]:
    """Return what else stands on a shelf, as far as the planogram or a shopper put it there."""
    company = actor.company
    products = [facing.product for facing in company.layout.planogram if facing.shelf == on]
    products += company.misplaced.get(on, [])
    skip = set(but)
    goods = [good for product in dict.fromkeys(products) for good in company.stage.goods(product, on)]
    return [good for good in goods if good.item not in skip and good.shelf == on]


def boxes(front: Front, goods: Iterable[Good]) -> tuple[Box, ...]:
    """Return the bounds of items in the frame of a shelf's front."""
    return tuple(box_of(front, good.pose, good.size_m) for good in goods)


def choose_hands(actor: Actor, wanted: str) -> tuple[Side, ...]:
    """Return the hands to reach with: the one asked for, else those that are free, the right one first.

    Raises:
        CannotDo: it holds something, or both do.
    """
    if wanted in ("left", "right"):
        side: Side = "left" if wanted == "left" else "right"
        if actor.held[side]:
            raise CannotDo(f"the {side} hand is full")
        return (side,)
    free = tuple(side for side in reversed(SIDES) if not actor.held[side])
    if not free:
        raise CannotDo("both hands are full")
    return free


def come_within_reach(
    actor: Actor, sides: tuple[Side, ...], front: Front, goals: stance.Goals, what: str
) -> Generator[None, None, Stance]:
    """Walk to where a hand gets to its goals, and face the shelf; wait while others stand there.

    Args:
        actor: who.
        sides: the hands that may reach.
        front: the shelf.
        goals: where the middle of the hand must get, metres, world.
        what: what is there, for the complaint.

    Returns:
        How to stand there, and which hand reaches.

    Raises:
        CannotDo: it is too high, too low or too deep for this body, or others never make room.
    """
    p = actor.puppet.body.proportions
    here = (stance.at(p, side, front, goals, actor.place) for side in sides if _before(front, actor))
    chosen = next((each for each in here if each is not None), None)
    if chosen is None:
        chosen = yield from _find_room(actor, sides, front, goals, what)
        yield from come_before(actor, chosen.place, chosen.yaw)
    yield from face(actor, chosen.yaw)
    return chosen


def _find_room(
    actor: Actor, sides: tuple[Side, ...], front: Front, goals: stance.Goals, what: str
) -> Generator[None, None, Stance]:
    """Return a stance on free floor, as soon as there is one; ask those who stand there idly to make room."""
    floor, traffic = actor.company.floor, actor.company.traffic
    part = standing_room(actor, front.yaw)
    p = actor.puppet.body.proportions

    def on_floor(point: Vec2) -> bool:
        return bool(part[floor.cell(point)])

    def unoccupied(point: Vec2) -> bool:
        return on_floor(point) and not traffic.taken(actor.name, point, APART_M)

    def best(free: Callable[[Vec2], bool]) -> Stance | None:
        found = [stance.find(p, side, front, goals, free) for side in sides]
        return min((each for each in found if each), key=lambda each: math.dist(each.place, actor.place), default=None)

    ideal = best(on_floor)
    if ideal is None:
        body = "sits in a wheelchair" if p.seated else f"is {p.height_m:.2f} m"
        height = f"the hand must get {goals[0][2]:.2f} m high, the body {body}"
        raise CannotDo(f"cannot reach {what}: {height}")
    since = actor.now_ns
    while (found := best(unoccupied)) is None:
        if actor.seconds_since(since) > _TAKEN_S:
            raise CannotDo(f"others stand before {what}")
        if actor.seconds_since(since) > _ASK_AFTER_S:
            _ask_for(actor, ideal.place)
        yield from idle(actor, lambda: False, _LOOK_AGAIN_S)
    actor.wants = None
    return found


def _ask_for(actor: Actor, place: Vec2) -> None:
    """Ask all who stand near a place to make room there."""
    actor.wants = place
    for other in actor.company.actors.values():
        if other is not actor and other.present and math.dist(other.place, place) < APART_M:
            other.asked_by = actor.name


def _before(front: Front, actor: Actor) -> bool:
    """Whether a shopper already stands before a shelf, near enough to try from here."""
    x, y, _ = front.local((*actor.place, 0.0))
    if actor.wheels and actor.wheels.ridden:
        return abs(y + 0.9) < 0.15 and abs(x) < front.half_m + 0.3 and abs(wrapped(actor.puppet.yaw - front.yaw)) < 0.05
    return -0.62 < y < -0.2 and abs(x) < front.half_m + 0.3


def _unclaimed(actor: Actor, good: Good) -> bool:
    return actor.company.spoken_for.get(good.item, actor.name) == actor.name
