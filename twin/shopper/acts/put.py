"""Setting items down on a shelf, where they came from or elsewhere; and looking at one before that."""

from __future__ import annotations

import math
from collections.abc import Iterator

from contracts.geometry import Pose, Vec3
from contracts.steps import Inspect, PutBack, Take
from contracts.truth import MoveKind
from twin.shopper.actor import Actor, Carried, Moves
from twin.shopper.acts.shelf import boxes, choose_hands, come_within_reach, need_inside, neighbours, shelf
from twin.shopper.acts.take import take_once
from twin.shopper.grip import Box, box_of, in_front, to_put
from twin.shopper.handling import draw_back, let_hang, reach_to, unstow
from twin.shopper.problem import CannotDo
from twin.shopper.puppet import FRAME_S
from twin.shopper.stance import Front
from twin.shopper.vec import sub, turned
from twin.stage import Side

_ABOVE_M = 0.003
"""How high above the plate the hand opens."""
_OVER_M = 0.025
"""Room that an item needs above what it is carried over, clearances on both sides."""
_REST_S = 0.4
"""How long a set-down item is given to come to rest before the put counts."""


def put_back(actor: Actor, step: PutBack) -> Moves:
    """Put one item or several on a shelf."""
    need_inside(actor)
    for _ in range(step.count):
        found = actor.carries(step.product)
        if found is None:
            raise CannotDo(f"has no {step.product} to put back")
        carried, side = found
        if side is None:
            side = choose_hands(actor, "")[0]
            yield from unstow(actor, side, carried)
        yield from put_down(actor, side, carried, step.place)


def inspect(actor: Actor, step: Inspect) -> Moves:
    """Take an item, look at it before the shelf, and put it back where it was."""
    need_inside(actor)
    side = yield from take_once(actor, Take(product=step.product, place=step.place), 1)
    since = actor.now_ns
    while actor.now_ns - since < step.for_ns:
        yield
    yield from put_down(actor, side, actor.held[side][-1], "")


def put_down(actor: Actor, side: Side, carried: Carried, place: str) -> Moves:
    """Set a held item down.

    Args:
        actor: who.
        side: the hand that holds it.
        carried: the item.
        place: shelf or plate id; "" = where it came from.

    Raises:
        CannotDo: there is no room, or it cannot be reached.
    """
    target = shelf(actor.company.layout, place or carried.shelf)
    front = Front.of(target)
    good = actor.stage.good(carried.item)
    spot = _lowered(front, _spot(actor, carried, place), good.size_m)
    grip = _grip(actor, side, carried)
    over_z = in_front(actor.puppet.body.proportions, box_of(front, spot, good.size_m), _others(actor, front, carried))
    reach = to_put(front, grip, good.size_m, spot, over_z)
    stance = yield from come_within_reach(actor, (side,), front, reach.goals, f"a spot on {target.id}")
    yield from reach_to(actor, side, [reach.ready], actor.tempo(0.5), stance.trunk, stance.swivel)
    yield from reach_to(actor, side, reach.into, actor.tempo(0.7))
    actor.stage.release(carried.item, spot)
    actor.held[side].remove(carried)
    actor.company.misplaced.setdefault(target.id, []).append(carried.product)
    yield from reach_to(actor, side, [reach.out], actor.tempo(0.5))
    let_hang(actor, side)
    for _ in range(math.ceil(_REST_S / FRAME_S)):
        actor.puppet.straighten()
        yield
    actor.stage.moved(MoveKind.PUT, actor.name, carried.item, target.id)
    if actor.held[side]:
        yield from draw_back(actor, side, actor.tempo(0.3))


def _spot(actor: Actor, carried: Carried, place: str) -> Pose:
    """Return where the item shall stand: its old pose if that is still free and no other place is asked for."""
    if not place and carried.shelf and _is_clear(actor, carried):
        return carried.home
    where = place or carried.shelf
    spots = list(_free_spots(actor, carried.product, where))
    if not spots:
        raise CannotDo(f"there is no room for {carried.product} on {where}")
    for spot in spots:
        if _is_open(actor, carried, where, spot):
            return spot
    raise CannotDo(f"there is no room for {carried.product} on {where} but behind what stands there")


def _free_spots(actor: Actor, product: str, place: str) -> Iterator[Pose]:
    """Yield where an item fits on a plate, or on a shelf and then on each of its plates, the middle first."""
    layout, stage = actor.company.layout, actor.stage
    board = shelf(layout, place)
    middle = board.pose.position
    plates = sorted(board.plates, key=lambda plate: (round(math.dist(plate.pose.position, middle), 6), plate.id))
    for each in (place, *(plate.id for plate in plates if place == board.id)):
        spot = stage.free_spot(product, each)
        if spot is not None:
            yield spot


def _is_open(actor: Actor, carried: Carried, place: str, spot: Pose) -> bool:
    """Whether nothing stands before a spot that an item could not be carried over."""
    front = Front.of(shelf(actor.company.layout, place))
    box = box_of(front, spot, actor.stage.good(carried.item).size_m)
    top = in_front(actor.puppet.body.proportions, box, _others(actor, front, carried))
    return top == 0 or top + 2 * box.half[2] + _OVER_M < front.board_z


def _others(actor: Actor, front: Front, carried: Carried) -> tuple[Box, ...]:
    """Return what else stands on a shelf."""
    return boxes(front, neighbours(actor, front.name, [carried.item]))


def _is_clear(actor: Actor, carried: Carried) -> bool:
    """Whether nothing stands where an item stood."""
    front = Front.of(shelf(actor.company.layout, carried.shelf))
    old = box_of(front, carried.home, actor.stage.good(carried.item).size_m)
    return not any(
        all(abs(old.middle[k] - box.middle[k]) < old.half[k] + box.half[k] - 0.001 for k in (0, 1))
        for box in _others(actor, front, carried)
    )


def _lowered(front: Front, spot: Pose, size_m: Vec3) -> Pose:
    """Return a spot with the item's underside just above the plate."""
    box = box_of(front, spot, size_m)
    x, y, z = spot.position
    return Pose((x, y, z + front.plate_z + _ABOVE_M - box.bottom), spot.quaternion)


def _grip(actor: Actor, side: Side, carried: Carried) -> Vec3:
    """Return where the hand is relative to the held item for somebody facing the shelf: right, ahead, up."""
    away = sub(actor.puppet.hand_at(side), actor.stage.good(carried.item).pose.position)
    ahead, left, up = turned(away, -actor.puppet.yaw)
    return (-left, ahead, up)
