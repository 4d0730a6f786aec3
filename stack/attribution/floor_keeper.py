"""Enters into the books what was dropped on the floor and what was picked up from it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from contracts.layout import Layout
from contracts.records import CartChange, Hypothesis
from stack.attribution.bookkeeper import Bookkeeper
from stack.attribution.evidence import Evidence
from stack.attribution.floor_goods import ABOUT_NS, FloorGoods, Thing, nearness, readings
from stack.attribution.receipt import SURE
from stack.sightings import Lying, Person

DOUBT = 0.1
"""A reading this probable holds the receipt when none is acted on."""
LIKELIEST = 0.6
"""A reading less probable than this is not acted on; one below what a receipt asks for still holds it."""
NOBODY = 0.05
"""What "nobody picked it up" counts for beside somebody who stood over it: it may have been kicked away."""


class FloorKeeper:
    """Follows the floor and keeps the carts in step with it.

    Args:
        layout: the store.
        evidence: who was where.
        books: the carts.
    """

    def __init__(self, layout: Layout, evidence: Evidence, books: Bookkeeper) -> None:
        self._layout, self._evidence, self._books = layout, evidence, books
        self._goods = FloorGoods()

    def look(self, lying: Sequence[Lying], people: Sequence[Person], t_ns: int, now_ns: int) -> list[CartChange]:
        """Take in one look at the floor; return what it changes in carts."""
        new, gone = self._goods.look(lying, people, t_ns)
        answers = [answer for thing in new for answer in self._dropped(thing, now_ns)]
        return answers + [answer for thing in gone if thing.product for answer in self._picked_up(thing, now_ns)]

    def _dropped(self, thing: Thing, now_ns: int) -> list[CartChange]:
        since_ns = thing.lying.since_ns
        held = partial(self._books.in_hand, t_ns=since_ns)
        found = readings(thing.lying.size_m, self._near(thing, since_ns), held, self._layout)
        told = [Hypothesis(r.visit, r.product, -1 if r.visit else 0, r.probability) for r in found]
        best = told[0]
        if best.visit and best.probability >= LIKELIEST:
            thing.product = best.product
            if best.probability >= SURE:
                self._books.let_fall(best.visit, best.product)
            return self._books.enter(best, tuple(told[1:]), since_ns, now_ns)
        for reading in told:
            if reading.visit and reading.probability >= DOUBT:
                self._books.doubt(reading.visit, f"what lies on the floor may be 1 x {reading.product}")
        return []

    def _picked_up(self, thing: Thing, now_ns: int) -> list[CartChange]:
        near = self._near(thing, thing.seen_ns)
        total = sum(near.values()) + NOBODY
        told = sorted(
            (Hypothesis(visit, thing.product, +1, close / total) for visit, close in near.items()),
            key=lambda h: (-h.probability, h.visit),
        )
        return self._books.enter(told[0], tuple(told[1:]), thing.seen_ns, now_ns) if told else []

    def _near(self, thing: Thing, t_ns: int) -> dict[str, float]:
        """Return how nearly each visit was at a thing about a moment, 0..1."""
        crowd = self._evidence.crowd(t_ns - ABOUT_NS, t_ns + ABOUT_NS)
        near: dict[str, float] = {}
        for track, close in nearness(thing.lying.at, crowd, t_ns).items():
            visit = self._books.visit_at(track, t_ns)
            if visit:
                near[visit] = max(near.get(visit, 0.0), close)
        return near
