"""Taking items from a shelf: reach in, close the hand, lift, draw back, bag."""

from __future__ import annotations

import math
from collections.abc import Generator

from contracts.steps import Take
from contracts.truth import MoveKind
from twin.shopper.actor import Actor, Carried, Moves
from twin.shopper.acts.shelf import boxes, choose_hands, come_within_reach, need_inside, neighbours, shelf, standing
from twin.shopper.grip import Reach, to_take
from twin.shopper.handling import draw_back, let_hang, reach_to, stow
from twin.shopper.problem import CannotDo
from twin.shopper.stance import Front, Stance
from twin.stage import Good, Side

_ARMFUL_M = 0.45
"""How far apart items may stand that are taken in one reach."""
_TRIES = 5
_STIRRED_M = 0.03


def take(actor: Actor, step: Take) -> Moves:
    """Take one item or several."""
    need_inside(actor)
    if step.at_once:
        yield from take_once(actor, step, step.count)
        return
    for _ in range(step.count):
        # What an earlier reach of this step took goes into the bag before the next one.
        yield from _bag(actor, keep="")
        yield from take_once(actor, step, 1)
    yield from _bag(actor, keep=step.product)


def take_once(actor: Actor, step: Take, count: int) -> Generator[None, None, Side]:
    """Take some items in one reach, and leave them in the hand if the script goes on with them.

    Returns:
        The hand that took them.

    Raises:
        CannotDo: there are too few, or they cannot be reached.
    """
    sides = choose_hands(actor, step.hand)
    for _ in range(_TRIES):
        goods = _pick(actor, step, count)
        front = Front.of(shelf(actor.company.layout, goods[0].shelf))
        what = f"{step.product} on {front.name}"
        reach = plan_reach(actor, front, goods)
        stance = yield from come_within_reach(actor, sides, front, reach.goals, what)
        if not _as_they_were(actor, goods):
            continue
        side = stance.side
        reach = plan_reach(actor, front, goods)
        yield from reach_in(actor, reach, stance)
        if _as_they_were(actor, goods):
            break
        yield from reach_to(actor, side, [reach.out], actor.tempo(0.5))
        let_hang(actor, side)
    else:
        raise CannotDo(f"others keep moving {step.product} away")
    yield from _lift(actor, side, reach, goods, step)
    yield from reach_to(actor, side, [reach.out], actor.tempo(0.5))
    for good in goods:
        actor.stage.moved(MoveKind.TAKE, actor.name, good.item)
        actor.company.spoken_for.pop(good.item, None)
    yield from draw_back(actor, side, actor.tempo(0.5))
    if step.at_once:
        yield from _bag(actor, keep=step.product)
    return side


def plan_reach(actor: Actor, front: Front, goods: list[Good]) -> Reach:
    """Return the way of a hand to items that stand on one shelf."""
    others = neighbours(actor, goods[0].shelf, [good.item for good in goods])
    return to_take(actor.puppet.body.proportions, front, boxes(front, goods), boxes(front, others))


def reach_in(actor: Actor, reach: Reach, stance: Stance) -> Moves:
    """Bring a hand before the shelf and then in."""
    yield from reach_to(actor, stance.side, [reach.ready], actor.tempo(0.45), stance.trunk, stance.swivel)
    yield from reach_to(actor, stance.side, reach.into, actor.tempo(0.35))


def _pick(actor: Actor, step: Take, count: int) -> list[Good]:
    """Choose the items and tell the others."""
    goods = standing(actor, step.product, step.place)
    if not goods:
        where = f" on {step.place}" if step.place else ""
        raise CannotDo(f"no {step.product} is left{where}")
    first = goods[0]
    together = [good for good in goods if good.shelf == first.shelf]
    together.sort(key=lambda good: (_apart(first, good), good.item))
    chosen = [good for good in together if _apart(first, good) <= _ARMFUL_M][:count]
    if len(chosen) < count:
        raise CannotDo(f"only {len(chosen)} of {count} {step.product} stand together")
    for good in chosen:
        actor.company.spoken_for[good.item] = actor.name
    return chosen


def _apart(a: Good, b: Good) -> float:
    """Return the distance of two items, micrometres apart counting as equal."""
    return round(math.dist(a.pose.position, b.pose.position), 6)


def _as_they_were(actor: Actor, goods: list[Good]) -> bool:
    """Whether items still stand where they were seen."""
    now = [actor.stage.good(good.item) for good in goods]
    return all(a.shelf == b.shelf and _apart(a, b) < _STIRRED_M for a, b in zip(now, goods, strict=True))


def _lift(actor: Actor, side: Side, reach: Reach, goods: list[Good], step: Take) -> Moves:
    """Close the hand and lift; hold still above the plate if the script says so."""
    for good in goods:
        actor.stage.grasp(actor.name, side, good.item)
        actor.held[side].append(Carried(good.item, good.product, good.pose, good.shelf))
    yield from reach_to(actor, side, [reach.lifted], 4.0 if step.slowly else actor.tempo(0.5))
    since = actor.now_ns
    while actor.now_ns - since < step.hold_ns:
        yield


def _bag(actor: Actor, keep: str) -> Moves:
    """Put what the hands hold into the bag, but for a product that the next step of the script handles."""
    for side in actor.held:
        for carried in tuple(actor.held[side]):
            if not keep or not actor.keeps_in_hand(carried.product):
                yield from stow(actor, side, carried)
