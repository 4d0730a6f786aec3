"""Creases are quadratic Bezier curves."""

import numpy as np

from contracts.seeds import stream
from twin.palms.creases import PRINCIPAL, SECONDARY, Crease, _bowed, _part, draw_creases


def test_a_curve_goes_from_start_to_end_and_towards_its_control():
    crease = Crease(np.array([[0.0, 0], [10, 20], [20, 0]]), 0.3, 1.0)
    points = crease.points(3)
    assert points.tolist() == [[0, 0], [10, 10], [20, 0]]


def test_the_bow_is_a_share_of_the_chord():
    curve = _bowed(np.array([0.0, 0]), np.array([40.0, 0]), 0.15)
    middle = Crease(curve, 0.3, 1.0).points(3)[1]
    assert middle.tolist() == [20, 6]


def test_a_part_of_a_curve_lies_on_it():
    curve = np.array([[0.0, 0], [10, 20], [20, 0]])
    whole, part = Crease(curve, 1, 1).points(101), Crease(_part(curve, 0.2, 0.7), 1, 1).points(51)
    assert np.allclose(part, whole[20:71])


def test_palms_have_three_principal_creases_and_as_many_others_as_drawn():
    counts = [len(draw_creases(stream(1, "creases", str(k)))) - len(PRINCIPAL) for k in range(60)]
    assert SECONDARY[0] <= min(counts) < max(counts) < SECONDARY[1]
