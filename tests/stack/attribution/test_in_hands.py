"""Readings weighed by what was seen in the hand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from stack.attribution.in_hands import CLOSE, no_opinion, with_hands
from stack.attribution.verdict import Part
from stack.parts import LoadChange
from tests.stack.small_store import change, plate

CHANGE = change(-200.0, plate(1))


class Said:
    """An opinion that notes what it is asked."""

    def __init__(self, said: Mapping[str, float]) -> None:
        self.said, self.asked = said, list[tuple[tuple[str, ...], bool]]()

    def __call__(self, _change: LoadChange, products: Sequence[str], /, *, taken: bool) -> Mapping[str, float]:
        self.asked.append((tuple(products), taken))
        return self.said


def _part(product: str, count: int = 1, prior: float = 1.0) -> Part:
    return Part("v1", product, count, frozenset({plate(1)}), prior)


def test_of_two_products_that_weigh_the_same_the_one_in_the_hand_wins() -> None:
    readings = [((_part("tea"),), -1.0), ((_part("rice"),), -1.2), ((), -9.0)]
    said = Said({"tea": -2.0, "rice": 0.6})
    weighed = with_hands(readings, CHANGE, said)
    assert [score for _, score in weighed] == [-3.0, -0.6, -9.0]
    assert said.asked == [(("rice", "tea"), True)]


def test_where_one_product_comes_into_question_nobody_looks() -> None:
    said = Said({"tea": -2.0})
    readings = [((_part("tea"),), -1.0), ((_part("tea", 2),), -2.0), ((_part("rice"),), -1.0 - CLOSE - 0.1)]
    assert with_hands(readings, CHANGE, said) == readings
    assert said.asked == []


def test_what_may_have_been_put_back_is_looked_at_as_such() -> None:
    said = Said({"tea": 0.5, "rice": -0.5})
    readings = [((_part("tea", -1),), -1.0), ((_part("rice", -1),), -1.0)]
    assert [score for _, score in with_hands(readings, CHANGE, said)] == [-0.5, -1.5]
    assert said.asked == [(("rice", "tea"), False)]


def test_what_may_stand_here_against_the_planogram_looks_like_what_stands_here() -> None:
    readings = [((_part("tea"),), -1.0), ((_part("rice"),), -1.0), ((_part("salt", prior=0.001),), -2.0)]
    said = Said({"tea": 0.6, "rice": -2.0})
    assert [score for _, score in with_hands(readings, CHANGE, said)] == [-0.4, -3.0, -1.4]
    assert said.asked == [(("rice", "tea"), True)]


def test_without_an_opinion_scores_stay() -> None:
    readings = [((_part("tea"),), -1.0), ((_part("rice"),), -1.0)]
    assert with_hands(readings, CHANGE, no_opinion) == readings
