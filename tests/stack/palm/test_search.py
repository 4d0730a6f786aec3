"""The search is exact: it finds what comparing everything with everything finds."""

import numpy as np
import pytest

from stack.palm.search import distances, lowest


def codes(rows, words, seed):
    return np.random.default_rng(seed).integers(0, 2**63, (rows, words), dtype=np.uint64)


@pytest.mark.parametrize("words", [37, 74, 1])
def test_distances_are_those_of_plain_counting(words):
    rows, windows = codes(200, words, 1), codes(25, words, 2)
    plain = np.bitwise_count(rows[:, None] ^ windows[None]).sum(axis=2).min(axis=1)
    assert np.array_equal(distances(rows, windows), plain)


def test_threads_change_nothing():
    rows, windows = codes(20_001, 37, 3), codes(25, 37, 4)
    assert np.array_equal(distances(rows, windows, threads=1), distances(rows, windows, threads=3))


def test_all_bits_may_differ():
    rows = np.zeros((1, 74), np.uint64)
    assert distances(rows, ~rows)[0] == 74 * 64


def test_lowest_are_sorted_and_ties_go_by_place():
    values = np.array([5, 3, 9, 3, 1, 5, 3], np.uint16)
    assert lowest(values, 4).tolist() == [4, 1, 3, 6]
    assert lowest(values, 2).tolist() == [4, 1]
    assert lowest(values, 99).tolist() == [4, 1, 3, 6, 0, 5, 2]
