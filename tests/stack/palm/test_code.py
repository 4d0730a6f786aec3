"""Codes: what filters answer, how directions become bits, and how cores are cut."""

import numpy as np
import pytest

from stack.palm.code import BOCV_BITS, CENTRE, COMP_BITS, RING, WINDOWS, encode, pack
from stack.palm.gabor import DIRECTIONS, bank, responses
from stack.palm.record import unpack


def test_filters_answer_nothing_to_even_light():
    for kernel in bank():
        assert abs(kernel.sum()) < 1e-4
        assert np.linalg.norm(kernel) == pytest.approx(1, abs=1e-5)
    assert np.abs(responses(np.full((128, 128), 90, np.float32))).max() < 1e-3


@pytest.mark.parametrize("direction", range(DIRECTIONS))
def test_a_dark_line_wins_its_own_direction(direction):
    angle = np.pi * direction / DIRECTIONS
    y, x = np.mgrid[0:128, 0:128] - 63.5
    across = x * np.cos(angle) + y * np.sin(angle)
    line = (150 - 60 * np.exp(-(across**2) / 18)).astype(np.float32)
    answers = responses(line)
    assert np.argmin(answers[:, 15:17, 15:17], axis=0).tolist() == [[direction] * 2] * 2
    assert (answers[direction, 15:17, 15:17] < 0).all()


def test_light_and_contrast_do_not_matter():
    square = np.random.default_rng(1).normal(100, 10, (128, 128)).astype(np.float32)
    one, other = encode(responses(square)), encode(responses(square * 1.7 + 12))
    assert np.mean(one.comp != other.comp) < 1e-3
    assert np.mean(one.bocv != other.bocv) < 1e-3


def test_bits_differ_as_much_as_directions():
    for a in range(DIRECTIONS):
        for b in range(DIRECTIONS):
            around = abs(a - b)
            assert np.count_nonzero(RING[a] != RING[b]) == min(around, DIRECTIONS - around)


def test_windows_are_cores_moved_by_one_cell():
    answers = np.random.default_rng(2).normal(size=(6, 32, 32)).astype(np.float32)
    here, beside = encode(answers), encode(np.roll(answers, 1, axis=2))
    assert here.comp.shape == (WINDOWS, COMP_BITS)
    assert here.bocv.shape == (WINDOWS, BOCV_BITS)
    # The middle of what moved one cell to the right is what its right neighbour sees now.
    assert np.array_equal(here.comp[CENTRE], beside.comp[CENTRE + 1])
    assert np.array_equal(here.bocv[CENTRE], beside.bocv[CENTRE + 1])


@pytest.mark.parametrize("bits", [1, 64, 65, COMP_BITS])
def test_packing_loses_nothing(bits):
    drawn = np.random.default_rng(bits).integers(0, 2, (3, bits)).astype(bool)
    assert np.array_equal(unpack(pack(drawn), bits), drawn)
