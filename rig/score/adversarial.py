"""Writes shoppers who confuse on purpose: rounds of actions, some plain, some tricks, some of them played by two."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from contracts.layout import Layout
from contracts.seeds import stream
from rig.scenario import habits
from rig.score.shelves import Shelves
from rig.score.tricks import ALONE, TOGETHER, Alone, Person, Step, plain

NAMES = ("ana", "ben", "cleo", "dan", "eve", "finn", "gus", "hana", "ivo", "jo")
BETWEEN_MS = 1500
"""How long after one another they arrive."""
PAIRED = 0.7
"""How often two who are to confuse at the same time do it together. Our choice."""
SECONDS = 45
"""Bench time allowed for one action, with all waiting for others: a run that takes longer hangs."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What to write.

    Args:
        shoppers: how many.
        actions: of each of them.
        confusing: share of all actions that are tricks, to the nearest whole number.
        seed: root of all draws.
    """

    shoppers: int
    actions: int
    confusing: float
    seed: int


def script(layout: Layout, wanted: Wanted) -> dict[str, Any]:
    """Return a scenario in the form of a file, but for its store.

    Args:
        layout: what stands where.
        wanted: how many do what.
    """
    draw = stream(wanted.seed, "adversarial", str(wanted.shoppers))
    shelves = Shelves(layout, draw)
    people = [_person(wanted, i) for i in range(wanted.shoppers)]
    slots = wanted.shoppers * wanted.actions
    tricky = set(draw.permutation(slots)[: round(wanted.confusing * slots)].tolist())
    for turn in range(wanted.actions):
        confusing = [person for i, person in enumerate(people) if turn * wanted.shoppers + i in tricky]
        calm = [person for person in people if person not in confusing]
        for person in calm:
            _alone(person, (plain,), shelves)
        while len(confusing) >= 2 and draw.random() < PAIRED:
            one, other, *confusing = confusing
            _together(one, other, shelves)
        for person in confusing:
            _alone(person, ALONE, shelves)
    tricks = len(tricky)
    return {
        "about": f"{tricks} of {slots} actions are meant to confuse.",
        "seed": wanted.seed,
        "limit": f"{60 + SECONDS * slots} s",
        "shoppers": {person.name: _written(person, i) for i, person in enumerate(people)},
    }


def _alone(person: Person, tricks: Sequence[Alone], shelves: Shelves) -> None:
    """Let somebody do one of some things."""
    person.steps += shelves.first_that_works(tricks, lambda trick: trick(person, shelves))


def _together(one: Person, other: Person, shelves: Shelves) -> None:
    """Let two play a trick; where the store has none for two, each plays one."""
    if not any(trick(one, other, shelves) for trick in shelves.shuffled(TOGETHER)):
        for person in (one, other):
            _alone(person, ALONE, shelves)


def _person(wanted: Wanted, index: int) -> Person:
    name = NAMES[index] if index < len(NAMES) else f"s{index + 1}"
    tall = stream(wanted.seed, "adversarial", name, "height")
    enter: Step = {"enter": "qr"}
    return Person(name, habits.height_m(tall, child=False), [enter])


def _written(person: Person, index: int) -> dict[str, Any]:
    said: dict[str, Any] = {"arrives": f"{BETWEEN_MS * index} ms"} if index else {}
    return said | {"height": person.height_m, "does": [*person.steps, "leave"]}
