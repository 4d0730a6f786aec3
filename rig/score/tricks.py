"""The tricks: what a shopper, or two, can do so that a stack believes the wrong thing. Each is a few script steps.

Source of most: the failures that the winner of the AutoCheckout competition (CPS-IoT Week 2020) names.
A trick returns None when the store, or what is left of it, cannot have it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from contracts.layout import Facing
from rig.score.shelves import Shelves

Step = dict[str, Any]
APART_M = 0.6
"""Two who stand side by side need so much between their middles. Our choice."""
TWO = 0.2
"""How often a plain action takes two of a product; about as many lines of real baskets have two or more."""
ALIKE_G = 10.0
"""Products whose masses differ by less weigh the same: one standard deviation of a product in the winner's model."""


@dataclass(slots=True, eq=False)
class Person:
    """Somebody whose script is being written.

    Args:
        name: in the scenario.
        height_m: standing height.
        steps: so far, in the form of a file.
    """

    name: str
    height_m: float
    steps: list[Step]


def plain(person: Person, shelves: Shelves) -> list[Step] | None:
    """Take one thing, sometimes two of it."""
    units = 2 if shelves.chance(TWO) else 1
    facing = shelves.facing(person.height_m, units)
    if facing is None:
        return None
    shelves.take(facing, units)
    return [_take(facing, **({"count": units} if units > 1 else {}))]


def touch(person: Person, shelves: Shelves) -> list[Step] | None:
    """Press something and let go."""
    facing = shelves.facing(person.height_m)
    return None if facing is None else [{"touch": {"product": facing.product, "at": facing.shelf}}]


def inspect(person: Person, shelves: Shelves) -> list[Step] | None:
    """Take something, look at it and put it back."""
    facing = shelves.facing(person.height_m)
    if facing is None:
        return None
    shelves.take(facing)
    return [{"inspect": {"product": facing.product, "at": facing.shelf, "for": "1 s"}}]


def misplace(person: Person, shelves: Shelves) -> list[Step] | None:
    """Put something on a shelf where it does not belong."""
    facing = shelves.facing(person.height_m)
    place = facing and shelves.room(facing, person.height_m)
    if facing is None or not place:
        return None
    shelves.take(facing)
    return [_take(facing), {"put back": {"product": facing.product, "at": place}}]


def swap(person: Person, shelves: Shelves) -> list[Step] | None:
    """Leave something small in the place of something bigger."""
    size = {product.id: product.size_m for product in shelves.layout.products}
    small = shelves.facing(person.height_m)
    if small is None:
        return None

    def bigger(facing: Facing) -> bool:
        return facing.shelf != small.shelf and all(
            a <= b for a, b in zip(size[small.product], size[facing.product], strict=True)
        )

    big = shelves.facing(person.height_m, fits=bigger)
    if big is None:
        return None
    shelves.take(small)
    shelves.take(big)
    return [_take(small), _take(big), {"put back": {"product": small.product, "at": big.shelf}}]


def change_of_mind(person: Person, shelves: Shelves) -> list[Step] | None:
    """Put something back and take what weighs the same and stands on the same shelf."""
    mass = {product.id: product.mass_g for product in shelves.layout.products}
    first = shelves.facing(person.height_m)

    def alike(facing: Facing) -> bool:
        near = first is not None and abs(mass[facing.product] - mass[first.product]) <= ALIKE_G
        return near and first is not None and facing.shelf == first.shelf and facing.product != first.product

    second = shelves.facing(person.height_m, fits=alike)
    if first is None or second is None:
        return None
    shelves.take(first)
    shelves.take(second)
    return [_take(first), {"put back": {"product": first.product, "at": first.shelf}}, _take(second)]


def slow(person: Person, shelves: Shelves) -> list[Step] | None:
    """Lift something so slowly that no plate sees a step."""
    return _one(person, shelves, slowly=True)


def hold(person: Person, shelves: Shelves) -> list[Step] | None:
    """Hold something over its plate for long."""
    return _one(person, shelves, hold="3 s")


def handful(person: Person, shelves: Shelves) -> list[Step] | None:
    """Take several in one reach."""
    return _one(person, shelves, 3, count=3, **{"at once": True})


def neighbours(person: Person, shelves: Shelves) -> list[Step] | None:
    """Take from two facings side by side, one right after the other, with both hands."""
    left = shelves.facing(person.height_m, fits=lambda facing: shelves.beside(facing) is not None)
    right = left and shelves.beside(left)
    if left is None or right is None:
        return None
    shelves.take(left)
    shelves.take(right)
    return [_take(left, hand="left"), _take(right, hand="right")]


