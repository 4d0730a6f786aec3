"""The compiled median is numpy's, to the last bit."""

import numpy as np
import pytest

from stack.tracking.floor_kernels import middle


@pytest.mark.parametrize("count", [1, 2, 3, 4, 101, 5000])
@pytest.mark.parametrize("kind", ["spread", "alike", "two", "tiny"])
def test_the_middle_is_where_sorting_would_put_it(count: int, kind: str) -> None:
    draw = np.random.default_rng(count)
    values = {
        "spread": np.abs(draw.standard_normal(count)),
        "alike": np.zeros(count),
        "two": draw.integers(0, 2, count) * 7.5,
        "tiny": draw.random(count) * 1e-40,
    }[kind].astype(np.float32)
    lower, upper = middle(values, values.view(np.uint32))
    ordered = np.sort(values)
    assert (lower, upper) == (ordered[(count - 1) // 2], ordered[count // 2])
    assert np.float32(np.mean(np.array([lower, upper], np.float32))) == np.median(values)
