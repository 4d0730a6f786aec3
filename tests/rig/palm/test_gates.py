"""The generator is held to the distances of real palms; otherwise no figure of synthetic palms would mean anything.

Source: the design's notes on PolyU and Tongji palms, cross-session: genuine mean 0.24 to 0.33, sd about 0.04; impostor
mean 0.465, sd 0.011 to 0.014 (CompCode and BOCV, one sample each, 25 places).
"""

import numpy as np
import pytest

from rig.palm.pairs import compare
from rig.palm.people import present_all
from stack.palm.acquire import Rejected

PALMS, SEED = 30, 77


@pytest.fixture(scope="module")
def people():
    return present_all(SEED, PALMS, lambda _: None)


@pytest.fixture(scope="module")
def ways(people):
    return compare(people, threads=1)


@pytest.mark.parametrize("way", [0, 1])
def test_genuine_distances_are_those_of_real_palms(ways, way):
    # The mean of 30 is known to 0.008.
    assert 0.24 <= np.mean(ways[way].genuine) <= 0.33
    assert 0.03 <= np.std(ways[way].genuine) <= 0.055


@pytest.mark.parametrize("way", [0, 1])
def test_impostor_distances_are_those_of_real_palms(ways, way):
    assert np.mean(ways[way].impostor) == pytest.approx(0.465, abs=0.006)
    assert 0.0105 <= np.std(ways[way].impostor) <= 0.014


def test_left_and_right_hands_are_read_alike(people):
    for side in range(2):
        shown = [probe for one in people[side::2] for probe in one.probes]
        assert sum(isinstance(probe, Rejected) for probe in shown) <= 1


def test_more_samples_bring_genuine_palms_nearer(ways):
    assert np.mean(ways[2].genuine) < np.mean(ways[1].genuine)
