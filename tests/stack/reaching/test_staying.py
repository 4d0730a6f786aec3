"""Whose a hand between two bodies is: who stays with it, who goes, and who has a hand elsewhere."""

from __future__ import annotations

from collections.abc import Sequence

from contracts.clock import MILLISECOND
from stack.reaching.hand_paths import KEPT_NS, HandPaths
from stack.sightings import Person, Reach
from tests.stack.small_store import person

FRAME_NS = 100 * MILLISECOND
ANA, BEN = "t1", "t2"


def reach(n: int, x: float, *owners: tuple[str, float]) -> Reach:
    return Reach(n * FRAME_NS, "gondola-1", (x, 2.0, 1.0), 0.1, owners, hidden=True, span_m=(-0.1, 0.1))


def beside(n: int, x: float = 1.3) -> Reach:
    """An arm that leads to Ben's shoulder, which touches Ana's."""
    return reach(n, x, (BEN, 0.9), (ANA, 0.08))


def heads(ana_y: float = 1.55, ben_y: float = 1.55) -> list[Person]:
    return [person(ANA, 1.55, ana_y), person(BEN, 1.05, ben_y)]


def bens(moments: Sequence[tuple[list[Reach], list[Person]]]) -> float:
    """Return how probably the first hand seen is Ben's."""
    paths = HandPaths()
    first, *_ = [paths.add(reaches, people, n * FRAME_NS) for n, (reaches, people) in enumerate(moments)]
    return first[0].owners()[BEN]


def test_who_steps_back_while_the_hand_stays_is_hardly_its_owner() -> None:
    def while_the_hand(moves_m: float) -> float:
        """Ben steps back by 0.3 m."""
        return bens([([beside(0)], heads(ben_y=1.65)), ([beside(1, 1.3 + moves_m)], heads(ben_y=1.35))])

    assert while_the_hand(0.09) > 0.75
    assert while_the_hand(0.0) < 0.7


def test_who_walks_off_as_a_hand_goes_is_hardly_its_owner() -> None:
    here = [([beside(n)], heads()) for n in range(3)]
    goes = [([], heads(ben_y=1.55 - 0.1 * n)) for n in range(1, 4)]
    stays = [([], heads()) for _ in range(1, 4)]
    assert bens([*here, *stays]) - bens([*here, *goes]) > 0.1


def test_who_walks_along_together_with_others_is_told_from_them_by_nothing() -> None:
    here = [([beside(n)], heads()) for n in range(3)]
    go = [([], heads(1.55 - 0.1 * n, 1.55 - 0.1 * n)) for n in range(1, 4)]
    assert abs(bens([*here, *go]) - bens(here)) < 0.001


def test_whose_other_hand_is_in_the_shelf_already_hardly_has_a_second_one_there() -> None:
    def with_another(n: int) -> list[Reach]:
        return [beside(n), reach(n, 0.7, (BEN, 0.99))] if n < 3 else [beside(n)]

    both = [(with_another(n), heads()) for n in range(8)]
    alone = [([beside(n)], heads()) for n in range(8)]
    assert bens(alone) > 0.55
    assert bens(both) < 0.45


def test_one_arm_that_a_board_cuts_in_two_is_no_second_hand() -> None:
    def cut(n: int) -> list[Reach]:
        return [beside(n), Reach(n * FRAME_NS, "gondola-1", (1.5, 2.3, 1.2), 0.3, ((BEN, 0.99),), span_m=(0.2, 0.4))]

    alone = [([beside(n)], heads()) for n in range(4)]
    assert abs(bens([(cut(n), heads()) for n in range(4)]) - bens(alone)) < 0.001


def test_looks_from_several_places_err_together() -> None:
    moves = [([beside(n, 1.24 + 0.12 * (n % 2))], heads()) for n in range(6)]
    assert 0.6 < bens(moves) < 0.98


def test_what_a_hand_knows_of_others_is_let_go() -> None:
    paths = HandPaths()
    first, _ = paths.add([beside(0), reach(0, 0.7, (BEN, 0.99))], heads(), 0)
    assert len(first.beside) == 1
    paths.add([], heads(), KEPT_NS + FRAME_NS)
    assert not first.beside
