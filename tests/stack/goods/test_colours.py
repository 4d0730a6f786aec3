"""Colours by which goods are known again: light matters little, paint much."""

from __future__ import annotations

import numpy as np

from stack.goods.colours import FLOOR, density, space, thinned


def test_a_shadow_moves_a_colour_less_than_another_paint_does() -> None:
    lit, shaded, other = space(np.array([[200, 60, 60], [100, 30, 30], [60, 60, 200]], np.uint8))
    assert np.linalg.norm(lit - shaded) < 0.5 * np.linalg.norm(lit - other)


def test_what_is_common_is_dense_and_what_is_not_there_is_at_the_floor() -> None:
    red, blue = np.array([[200, 40, 40]], np.uint8), np.array([[40, 40, 200]], np.uint8)
    among = space(np.repeat(red, 50, axis=0))
    assert density(space(red), among)[0] > 0.99
    assert density(space(blue), among)[0] < 2 * FLOOR


def test_among_no_colours_none_is_common() -> None:
    assert density(space(np.zeros((2, 3), np.uint8)), np.zeros((0, 3))).tolist() == [FLOOR, FLOOR]


def test_many_colours_are_thinned_evenly_and_few_are_kept() -> None:
    many = np.arange(300, dtype=np.uint8)[:200, None].repeat(3, axis=1)
    assert len(thinned(many, 20)) == 20
    assert thinned(many, 20)[-1].tolist() == many[-1].tolist()
    assert thinned(many[:5], 20).tolist() == many[:5].tolist()
