"""Galleries of mosaics, and who is what in each round."""

import numpy as np
import pytest

from contracts.seeds import stream
from rig.palm.filling import gallery_of
from rig.palm.searching import ROUNDS, roles
from stack.palm.code import BOCV_BITS, COMP_BITS, CORE, pack
from stack.palm.record import unpack
from stack.palm.template import KEPT, Template


def template(seed):
    draws = np.random.default_rng(seed)
    return Template(draws.random(COMP_BITS) < 0.5, draws.random((KEPT, BOCV_BITS)) < 0.5)


def test_everybody_is_each_once():
    for role in ("enrolled", "strangers", "donors"):
        assert sorted(n for turn in range(ROUNDS) for n in getattr(roles(20, turn), role)) == list(range(20))


@pytest.fixture(scope="module")
def gallery():
    donors = [(f"d{n}", template(100 + n)) for n in range(6)]
    return gallery_of([("p0", template(0))], donors, 40, stream(1, "mosaics")), dict(donors)


def test_real_palms_come_first_and_unchanged(gallery):
    made, _ = gallery
    assert len(made) == 40
    assert made.handle(0) == "p0"
    assert np.array_equal(made.scans[0], pack(template(0).scan))


def test_quarters_of_a_mosaic_are_donors_own_at_their_places(gallery):
    made, donors = gallery
    cells = unpack(made.samples[10], BOCV_BITS).reshape(KEPT, CORE, CORE, -1)
    half = CORE // 2
    for y in (0, half):
        for x in (0, half):
            quarter = cells[:, y : y + half, x : x + half]
            theirs = [t.samples.reshape(cells.shape)[:, y : y + half, x : x + half] for t in donors.values()]
            assert sum(np.array_equal(quarter, one) for one in theirs) == 1
