"""Samples of synthetic palms: the same for the same names, and otherwise as their conditions say."""

from dataclasses import replace

import numpy as np
import pytest

from twin.palms import USUAL, draw_palm, hand

STILL = replace(
    USUAL, rotation_deg=0, scale=0, tilt_deg=0, shift_mm=0, spread_deg=0, elastic_mm=0, wear=0, plaster=0, ring=0
)


@pytest.fixture(scope="module")
def palm():
    return draw_palm(3, "ana")


def test_same_names_same_bytes(palm):
    assert np.array_equal(hand(palm, "visit-1"), hand(draw_palm(3, "ana"), "visit-1"))


def test_every_sample_is_drawn_anew(palm):
    assert not np.array_equal(hand(palm, "visit-1"), hand(palm, "visit-2"))


def test_palms_do_not_hang_on_each_other(palm):
    draw_palm(3, "ben")
    assert np.array_equal(draw_palm(3, "ana").surface, palm.surface)


@pytest.mark.parametrize(("owner", "side"), [("ben", "right"), ("ana", "left")])
def test_other_palms_have_other_creases_texture_and_veins(palm, owner, side):
    other = draw_palm(3, owner, side)
    for mine, theirs in ((palm.surface, other.surface), (palm.veins, other.veins)):
        assert abs(np.corrcoef(mine.ravel(), theirs.ravel())[0, 1]) < 0.4


def test_dark_behind_a_lit_hand(palm):
    picture = hand(palm, "visit-1")
    assert picture.shape == (480, 400)
    assert np.median(picture[picture < 40]) < 15
    assert np.median(picture[picture > 60]) > 100


def test_thumbs_are_on_their_sides(palm):
    right, left = hand(palm, "x", STILL), hand(draw_palm(3, "ana", "left"), "x", STILL)
    beside = [(picture[260:360, :60] > 60).mean() - (picture[260:360, -60:] > 60).mean() for picture in (right, left)]
    assert beside[0] > 0 > beside[1]


def test_plasters_and_rings_cover_skin(palm):
    bare, covered = hand(palm, "x", STILL), hand(palm, "x", replace(STILL, plaster=1.0, ring=1.0))
    changed = np.abs(covered.astype(int) - bare) > 40
    assert 0.002 < changed.mean() < 0.05


def test_noise_and_blur_are_what_is_asked_for(palm):
    clean = hand(palm, "x", replace(STILL, noise=0.0))
    noisy = hand(palm, "x", replace(STILL, noise=6.0))
    lit = clean > 60
    assert np.std(noisy[lit].astype(float) - clean[lit]) == pytest.approx(6.0, rel=0.05)
    soft = hand(palm, "x", replace(STILL, noise=0.0, blur_px=(3.0, 3.1)))
    palms = (picture[260:360, 150:250].astype(int) for picture in (soft, clean))
    soft_steps, clean_steps = (np.abs(np.diff(picture, axis=1)).mean() for picture in palms)
    assert soft_steps < 0.7 * clean_steps
