"""Masks keep distances, and make codes of one palm under two keys strangers to each other."""

import numpy as np
import pytest

from stack.palm.code import BOCV_BITS, COMP_BITS
from stack.palm.mask import mask_of
from stack.palm.record import masks_of
from stack.palm.template import make_template
from tests.stack.palm.hands import apart, keys, probe


def drawn(seed, bits=COMP_BITS, rows=2):
    return np.random.default_rng(seed).integers(0, 2, (rows, bits)).astype(bool)


def test_distances_stay_and_nothing_is_lost():
    mask, codes = mask_of(b"k" * 32, "comp", COMP_BITS), drawn(1)
    hidden = mask.hide(codes)
    assert np.count_nonzero(hidden[0] ^ hidden[1]) == np.count_nonzero(codes[0] ^ codes[1])
    assert np.array_equal(mask.bare(hidden), codes)
    assert sorted(mask.order.tolist()) == list(range(COMP_BITS))


def test_a_hidden_code_is_like_chance():
    zero = mask_of(b"k" * 32, "comp", COMP_BITS).hide(np.zeros((1, COMP_BITS), bool))
    assert zero.mean() == pytest.approx(0.5, abs=0.05)


@pytest.mark.parametrize(("key", "purpose"), [(b"l" * 32, "bocv"), (b"k" * 32, "comp")])
def test_another_key_or_purpose_is_another_mask(key, purpose):
    one, other = mask_of(b"k" * 32, "bocv", COMP_BITS), mask_of(key, purpose, COMP_BITS)
    assert np.mean(one.order == other.order) < 0.01


def test_leak_drill_templates_of_two_deployments_do_not_match():
    """What two shops lost, put side by side: one palm is no nearer to itself than any two are."""
    here, there = masks_of(keys("here").mask), masks_of(keys("there").mask)
    shown = probe("ana", "visit")
    core = make_template([probe("ana", f"enrol-{k}") for k in range(3)])
    assert apart(shown.bocv, core.samples[0]) < 0.4
    assert apart(here.bocv.hide(shown.bocv), here.bocv.hide(core.samples[0])) < 0.4
    across = apart(here.bocv.hide(shown.bocv), there.bocv.hide(core.samples[0]))
    # 25 places of random bits: the best of them lies about two standard deviations under one half.
    assert across > 0.5 - 6 * 0.5 / np.sqrt(BOCV_BITS)
