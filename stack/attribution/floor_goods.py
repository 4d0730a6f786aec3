"""Goods that somebody let fall: what now lies on the floor, what it may be, and whose it was.

A thing counts once everybody has stepped away from it and it is still seen: where somebody crouched, their feet are
remembered for as long as the rest of them is in the way. It is held against what those carried who were near when it
came to lie there; it may also be something that never was for sale.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import permutations

from contracts.clock import MILLISECOND, SECOND
from contracts.geometry import Vec3
from contracts.layout import Layout, Product
from stack.sightings import Lying, Person
from stack.visits.lanes import distance

AWAY_M = 0.7
"""Shoes and the hems of coats are within this distance of a head."""
SAME_M = 0.25
"""What lies still this near to where something lay is it."""
GONE_NS = 1200 * MILLISECOND
"""So long nothing may be seen, with nobody near, of what was picked up."""
NEAR_M, NEARLY_M = 1.0, 0.3
"""Who let something fall had the head within this distance of where it came to lie, give or take a roll."""
ABOUT_NS = SECOND
SIGMA_M = (0.03, 0.02, 0.015)
"""Error of length, width and height of a thing on the floor: a pixel is 2 to 3 cm there."""
OTHER = 0.2
"""How often what falls is no goods: keys, gloves, a phone, a toy. A guess."""
LARGEST_M3 = 0.4 * 0.3 * 0.3
"""Sizes of other things are anything up to this."""


@dataclass(frozen=True, slots=True)
class Dropped:
    """One reading of who dropped what.

    Args:
        visit: whose cart it left, "" when it is no goods.
        product: what.
        probability: among all readings of this thing.
    """

    visit: str
    product: str
    probability: float


@dataclass(slots=True)
class Thing:
    """Something on the floor.

    Args:
        lying: as last seen.
        seen_ns: when it was last seen.
        product: what it was taken to be, "" when unknown.
    """

    lying: Lying
    seen_ns: int
    product: str = ""


class FloorGoods:
    """Follows what lies on the floor."""

    def __init__(self) -> None:
        self._things: list[Thing] = []
        self._last: tuple[Lying, ...] = ()

    def look(self, lying: Sequence[Lying], people: Sequence[Person], t_ns: int) -> tuple[list[Thing], list[Thing]]:
        """Take in one look at the floor.

        Args:
            lying: all that lies still.
            people: everybody who is followed.
            t_ns: capture time.

        Returns:
            What has come to lie there and what has been picked up.
        """
        new = []
        for found in lying:
            known = next((thing for thing in self._things if math.dist(thing.lying.at, found.at) < SAME_M), None)
            if known:
                known.seen_ns = t_ns
            elif _is_free(found.at, people) and any(_alike(found, before) for before in self._last):
                new.append(Thing(found, t_ns))
        for thing in self._things:
            if not _is_free(thing.lying.at, people):
                thing.seen_ns = max(thing.seen_ns, t_ns - GONE_NS // 2)  # somebody is in the way
        self._last = tuple(lying)
        gone = [thing for thing in self._things if t_ns - thing.seen_ns >= GONE_NS]
        self._things = [thing for thing in self._things if thing not in gone] + new
        return new, gone


def readings(
    size_m: Vec3, near: Mapping[str, float], held_by: Callable[[str], Mapping[str, float]], layout: Layout
) -> list[Dropped]:
    """Return who may have dropped what, most probable first.

    Args:
        size_m: length, width and height of the thing.
        near: how nearly each visit was there when it came to lie, 0..1.
        held_by: visit -> product -> how probably it was in the hand then.
        layout: for sizes.
    """
    weights = {("", ""): OTHER / LARGEST_M3}
    for visit, close in near.items():
        for product, held in held_by(visit).items():
            if any(layout.product[product].size_m):
                fits = max(_fits(size_m, lying) for lying in _poses(layout.product[product]))
                weights[visit, product] = (1 - OTHER) * close * held * fits
    total = sum(weights.values())
    found = [Dropped(visit, product, weight / total) for (visit, product), weight in weights.items()]
    return sorted(found, key=lambda reading: (-reading.probability, reading.visit, reading.product))


def nearness(at: tuple[float, float], people: Sequence[tuple[int, Sequence[Person]]], t_ns: int) -> dict[str, float]:
    """Return how nearly each person was at a place about a moment, 0..1, by track.

    Args:
        at: x, y, metres, world.
        people: everybody at past capture times.
        t_ns: the moment.
    """
    found: dict[str, float] = {}
    for seen_ns, crowd in people:
        for person in crowd if abs(seen_ns - t_ns) <= ABOUT_NS else ():
            off = max(0.0, distance((*at, 0.0), person.head) - NEAR_M) / NEARLY_M
            found[person.track] = max(found.get(person.track, 0.0), math.exp(-(off**2) / 2))
    return {track: close for track, close in found.items() if close > 0.01}


def _alike(one: Lying, other: Lying) -> bool:
    """Whether two looks saw the same whole thing: of what has just come to rest the first shows a part only."""
    if not (one.seen and other.seen):
        return False
    sizes = zip(one.size_m, other.size_m, strict=True)
    return math.dist(one.at, other.at) < SAME_M / 2 and all(abs(a - b) < SIGMA_M[0] for a, b in sizes)


def _is_free(at: tuple[float, float], people: Sequence[Person]) -> bool:
    return all(distance((*at, 0.0), person.head) > AWAY_M for person in people)


def _poses(product: Product) -> Iterator[Vec3]:
    """Yield length, width and height of a product on each of its sides."""
    for a, b, height in permutations(product.size_m):
        if a >= b:
            yield (a, b, height)


def _fits(seen: Vec3, true: Vec3) -> float:
    parts = zip(seen, true, SIGMA_M, strict=True)
    return math.prod(math.exp(-(((s - t) / e) ** 2) / 2) / (e * math.sqrt(2 * math.pi)) for s, t, e in parts)
