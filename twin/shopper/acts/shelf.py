"""What every reach into a shelf needs: which item, where to stand, and the way there."""

from __future__ import annotations

from collections.abc import Generator, Iterable

from contracts.geometry import Vec3
from contracts.layout import Layout, Shelf, shelf_of
from twin.shopper import path, stance
from twin.shopper.actor import Actor
from twin.shopper.grip import Box, box_of
from twin.shopper.problem import CannotDo
from twin.shopper.stance import Front, Stance
from twin.shopper.vec import Vec2
from twin.shopper.waiting import free_hand, idle
from twin.shopper.walking import face, go
from twin.stage import Good, Side

APART_M = 0.50
"""How close somebody stands to others who stand at a shelf; less than two shoulders' breadth, as real ones do."""
_TAKEN_S = 45.0
_LOOK_AGAIN_S = 0.5


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


def choose_hand(actor: Actor, wanted: str) -> Side:
    """Return the hand to reach with: the one asked for, else a free one.

    Raises:
        CannotDo: it holds something, or both do.
    """
    if wanted in ("left", "right"):
        side: Side = "left" if wanted == "left" else "right"
        if actor.held[side]:
            raise CannotDo(f"the {side} hand is full")
        return side
    free = free_hand(actor)
    if free is None:
        raise CannotDo("both hands are full")
    return free


def come_within_reach(actor: Actor, side: Side, front: Front, target: Vec3, what: str) -> Generator[None, None, Stance]:
    """Walk to where a hand gets to a target, and face the shelf; wait while others stand there.

    Returns:
        How to stand there.

    Raises:
        CannotDo: the target is too high, too low or too deep for this body, or others never make room.
    """
    p = actor.puppet.body.proportions
    here = stance.at(p, side, front, target, actor.place) if _before(front, actor) else None
    if here is None:
        here = yield from _find_room(actor, side, front, target, what)
        yield from go(actor, here.place)
    yield from face(actor, here.yaw)
    return here


def _find_room(actor: Actor, side: Side, front: Front, target: Vec3, what: str) -> Generator[None, None, Stance]:
    """Return a stance on free floor, as soon as there is one."""
    floor, traffic = actor.company.floor, actor.company.traffic
    part = path.reachable(floor, floor.free, actor.place)
    p = actor.puppet.body.proportions

    def on_floor(point: Vec2) -> bool:
        return bool(part[floor.cell(point)])

    def unoccupied(point: Vec2) -> bool:
        return on_floor(point) and not traffic.taken(actor.name, point, APART_M)

    if stance.find(p, side, front, target, on_floor) is None:
        raise CannotDo(f"cannot reach {what}: the hand must get {target[2]:.2f} m high, the body is {p.height_m:.2f} m")
    since = actor.now_ns
    while True:
        found = stance.find(p, side, front, target, unoccupied)
        if found is not None:
            return found
        if actor.seconds_since(since) > _TAKEN_S:
            raise CannotDo(f"others stand before {what}")
        yield from idle(actor, lambda: False, _LOOK_AGAIN_S)


def _before(front: Front, actor: Actor) -> bool:
    """Whether a shopper already stands before a shelf, near enough to try from here."""
    x, y, _ = front.local((*actor.place, 0.0))
    return -0.62 < y < -0.2 and abs(x) < front.half_m + 0.3


def _unclaimed(actor: Actor, good: Good) -> bool:
    return actor.company.spoken_for.get(good.item, actor.name) == actor.name
