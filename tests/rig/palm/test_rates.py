"""Rates on comparisons whose rates are known."""

import numpy as np
import pytest

from rig.palm.pairs import Comparisons
from rig.palm.rates import Share, det, equal_error, fnmr_at


def of(genuine, impostor):
    return Comparisons("made up", np.array(genuine), np.array(impostor))


def test_apart_means_no_error():
    assert equal_error(det(of([0.2, 0.25], [0.4, 0.45]))) == 0


def test_a_tenth_on_the_wrong_side_each():
    found = of([0.2] * 9 + [0.5], [0.4] * 9 + [0.1])
    assert equal_error(det(found)) == pytest.approx(0.1)


def test_rates_rise_and_fall_with_the_limit():
    draws = np.random.default_rng(1)
    curve = det(of(draws.normal(0.27, 0.04, 500), draws.normal(0.465, 0.012, 5000)))
    assert (np.diff(curve.fmr) >= 0).all()
    assert (np.diff(curve.fnmr) <= 0).all()


def test_the_limit_lets_at_most_the_asked_for_share_through():
    impostor = np.linspace(0.3, 0.5, 1000)
    found = of([0.1, 0.31, 0.4], impostor)
    limit, share = fnmr_at(found, 0.01)
    assert np.mean(impostor < limit) <= 0.01
    assert share == Share(2, 3)


def test_too_few_impostors_put_the_limit_below_all_of_them():
    limit, share = fnmr_at(of([0.29, 0.35], [0.3, 0.4, 0.5]), 1e-6)
    assert limit == 0.3
    assert share == Share(1, 2)


def test_no_error_is_told_with_its_bound():
    assert Share(0, 3000).bound == pytest.approx(1e-3)
    assert Share(0, 3000).text == "0 of 3000 (95 %: < 0.10%)"
    assert Share(3, 500).text == "3 of 500"
