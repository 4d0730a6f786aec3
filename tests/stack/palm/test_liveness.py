"""Image cues against the attacks that they were made for; replays are told by comparing (test_identify.py)."""

import numpy as np
import pytest

from stack.palm.liveness import cues, unlike_skin
from stack.palm.roi import Region, find_region
from tests.stack.palm.hands import palm, picture
from twin.palms import Species, attack

OWNERS = ("ana", "ben", "cleo", "dia", "eve", "fay")


def complaint(image):
    region = find_region(image)
    return unlike_skin(cues(image, region)) if isinstance(region, Region) else "not read"


def test_living_hands_pass():
    complaints = [complaint(picture(owner, "visit")) for owner in OWNERS]
    assert complaints.count("") >= len(OWNERS) - 1


@pytest.mark.parametrize(
    ("species", "why"),
    [
        (Species.PRINT, "pattern"),
        (Species.GLOVE, "pattern"),
        (Species.SCREEN, "pattern"),
        (Species.LATEX, "veins"),
    ],
)
def test_attacks_do_not_and_the_reason_fits(species, why):
    complaints = [complaint(attack(species, palm(owner), palm("gus"), "x")) for owner in OWNERS]
    assert sum(bool(one) for one in complaints) >= len(OWNERS) - 1
    assert any(why in one for one in complaints)


def test_an_edge_is_no_pattern():
    y, x = np.mgrid[0:128, 0:128]
    rng = np.random.default_rng(1)
    skin = 140 + rng.normal(0, 3, (128, 128))
    plaster = np.where(abs(x - 60 + 0.3 * y) < 20, 190, 0) + skin
    pattern = skin + 6 * np.cos(2 * np.pi * x / 3.1)
    found = [
        cues(np.full((480, 400), 10, np.uint8), Region(square.astype(np.float32), np.zeros(4))).pattern
        for square in (skin, plaster, pattern)
    ]
    assert found[2] > 3 * max(found[:2])
