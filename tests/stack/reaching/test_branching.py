"""One arm between two bodies: it goes on straight."""

from __future__ import annotations

from stack.reaching.branching import rivals, straighten
from tests.stack.reaching.test_touching import LEFT, RIGHT, arms, drawn

TIP = (38, 12)


def test_an_arm_that_passes_a_shoulder_belongs_to_the_body_it_points_at() -> None:
    # From the left head straight to the hand; the right body's near shoulder reaches out and touches the arm.
    [found], heads = arms(drawn((LEFT, TIP), (RIGHT, (33, 20))), TIP)
    assert rivals(found)
    before = found.far["left"] - found.far["right"]
    straighten([found], heads)
    assert found.far["left"] - found.far["right"] < before - 0.05


def test_where_one_head_is_much_nearer_nothing_is_in_doubt() -> None:
    [found], heads = arms(drawn((LEFT, (20, 12)), (LEFT, RIGHT)), (20, 12))
    before = dict(found.far)
    assert not rivals(found)
    straighten([found], heads)
    assert found.far == before


def test_one_head_alone_has_no_rival() -> None:
    [found], heads = arms(drawn((LEFT, (20, 12))), (20, 12))
    assert not rivals(found)
    straighten([found], heads)
