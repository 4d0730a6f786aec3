"""How probably some goods explain a change of load."""

from __future__ import annotations

import pytest

from stack.attribution.weights import PlateModel
from tests.stack.small_store import LAYOUT, change, plate

PLATES = frozenset({plate(1)})


def test_two_packs_weigh_the_same_whoever_took_them() -> None:
    model, product = PlateModel(LAYOUT), LAYOUT.products[0]
    for off_g in (0.0, 15.0):
        gone = change(-2 * product.mass_g - off_g, plate(1))
        by_one = model.log_likelihood(gone, [(product.id, 2, PLATES)])
        by_two = model.log_likelihood(gone, [(product.id, 1, PLATES), (product.id, 1, PLATES)])
        assert by_two == pytest.approx(by_one)


def test_one_taken_and_one_put_back_are_two_packs() -> None:
    model, product = PlateModel(LAYOUT), LAYOUT.products[0]
    nothing = change(20.0, plate(1))
    both = [(product.id, 1, PLATES), (product.id, -1, PLATES)]
    assert model.log_likelihood(nothing, both) > model.log_likelihood(nothing, [(product.id, 1, PLATES)])
