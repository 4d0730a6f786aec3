"""Masks as COCO writes them: lengths of runs down the columns, packed into text."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Ids = NDArray[np.int32]


@dataclass(frozen=True, slots=True)
class Mask:
    """Where one thing is seen in a picture.

    Args:
        box: left, top, width, height, pixels.
        area: pixels.
        counts: lengths of runs outside and inside in turn, column after column.
    """

    box: tuple[int, int, int, int]
    area: int
    counts: tuple[int, ...]


def masks(ids: Ids) -> Mapping[int, Mask]:
    """Return the mask of every number in a picture (H, W) of object ids, -1 where nothing is."""
    height = ids.shape[0]
    down = ids.ravel(order="F")
    starts = np.flatnonzero(np.diff(down, prepend=down[0] + 1 if down.size else 0))
    ends = np.append(starts[1:], down.size)
    whose = down[starts]
    order = np.argsort(whose, kind="stable")
    found = {}
    for group in np.split(order, np.flatnonzero(np.diff(whose[order])) + 1):
        number = int(whose[group[0]])
        if number >= 0:
            found[number] = _mask(starts[group], ends[group], height, down.size)
    return found


def _mask(starts: NDArray[np.int64], ends: NDArray[np.int64], height: int, size: int) -> Mask:
    edges = np.empty(2 * len(starts), np.int64)
    edges[0::2], edges[1::2] = starts, ends
    # Two runs that touch (over the foot of one column to the head of the next) were one already: ids did not change.
    counts = np.diff(edges, prepend=0, append=size)
    if counts[-1] == 0:
        counts = counts[:-1]
    columns = starts // height, (ends - 1) // height
    left, right = int(columns[0].min()), int(columns[1].max())
    # A run that goes over into another column reaches both the foot and the head.
    over = bool((columns[0] != columns[1]).any())
    top = 0 if over else int((starts % height).min())
    bottom = height - 1 if over else int(((ends - 1) % height).max())
    box = (left, top, right - left + 1, bottom - top + 1)
    return Mask(box, int((ends - starts).sum()), tuple(counts.tolist()))


def packed(counts: tuple[int, ...]) -> str:
    """Return runs as the text of COCO files: from the fourth on differences to the last but one, 5 bits a letter.

    Source: cocoapi, common/maskApi.c, rleToString.
    """
    letters = []
    for place, count in enumerate(counts):
        left = count - counts[place - 2] if place > 2 else count
        more = True
        while more:
            bits = left & 0x1F
            left >>= 5
            more = left != (-1 if bits & 0x10 else 0)
            letters.append(chr((bits | 0x20 if more else bits) + 48))
    return "".join(letters)
