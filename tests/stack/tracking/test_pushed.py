"""Prams, trolleys and pushed wheelchairs are no people; children, riders and those who crouch are."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from contracts.clock import MILLISECOND, SECOND
from contracts.geometry import Pose
from contracts.records import VisitState
from stack.sightings import Person
from stack.tracking.pushed import AWAY_M, PushedThings, Seen
from stack.tracking.track import PersonTracker
from stack.visits.visit import Visit
from stack.visits.visitors import Visitors
from tests.stack.eyeshops import plain_shop
from tests.stack.small_store import GATES, LAYOUT, person
from tests.stack.synthdepth import Block, Solid, Studio, body

THING, PUSHER = 1, 2
Way = Callable[[int], tuple[float, float] | None]


def watch(
    thing: Way, pusher: Way, frames: int, *, height_m: float = 1.2, bulk_m2: float = 0.2, bare: bool = False
) -> list[bool]:
    """Whether the thing is taken for one after each frame of 0.1 s; None on a way is out of sight."""
    things = PushedThings()
    told = []
    for k in range(frames):
        at, by = thing(k), pusher(k)
        seen = [Seen(THING, at, height_m, bulk_m2, bare, True)] if at else []
        seen += [Seen(PUSHER, by, 1.7, 0.0, False, True)] if by else []
        things.update(seen)
        told.append(things.is_pushed(THING))
        assert not things.is_pushed(PUSHER)
    return told


def walk(ahead_m: float = 0.0, speed: float = 1.0, sees_from: int = 0) -> Way:
    return lambda k: (0.1 * speed * k + ahead_m, 1.0) if k >= sees_from else None


@pytest.mark.parametrize(("ahead_m", "at_most"), [(0.66, 5), (1.05, 8)])
def test_what_keeps_its_distance_ahead_of_somebody_is_pushed(ahead_m: float, at_most: int) -> None:
    told = watch(walk(ahead_m), walk(sees_from=13), 30)
    assert not any(told[:14])
    assert told.index(True) - 13 <= at_most
    assert all(told[told.index(True) :])


def test_left_standing_it_is_still_no_person_and_nobody_when_its_track_breaks() -> None:
    things = PushedThings()
    for k in range(20):
        things.update(
            [Seen(1, (0.1 * k + 1, 1.0), 1.2, 0.2, False, True), Seen(2, (0.1 * k, 1.0), 1.7, 0, False, True)]
        )
    for _ in range(30):
        things.update([Seen(1, (2.9, 1.0), 1.2, 0.2, False, True)])
    assert things.is_pushed(1)
    assert things.of(2) == {1}
    things.forget(frozenset({2}))
    for _ in range(3):
        things.update([Seen(7, (2.8, 1.1), 1.2, 0.2, False, True), Seen(8, (5.0, 1.1), 1.2, 0.2, False, True)])
    assert things.is_pushed(7)
    assert not things.is_pushed(8)


def test_who_goes_away_from_where_they_were_pushed_is_a_person_after_all() -> None:
    told = watch(lambda k: (0.1 * min(k, 20) + 1 + 0.1 * max(0, k - 25), 1.0), lambda k: (0.1 * min(k, 20), 1.0), 60)
    assert told[25]
    assert not told[25 + round(AWAY_M * 10) + 5]


@pytest.mark.parametrize(
    ("thing", "pusher", "bulk_m2"),
    [
        (walk(1.05), walk(), 0.06),  # a child ahead of a parent
        (walk(), walk(1.05), 0.2),  # somebody in a wheelchair behind another shopper
        (walk(1.05, 0.8), walk(0, 1.0), 0.2),  # ... whom somebody catches up with
        (walk(1.05), walk(-1.0), 0.2),  # ... whom somebody follows at two metres
        (walk(3.0), lambda k: (0.1 * k, 1.0) if k > 30 else None, 0.2),  # ... who had come alone by then
        (lambda k: (2.0, 1.0), lambda k: (1.0, 1.0), 0.2),  # ... who stands before another
    ],
)
def test_who_moves_by_themselves_or_is_slim_is_a_person(thing: Way, pusher: Way, bulk_m2: float) -> None:
    assert not any(watch(thing, pusher, 60, bulk_m2=bulk_m2))


def test_what_is_bulky_without_shoulders_is_a_thing_wherever_it_is() -> None:
    assert watch(lambda k: (2.0, 1.0), lambda k: None, 5, bare=True)[3:] == [True, True]


# through the cameras


def cart(x: float, y: float = 1.8) -> list[Solid]:
    """A pram that stands with its middle at a point: a carrycot and a hood of 1.1 m."""
    at = Pose.at(x, y)
    return [Block(at, (-0.41, -0.2, 0.56), (0.41, 0.2, 0.82)), Block(at, (0.0, -0.2, 0.82), (0.4, 0.2, 1.1))]


def chair(x: float, y: float = 1.8) -> list[Solid]:
    """Somebody of 1.3 m above the floor, sitting in a wheelchair."""
    at = Pose.at(x, y)
    seat = [Block(at, (-0.25, -0.3, 0.4), (0.6, 0.3, 0.62)), Block(at, (-0.3, -0.28, 0.6), (-0.2, 0.28, 0.95))]
    return [*seat, *body(x, y, 1.3), Block(at, (-0.25, -0.26, 0.7), (0.35, 0.26, 0.8))]


@pytest.fixture(scope="module")
def studio() -> Studio:
    return Studio(plain_shop())


def follow(studio: Studio, scene: Callable[[int], list[Solid]], captures: int) -> list[list[Person]]:
    tracker = PersonTracker(studio.layout)
    for k in range(2):
        tracker.update(studio.shoot(k * 100 * MILLISECOND))
    return [tracker.update(studio.shoot((2 + k) * 100 * MILLISECOND, scene(k))) for k in range(captures)]


def test_a_pram_is_nobody_pushed_or_left_standing(studio: Studio) -> None:
    pushed = follow(studio, lambda k: body(0.6 + 0.1 * k, 1.8) + cart(1.5 + 0.1 * k), 14)
    assert {len(people) for people in pushed[4:]} == {1}
    left = follow(studio, lambda k: body(1.6, 1.8 - 0.05 * k) + cart(2.6), 12)
    assert {len(people) for people in left[4:]} == {1}


def test_who_sits_in_a_wheelchair_alone_is_a_person_and_a_passenger_is_none(studio: Studio) -> None:
    alone = follow(studio, lambda k: chair(1.0 + 0.1 * k), 12)
    assert {len(people) for people in alone[4:]} == {1}
    pushed = follow(studio, lambda k: body(0.6 + 0.1 * k, 1.8) + chair(1.3 + 0.1 * k), 18)
    assert {len(people) for people in pushed[12:]} == {1}
    assert all(people[0].head[2] > 1.6 for people in pushed[12:])


def test_a_visit_that_was_tied_to_the_thing_goes_to_who_pushes_it() -> None:
    said: list[Visit] = []
    visitors = Visitors(LAYOUT, said.append)
    visitors.admit("ana", "gate-in", 0)
    visitors.counted_in(GATES[0], SECOND)
    visitors.see([person("t1", 0.6, 0.0, SECOND)], SECOND)
    visit = visitors.of_track("t1")
    assert visit is not None
    behind = person("t2", 0.1, 0.0, 2 * SECOND)
    told = Person(behind.track, behind.t_ns, behind.head, behind.velocity, behind.born_ns, pushes=("t1",))
    visitors.see([told], 2 * SECOND)
    assert visitors.of_track("t2") is visit
    assert visitors.of_track("t1") is None
    assert (visit.account, visit.state, len(visitors.visits)) == ("ana", VisitState.INSIDE, 1)
