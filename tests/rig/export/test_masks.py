"""Masks are those that pycocotools reads."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from pycocotools import mask as coco

from rig.export.masks import Ids, masks, packed

# pycocotools is older than this rule of numpy.
pytestmark = pytest.mark.filterwarnings("ignore:__array__ implementation:DeprecationWarning")

IDS = st.tuples(st.integers(1, 9), st.integers(1, 9)).flatmap(
    lambda shape: arrays(np.int32, shape, elements=st.integers(-1, 3))
)


@given(IDS)
def test_pycocotools_reads_back_the_very_pixels(ids: Ids) -> None:
    found = masks(ids)
    assert set(found) == {int(number) for number in np.unique(ids) if number >= 0}
    for number, mask in found.items():
        text = {"size": list(ids.shape), "counts": packed(mask.counts)}
        assert (coco.decode(text).astype(bool) == (ids == number)).all()
        assert list(coco.toBbox(text)) == list(mask.box)
        assert mask.area == (ids == number).sum()


@pytest.mark.parametrize("counts", [(0, 5), (31, 32, 33, 1), (100_000, 1, 7, 250_000, 3), (15, 16, 17, 15)])
def test_text_of_long_runs_is_that_of_pycocotools(counts: tuple[int, ...]) -> None:
    (theirs,) = coco.frPyObjects([{"size": [1, sum(counts)], "counts": list(counts)}], 1, sum(counts))
    assert packed(counts).encode() == theirs["counts"]
