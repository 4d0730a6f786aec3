"""Choices to learn from and to be tested by: a few candidates for what a hand holds, or that it holds nothing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from contracts.geometry import Floats
from contracts.seeds import stream
from rig.goods.collect import Sample

SETS = 24
"""Choices that are drawn of each look."""
MOST = 6
MATES = 0.5
"""How often a wrong candidate is one from the same board."""


@dataclass(frozen=True, slots=True)
class Choice:
    """One question to the matcher.

    Args:
        features: (K, 7) of the candidates.
        truth: which it is; K for the empty hand.
        sample: the look.
    """

    features: Floats
    truth: int
    sample: Sample


def drawn(samples: Sequence[Sample], seed: int) -> list[Choice]:
    """Return choices of all sizes, alike for a seed."""
    draw = stream(seed, "goods", "choices")
    return [choice for sample in samples for choice in _of(sample, draw)]


def among(samples: Sequence[Sample], count: int, seed: int) -> list[Choice]:
    """Return choices between so many products of which one is in the hand, eight of each look."""
    draw = stream(seed, "goods", "among", str(count))
    full = [sample for sample in samples if sample.truth < len(sample.products) >= count]
    return [_choice(sample, _others(sample, count - 1, 0.0, draw), draw) for sample in full for _ in range(8)]


def on_board(samples: Sequence[Sample]) -> list[Choice]:
    """Return one choice of each look, between all products of the board."""
    draw = stream(0, "goods", "board")
    found = []
    for sample in samples:
        others = [mate for mate in sample.shelf_mates if mate != sample.truth]
        if sample.truth in sample.shelf_mates and others:
            found.append(_choice(sample, others, draw))
    return found


def _of(sample: Sample, draw: Generator) -> Iterator[Choice]:
    for _ in range(SETS if len(sample.products) >= MOST else 0):
        yield _choice(sample, _others(sample, int(draw.integers(1, MOST)), MATES, draw), draw)


def _others(sample: Sample, count: int, mates: float, draw: Generator) -> list[int]:
    """Draw some wrong candidates."""
    wrong = [n for n in range(len(sample.products)) if n != sample.truth]
    weight = np.array([mates if n in sample.shelf_mates else 0.0 for n in wrong])
    weight = weight / max(weight.sum(), 1e-9) + (1 - mates) / len(wrong)
    return [int(n) for n in draw.choice(wrong, min(count, len(wrong)), replace=False, p=weight / weight.sum())]


def _choice(sample: Sample, others: Sequence[int], draw: Generator) -> Choice:
    full = sample.truth < len(sample.products)
    order: NDArray[np.int64] = draw.permutation([*others, sample.truth] if full else [*others])
    truth = int(np.nonzero(order == sample.truth)[0][0]) if full else len(order)
    return Choice(sample.features[order], truth, sample)
