"""Hands of one moment, weighed together."""

from __future__ import annotations

import pytest

from stack.reaching.hands import MOST_HANDS, MOST_OWNERS, weigh_together
from stack.sightings import Reach

NEARER = (("t1", 0.85), ("t2", 0.14))


def hand(*owners: tuple[str, float], gondola: str = "gondola-1") -> Reach:
    return Reach(0, gondola, (0.0, 0.0, 1.0), 0.1, owners)


def share(reach: Reach, track: str) -> float:
    return dict(reach.owners).get(track, 0.0)


def test_one_hand_stays_whose_it_was() -> None:
    (found,) = weigh_together([hand(*NEARER)])
    assert share(found.reaches[0], "t1") == pytest.approx(0.85, abs=0.01)
    assert found.together("t1", "t2", [1.0]) == 0.0


def test_two_hands_that_both_seem_the_nearer_ones_are_more_likely_one_of_each() -> None:
    (found,) = weigh_together([hand(*NEARER), hand(*NEARER)])
    assert found.together("t1", "t2", [1.0, 1.0]) > 0.5
    assert share(found.reaches[0], "t2") > 0.25


def test_two_sure_hands_of_one_person_stay_theirs() -> None:
    (found,) = weigh_together([hand(("t1", 0.99)), hand(("t1", 0.99))])
    assert share(found.reaches[0], "t1") > 0.9


def test_people_are_together_only_where_both_hands_are() -> None:
    (found,) = weigh_together([hand(("t1", 0.97)), hand(("t2", 0.97))])
    assert found.together("t1", "t2", [1.0, 0.0]) == 0.0
    assert found.together("t1", "t2", [1.0, 0.8]) == pytest.approx(0.8, abs=0.06)


def test_nobody_has_three_hands() -> None:
    (found,) = weigh_together([hand(("t1", 1.0))] * 3)
    assert all(owners.count("t1") < 3 for owners, _ in found.readings)
    assert sum(p for _, p in found.readings) == pytest.approx(1.0)


def test_hands_in_different_racks_and_crowds_of_hands_are_weighed_apart() -> None:
    crowd = [hand((f"t{n}", 0.9)) for n in range(MOST_HANDS + 1)]
    found = weigh_together([*crowd, hand(("t1", 0.9), gondola="gondola-2")])
    assert [len(hands.reaches) for hands in found] == [MOST_HANDS, 1, 1]


def test_of_many_possible_owners_the_likeliest_are_weighed() -> None:
    owners = tuple((f"t{n}", 0.3 - 0.05 * n) for n in range(5))
    found = weigh_together([hand(*owners)] * MOST_HANDS)[0]
    assert len(found.readings) <= (MOST_OWNERS + 1) ** MOST_HANDS
    assert {track for reading, _ in found.readings for track in reading} == {"t0", "t1", "t2", ""}