def drop(person: Person, shelves: Shelves) -> list[Step] | None:
    """Let something fall and leave it there."""
    steps = _one(person, shelves)
    return steps and [*steps, {"drop": steps[0]["take"]["product"]}]


def hand_over(giver: Person, taker: Person, shelves: Shelves) -> bool | None:
    """One takes, the other leaves with it."""
    facing = shelves.facing(giver.height_m)
    if facing is None:
        return None
    shelves.take(facing)
    giver.steps.append(_take(facing))
    taker.steps.append({"walk to": facing.shelf.split("/", maxsplit=1)[0]})
    giver.steps.append(_meet(taker))
    giver.steps.append({"hand": {"product": facing.product, "to": taker.name}})
    taker.steps.append(_meet(giver))
    return True


def crossing_hands(one: Person, other: Person, shelves: Shelves) -> bool | None:
    """Two stand side by side, and each takes what stands before the other."""
    short = min(one.height_m, other.height_m)
    left = shelves.facing(short, fits=lambda facing: _far(facing, shelves.beside(facing)))
    right = left and shelves.beside(left)
    if left is None or right is None:
        return None
    shelves.take(left)
    shelves.take(right)
    _side_by_side(one, left.plates[0], other, right.plates[-1])
    one.steps.append(_take(right, hand="right"))
    other.steps.append(_take(left, hand="left"))
    return True


def one_plate(one: Person, other: Person, shelves: Shelves) -> bool | None:
    """Two take from one facing at the same time."""
    facing = shelves.facing(min(one.height_m, other.height_m), 2, fits=lambda f: len(shelves.plates(f)) > 1)
    if facing is None or not facing.plates:
        return None
    row = shelves.plates(facing)
    middle = [plate.id for plate in row].index(facing.plates[len(facing.plates) // 2])
    steps = max(1, round(APART_M / 2 / row[0].width_m + 0.5))
    left, right = max(0, middle - steps), min(len(row) - 1, middle + steps)
    if (right - left) * row[0].width_m < APART_M:
        return None
    shelves.take(facing, 2)
    _side_by_side(one, row[left].id, other, row[right].id)
    for person in (one, other):
        person.steps.append(_take(facing))
    return True


def pass_on(one: Person, other: Person, shelves: Shelves) -> bool | None:
    """One puts something on a wrong shelf, the other buys it there."""
    short = min(one.height_m, other.height_m)
    facing = shelves.facing(short)
    place = facing and shelves.room(facing, short)
    if facing is None or not place:
        return None
    shelves.take(facing)
    one.steps += [_take(facing), {"put back": {"product": facing.product, "at": place}}]
    other.steps += [_meet(one), {"take": {"product": facing.product, "from": place}}]
    return True


def stand_nearer(idler: Person, taker: Person, shelves: Shelves) -> bool | None:
    """One stands right before the goods while the other reaches past for them."""
    facing = shelves.facing(taker.height_m)
    if facing is None or not facing.plates:
        return None
    shelves.take(facing)
    idler.steps.append({"walk to": facing.plates[len(facing.plates) // 2]})
    taker.steps += [_meet(idler), _take(facing)]
    idler.steps.append(_meet(taker))
    return True


Alone = Callable[[Person, Shelves], list[Step] | None]
ALONE: tuple[Alone, ...] = (touch, inspect, misplace, swap, change_of_mind, slow, hold, handful, neighbours, drop)
TOGETHER = (hand_over, crossing_hands, one_plate, pass_on, stand_nearer)


def _one(person: Person, shelves: Shelves, units: int = 1, **how: Any) -> list[Step] | None:
    facing = shelves.facing(person.height_m, units)
    if facing is None:
        return None
    shelves.take(facing, units)
    return [_take(facing, **how)]


def _take(facing: Facing, **how: Any) -> Step:
    return {"take": {"product": facing.product, "from": facing.shelf, **how}}


def _meet(other: Person) -> Step:
    """Wait until somebody has done all that is written of them by now."""
    return {"meet": {"shopper": other.name, "steps": len(other.steps)}}


def _side_by_side(one: Person, left: str, other: Person, right: str) -> None:
    """Let two stand before two plates before either goes on."""
    one.steps.append({"walk to": left})
    other.steps.append({"walk to": right})
    waits = _meet(other), _meet(one)
    one.steps.append(waits[0])
    other.steps.append(waits[1])


def _far(left: Facing, right: Facing | None) -> bool:
    """Whether two neighbours have plates so far apart that two people can stand before their outer ends."""
    if right is None or not (left.plates and right.plates):
        return False
    outer = right.x_m + right.width_m / 2 - (left.x_m - left.width_m / 2)
    return outer >= APART_M
