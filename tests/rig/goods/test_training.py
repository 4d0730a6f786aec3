"""The trainer in small: made-up looks at hands, the same weights each time, and better than chance."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from contracts.seeds import stream
from rig.goods.__main__ import numbers, recipe, train
from rig.goods.choices import among, drawn, on_board
from rig.goods.collect import Sample
from rig.goods.kept import read, write
from rig.goods.marks import marks
from stack.goods.features import NAMES
from stack.goods.matcher import load

PRODUCTS = tuple(f"p{n}" for n in range(8))


def made_up(seed: int, count: int = 12) -> list[Sample]:
    """Return looks in which the true product gains most, more or less; one in three hands is empty."""
    draw = stream(seed, "made up")
    found = []
    for n in range(count):
        features = draw.normal(0.2, 0.1, (len(PRODUCTS), len(NAMES)))
        truth = int(draw.integers(len(PRODUCTS))) if n % 3 else len(PRODUCTS)
        if truth < len(PRODUCTS):
            features[truth, 0] += draw.uniform(0.1, 0.6)
        found.append(Sample(PRODUCTS, features, truth, 320 if n % 2 else 640, 500, 0.01, (0, 1, 2, 3)))
    return found


def test_the_same_looks_give_the_same_weights_and_others_give_others() -> None:
    one, again = (train(made_up(1), made_up(2), {}) for _ in range(2))
    other = train(made_up(3), made_up(2), {})
    assert np.array_equal(one.hidden, again.hidden)
    assert one.temperature == again.temperature
    assert not np.allclose(one.hidden, other.hidden)


def test_it_learns_what_there_is_to_learn() -> None:
    found = marks(train(made_up(1, 40), made_up(2, 40), {}), made_up(4, 60))
    every = found["all"]
    assert isinstance(every, dict)
    assert every["right of 5"] > 0.6
    assert every["calibration error"] < 0.15


def test_choices_hold_the_truth_once_or_the_empty_hand() -> None:
    for choice in drawn(made_up(1), 7):
        sample = choice.sample
        empty = sample.truth == len(sample.products)
        assert (choice.truth == len(choice.features)) == empty
        assert empty or np.array_equal(choice.features[choice.truth], sample.features[sample.truth])
    assert all(len(choice.features) == 3 for choice in among(made_up(1), 3, 1))
    assert all(choice.sample.truth in choice.sample.shelf_mates for choice in on_board(made_up(1)))


def test_looks_are_kept_as_they_are(tmp_path: Path) -> None:
    looks = made_up(5)
    write(looks, tmp_path / "looks.json")
    again = read(tmp_path / "looks.json")
    assert [look.truth for look in again] == [look.truth for look in looks]
    assert np.allclose(again[3].features, looks[3].features, atol=1e-6)
    assert again[3].shelf_mates == looks[3].shelf_mates


def test_the_shipped_weights_were_made_with_the_numbers_that_stand_in_the_code() -> None:
    assert load().made["recipe"] == recipe(), "numbers of the recipe have changed: make the weights anew"


def test_a_span_of_shops() -> None:
    assert numbers("3-5") == [3, 4, 5]
    assert numbers("7") == [7]
