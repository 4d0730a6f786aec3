"""What a change of load is taken to be, and how probably: readings with scores, turned into one verdict."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from contracts.records import Hypothesis

KEPT = 6
"""Alternatives kept for the record."""


@dataclass(frozen=True, slots=True)
class Part:
    """One person's part of a reading.

    Args:
        visit: who, "" for nobody.
        product: what.
        count: into the cart; negative = put back.
        plates: plates whose load it changed.
        prior: how well carts and planogram support it, hands left aside.
    """

    visit: str
    product: str
    count: int
    plates: frozenset[str]
    prior: float

    @property
    def key(self) -> tuple[str, str, int]:
        """What a `Hypothesis` says of it."""
        return (self.visit, self.product, self.count)


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a change of load is taken to be.

    Args:
        parts: parts of the most probable reading; none when no goods changed hands.
        probabilities: of each part, summed over all readings that contain it.
        nothing: probability that no goods changed hands.
        others: what else it may have been, most probable first.
    """

    parts: tuple[Part, ...]
    probabilities: tuple[float, ...]
    nothing: float
    others: tuple[Hypothesis, ...]

    @property
    def chosen(self) -> tuple[Hypothesis, ...]:
        """The parts as records say them; one empty hypothesis when there are none."""
        pairs = zip(self.parts, self.probabilities, strict=True)
        return tuple(Hypothesis(*part.key, p) for part, p in pairs) or (Hypothesis("", "", 0, self.nothing),)


_NONE = ("", "", 0)
"""Nobody moved any goods."""


def verdict_of(readings: Sequence[tuple[tuple[Part, ...], float]]) -> Verdict:
    """Turn scores into probabilities; a part's own is the sum over all readings that contain it."""
    parts, top = max(readings, key=lambda reading: reading[1])
    weights = [math.exp(score - top) for _, score in readings]
    total = sum(weights)
    sums: dict[tuple[str, str, int], float] = {}
    for (reading, _), weight in zip(readings, weights, strict=True):
        for key in {part.key for part in reading} or {_NONE}:
            sums[key] = sums.get(key, 0.0) + weight / total
    keys = [part.key for part in parts]
    rest = sorted((key for key in sums if key not in (keys or [_NONE])), key=lambda key: (-sums[key], key))[:KEPT]
    others = tuple(Hypothesis(*key, sums[key]) for key in rest)
    return Verdict(parts, tuple(min(1.0, sums[key]) for key in keys), min(1.0, sums[_NONE]), others)
