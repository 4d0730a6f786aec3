"""The person tracker on silhouettes."""

from __future__ import annotations

import math
from collections.abc import Callable

import pytest

from stack.sightings import Person
from stack.silhouettes.ghosts import meets
from stack.silhouettes.people import SilhouetteTracker
from tests.stack.colourstudio import ColourStudio, corner_shop
from tests.stack.synthdepth import Solid, body

STEP_NS = 100_000_000
EMPTY = 4


@pytest.fixture(scope="module")
def studio() -> ColourStudio:
    return ColourStudio(corner_shop())


def follow(studio: ColourStudio, scene: Callable[[int], list[Solid]], captures: int) -> list[list[Person]]:
    """What the tracker says after each capture, some of the empty store first."""
    tracker = SilhouetteTracker(studio.layout)
    for k in range(EMPTY):
        assert tracker.update(studio.shoot(k * STEP_NS)) == []
    return [tracker.update(studio.shoot((EMPTY + k) * STEP_NS, scene(k))) for k in range(captures)]


def names(seen: list[list[Person]]) -> set[str]:
    return {person.track for people in seen for person in people}


def test_a_walker_is_one_track_within_8_cm(studio: ColourStudio) -> None:
    seen = follow(studio, lambda k: body(1.0 + 0.1 * k, 1.2), 12)
    assert names(seen) == {"t1"}
    off = [math.dist(people[0].head[:2], (1.0 + 0.1 * k, 1.2)) for k, people in enumerate(seen) if people]
    assert len(off) >= 10
    assert max(off) < 0.08


def test_two_who_pass_each_other_stay_two(studio: ColourStudio) -> None:
    seen = follow(studio, lambda k: [*body(1.0 + 0.14 * k, 1.0), *body(3.0 - 0.14 * k, 1.7, 1.6)], 14)
    assert names(seen) == {"t1", "t2"}
    first = {person.track: person.head[0] for person in seen[3]}
    last = {person.track: person.head[0] for person in seen[-1]}
    assert all(abs(last[track] - first[track]) > 1.3 for track in first)


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        ((2.0, 0.0, 1.8), True),  # before the place
        ((4.0, 0.1, 1.7), True),  # beyond it
        ((2.0, 0.6, 1.7), False),  # beside the line of sight
        ((-1.0, 0.0, 1.7), False),  # behind the eye
        ((0.8, 0.0, 1.2), False),  # under it
    ],
)
def test_a_line_of_sight_meets_a_body(head: tuple[float, float, float], expected: bool) -> None:
    assert meets((0.0, 0.0, 2.5), (3.0, 0.0, 1.4), head) is expected
