"""The square of the palm is found by the valleys between the fingers."""

import cv2
import numpy as np
import pytest

from stack.palm.code import encode
from stack.palm.gabor import responses
from stack.palm.roi import Region, find_region
from stack.palm.valleys import Valleys, find_valleys
from tests.stack.palm.hands import apart, picture


def found(image):
    region = find_region(image)
    assert isinstance(region, Region), region
    return region


def turned(image, degrees, shift=(0, 0), scale=1.0):
    matrix = cv2.getRotationMatrix2D((200, 280), degrees, scale)
    matrix[:, 2] += shift
    return cv2.warpAffine(image, matrix, (400, 480), borderMode=cv2.BORDER_CONSTANT, borderValue=10)


def alike(one, other):
    inner = slice(12, -12)
    return float(np.corrcoef(one[inner, inner].ravel(), other[inner, inner].ravel())[0, 1])


@pytest.mark.parametrize(("degrees", "shift", "scale"), [(9, (0, 0), 1), (-12, (8, -5), 1), (0, (-10, 12), 0.9)])
def test_the_square_moves_with_the_hand(degrees, shift, scale):
    still = picture("ana", "visit")
    moved = turned(still, degrees, shift, scale)
    # Other pixels of the outline are its deepest once it is turned: the square is off by a pixel or two, as in life.
    codes = [encode(responses(found(one).square)) for one in (still, moved)]
    assert apart(codes[0].bocv, codes[1].core[1]) < 0.3


@pytest.mark.parametrize("side", ["left", "right"])
def test_valleys_are_left_and_right_with_the_fingers_up(side):
    valleys = find_valleys(picture("ana", "visit", side))
    assert isinstance(valleys, Valleys)
    assert valleys.left[0] < valleys.right[0]
    assert 70 < valleys.width_px < 115


def test_a_hand_upside_down_gives_the_same_square():
    still = picture("ben", "visit")
    hand_and_wrist = np.vstack([still, np.full((120, 400), 10, np.uint8)])  # no wrist at the edge any more
    over = np.ascontiguousarray(hand_and_wrist[::-1, ::-1])
    assert alike(found(hand_and_wrist).square, found(over).square) > 0.8


def test_fingers_cut_by_the_edge_are_still_told_apart():
    still = picture("ana", "visit")
    valleys = find_valleys(still)
    assert isinstance(valleys, Valleys)
    cut = np.ascontiguousarray(still[int(valleys.left[1]) - 60 :])
    assert isinstance(find_valleys(cut), Valleys)


@pytest.mark.parametrize(
    ("image", "why"),
    [
        (np.zeros((480, 400), np.uint8), "no whole hand"),
        (np.full((480, 400), 160, np.uint8), "no whole hand"),
        (np.pad(np.full((240, 200), 160, np.uint8), ((120, 120), (100, 100))), "not spread"),
    ],
)
def test_what_is_no_hand_gives_a_reason(image, why):
    assert why in str(find_region(image))


def test_a_hand_too_far_away_is_not_read():
    assert find_region(turned(picture("ana", "visit"), 0, scale=0.6)) in (
        "the hand is too near or too far",
        "no whole hand before the reader",
    )
