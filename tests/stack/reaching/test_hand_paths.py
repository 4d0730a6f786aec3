"""Whose a hand is, by all that was seen of it while it was out."""

from __future__ import annotations

import pytest

from contracts.clock import MILLISECOND
from stack.reaching.hand_path import HandPath
from stack.reaching.hand_paths import LOST_NS, HandPaths
from stack.sightings import Person, Reach
from tests.stack.small_store import person

FRAME_NS = 100 * MILLISECOND
ANA, BEN = "t1", "t2"


def hand(n: int, x: float, ana: float, ben: float) -> Reach:
    return Reach(n * FRAME_NS, "gondola-1", (x, 2.0, 1.0), 0.1, ((ANA, ana), (BEN, ben)))


def heads(ana: float, ben: float) -> list[Person]:
    return [person(ANA, ana, 1.5), person(BEN, ben, 1.5)]


def follow(*looks: tuple[float, float, float, float]) -> HandPath:
    """Follow one hand: its x, how probably it is Ana's, and where the heads of Ana and Ben are."""
    paths = HandPaths()
    for n, (x, mine, ana, ben) in enumerate(looks):
        [path] = paths.add([hand(n, x, mine, 0.98 - mine)], heads(ana, ben), n * FRAME_NS)
    return path


def test_many_looks_at_what_does_not_move_say_no_more_than_one() -> None:
    one, many = follow((1.0, 0.6, 1.0, 1.6)), follow(*[(1.0, 0.6, 1.0, 1.6)] * 10)
    assert many.looks[-1].t_ns == 9 * FRAME_NS
    assert many.owners() == pytest.approx(one.owners())


def test_where_a_hand_goes_back_to_tells_whose_it_is() -> None:
    beside = [(1.3, 0.3, 1.0, 1.5)] * 8
    back = [(1.15, 0.8, 1.0, 1.5), (1.02, 0.95, 1.0, 1.5)]
    assert follow(*beside).owners()[ANA] < 0.5 < follow(*beside, *back).owners()[ANA]


def test_a_hand_that_stays_when_somebody_walks_off_is_not_theirs() -> None:
    stays = [(1.3, 0.1, 1.7, 1.2)] * 5
    leaves = [(1.3, 0.9, 1.7, 1.2 - 0.15 * n) for n in range(1, 5)]
    assert follow(*stays).owners()[BEN] > 0.5 > follow(*stays, *leaves).owners()[BEN]


def test_of_two_heads_equally_near_one_look_names_none_for_sure() -> None:
    assert follow((1.3, 0.97, 1.0, 1.6)).owners()[ANA] < 0.8
    assert follow((1.0, 0.97, 1.0, 1.9)).owners()[ANA] > 0.85


def test_the_next_hand_at_the_same_place_is_another() -> None:
    paths = HandPaths()
    [first] = paths.add([hand(0, 1.0, 0.9, 0.05)], heads(1.0, 1.6), 0)
    later = LOST_NS // FRAME_NS + 1
    [second] = paths.add([hand(later, 1.0, 0.1, 0.85)], heads(1.0, 1.6), later * FRAME_NS)
    assert first is not second


def test_where_hands_cross_nobody_says_which_is_which() -> None:
    paths = HandPaths()
    before = paths.add([hand(0, 1.00, 0.9, 0.05), hand(0, 1.12, 0.1, 0.85)], heads(1.0, 1.6), 0)
    after = paths.add([hand(1, 1.04, 0.5, 0.45), hand(1, 1.12, 0.5, 0.45)], heads(1.0, 1.6), FRAME_NS)
    assert not set(before) & set(after)


def test_one_arm_that_a_board_cuts_in_two_is_one() -> None:
    paths = HandPaths()
    [first] = paths.add([hand(0, 1.0, 0.9, 0.05)], heads(1.0, 1.6), 0)
    both = paths.add([hand(1, 1.0, 0.9, 0.05), hand(1, 1.02, 0.8, 0.1)], heads(1.0, 1.6), FRAME_NS)
    assert both == [first, first]


def test_a_look_that_leaves_the_other_out_altogether_is_believed_no_more() -> None:
    def sure(*second: tuple[str, float]) -> float:
        paths = HandPaths()
        paths.add([hand(0, 1.3, 0.5, 0.48)], heads(1.0, 1.6), 0)
        later = Reach(FRAME_NS, "gondola-1", (1.3, 2.15, 1.0), 0.1, second)
        return paths.add([later], heads(1.0, 1.6), FRAME_NS)[0].owners()[ANA]

    assert sure((ANA, 0.97)) == pytest.approx(sure((ANA, 0.97), (BEN, 0.02)), abs=0.01)
    assert sure((ANA, 0.97)) < 0.8
