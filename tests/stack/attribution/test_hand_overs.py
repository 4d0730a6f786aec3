"""Arms that meet between two people, and what that means for carts."""

from __future__ import annotations

import math
from dataclasses import dataclass, field

import numpy as np
import pytest

from contracts.clock import MILLISECOND, SECOND
from contracts.records import CartChange, Hypothesis
from stack.attribution.hand_overs import WAIT_NS, HandOvers
from stack.attribution.ledger import IN_HAND
from stack.attribution.receipt import SURE
from stack.reaching.meeting import MeetingFinder
from stack.sightings import Meeting, Person
from stack.tracking.depthview import DepthView
from tests.stack.eyeshops import plain_shop
from tests.stack.synthdepth import Solid, Studio, body

STEP_NS = 100 * MILLISECOND


@pytest.fixture(scope="module")
def shop() -> Studio:
    return Studio(plain_shop((320, 240)))


def meetings(studio: Studio, *scenes: list[Solid], heads: list[tuple[float, float]]) -> list[Meeting]:
    """What is found when each scene lasts for half a second."""
    finder = MeetingFinder(studio.layout, DepthView(studio.layout))
    found = []
    for k in range(len(scenes) * 5):
        t_ns = k * STEP_NS
        people = [Person(f"t{n + 1}", t_ns, (x, y, 1.72), (0.0, 0.0, 0.0), 0) for n, (x, y) in enumerate(heads)]
        found += finder.update(studio.shoot(t_ns, scenes[k // 5]), people if k >= 5 else [])
    return found


def pair(studio: Studio, turn: float, *hands: bool) -> tuple[list[Solid], list[tuple[float, float]]]:
    """Two people 70 cm apart along x, turned to each other or (turn = 90 degrees) side by side."""
    x, y = np.mean(np.array(studio.layout.bounds_m).reshape(2, 2), axis=0)
    heads = [(float(x) - 0.35, float(y)), (float(x) + 0.35, float(y))]
    solids: list[Solid] = []
    for (hx, hy), yaw, out in zip(heads, (turn, math.pi - turn), hands, strict=True):
        solids += body(hx, hy, yaw=yaw, hand=(float(x), float(y), 1.05) if out else None)
    return solids, heads


def test_a_held_out_arm_that_is_met_tells_who_gives(shop: Studio) -> None:
    apart, heads = pair(shop, 0.0, False, False)
    out, met = pair(shop, 0.0, True, False)[0], pair(shop, 0.0, True, True)[0]
    [meeting] = meetings(shop, [], apart, out, out, met, met, apart, apart, heads=heads)
    assert meeting.tracks == ("t1", "t2")
    assert meeting.held_out_s[0] >= 0.7
    assert meeting.held_out_s[1] == 0.0
    assert meeting.began_ns == pytest.approx(2 * SECOND, abs=2 * STEP_NS)


def test_people_who_only_stand_there_do_not_meet(shop: Studio) -> None:
    for turn in (0.0, math.pi / 2):
        apart, heads = pair(shop, turn, False, False)
        assert meetings(shop, [], apart, apart, apart, [], heads=heads) == []


@dataclass
class Books:
    carts: dict[str, dict[str, int]]
    party: bool = False
    entered: list[tuple[str, str, int]] = field(default_factory=list)
    doubts: set[str] = field(default_factory=set)
    sure: float = 1.0

    def cart(self, visit: str) -> dict[str, int]:
        return self.carts.get(visit, {})

    def in_hand(self, visit: str, _: int) -> dict[str, float]:
        cart = self.cart(visit)
        first, *rest = cart or ("",)
        return {first: IN_HAND, **dict.fromkeys(rest, (1 - IN_HAND) / len(rest))} if rest else dict.fromkeys(cart, 1.0)

    def visit_at(self, track: str, _: int) -> str:
        return {"t1": "v1", "t2": "v2"}.get(track, "")

    def pay_together(self, _: str, __: str) -> bool:
        return self.party

    def enter(self, chosen: Hypothesis, _: object, __: int, ___: int) -> list[CartChange]:
        self.entered.append((chosen.visit, chosen.product, chosen.count))
        self.sure = min(self.sure, chosen.probability)
        return []

    def doubt(self, visit: str, _: str) -> None:
        self.doubts.add(visit)


def settled(books: Books, *held_out_s: float, tracks: tuple[str, str] = ("t1", "t2")) -> Books:
    keeper = HandOvers(books)  # type: ignore[arg-type]
    keeper.see([Meeting(tracks, (held_out_s[0], held_out_s[1]), SECOND, 2 * SECOND)])
    keeper.settle(2 * SECOND + WAIT_NS - 1)
    assert books.entered == []
    keeper.settle(2 * SECOND + WAIT_NS)
    return books


def test_the_one_thing_of_who_held_out_an_arm_goes_to_the_other() -> None:
    books = settled(Books({"v1": {"soap": 1}}), 0.9, 0.0)
    assert books.entered == [("v1", "soap", -1), ("v2", "soap", 1)]
    assert books.doubts == set()


def test_of_several_things_it_was_what_was_in_the_hand_a_little_less_surely() -> None:
    books = settled(Books({"v1": {"soap": 1, "crisps": 1}}), 0.9, 0.0)
    assert books.entered == [("v1", "soap", -1), ("v2", "soap", 1)]
    assert SURE <= books.sure < settled(Books({"v1": {"soap": 1}}), 0.9, 0.0).sure


def test_how_many_of_one_thing_it_was_is_left_to_a_person() -> None:
    books = settled(Books({"v1": {"soap": 2}}), 0.9, 0.0)
    assert (books.entered, books.doubts) == ([], {"v1", "v2"})


@pytest.mark.parametrize("held_out", [(0.9, 0.8), (0.0, 0.9)])
def test_who_gave_is_left_to_a_person_when_it_is_not_clear(held_out: tuple[float, float]) -> None:
    books = settled(Books({"v1": {"soap": 1}}), *held_out)
    assert (books.entered, books.doubts) == ([], {"v1", "v2"})


@pytest.mark.parametrize("held_out", [(0.2, 0.0), (0.0, 0.0)])
def test_arms_that_nobody_held_out_first_are_more_likely_those_of_passers_by(held_out: tuple[float, float]) -> None:
    books = settled(Books({"v1": {"soap": 1}}), *held_out)
    assert (books.entered, books.doubts) == ([], set())


def test_who_carries_nothing_hands_nothing() -> None:
    books = settled(Books({}), 0.9, 0.0)
    assert (books.entered, books.doubts) == ([], set())


def test_it_does_not_matter_within_a_party_or_with_somebody_unknown() -> None:
    carts = {"v1": {"soap": 1}}
    for books in (settled(Books(carts, party=True), 0.9, 0.0), settled(Books(carts), 0.9, 0.0, tracks=("t1", "t9"))):
        assert (books.entered, books.doubts) == ([], set())
