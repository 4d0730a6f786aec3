"""The tail of distances whose tail is known."""

import numpy as np
import pytest
from scipy.stats import norm

from rig.palm.tail import false_match_rate, false_positive_rate


@pytest.mark.parametrize("sigmas", [3.0, 4.0, 5.0, 5.5])
def test_a_normal_tail_is_continued_within_a_factor(sigmas):
    drawn = np.random.default_rng(1).normal(0.465, 0.011, 3_000_000)
    true = norm.sf(sigmas)
    found = false_match_rate(drawn, 0.465 - 0.011 * sigmas)
    assert true / 5 < found < true * 5


def test_a_gallery_multiplies_chances():
    assert false_positive_rate(1e-8, 100_000) == pytest.approx(1e-3, rel=1e-3)
    assert false_positive_rate(0.0, 100_000) == 0
    assert false_positive_rate(1e-3, 100_000) == pytest.approx(1.0)
