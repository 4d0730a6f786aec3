"""Attacks show what their species shows."""

import numpy as np
import pytest

from twin.palms import Species, attack, draw_palm, hand


@pytest.fixture(scope="module")
def palms():
    return draw_palm(3, "ana"), draw_palm(3, "eve")


@pytest.mark.parametrize("species", Species)
def test_same_names_same_bytes(palms, species):
    first = attack(species, *palms, "try-1")
    assert first.shape == (480, 400)
    assert np.array_equal(first, attack(species, *palms, "try-1"))


def test_a_replay_is_all_but_the_sample_itself(palms):
    original, played = hand(palms[0], "visit"), attack(Species.REPLAY, *palms, "visit")
    assert not np.array_equal(original, played)
    assert np.corrcoef(original.ravel(), played.ravel())[0, 1] > 0.99


def test_a_display_is_not_dark_behind_the_hand(palms):
    assert np.percentile(attack(Species.SCREEN, *palms, "x"), 5) > np.percentile(hand(palms[0], "x"), 5) + 3
