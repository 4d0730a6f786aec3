"""What speaks for each product: how much better its colours explain what the hand shows than the empty hand's do."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from contracts.geometry import Floats, Vec3
from stack.goods.colours import density, space, thinned
from stack.goods.cutouts import Cutout

MOST = 300
"""Colours of a cut-out that are looked at."""
SHARES = np.array([0.02, 0.05, 0.1, 0.18, 0.28, 0.4, 0.55, 0.75])
"""How much of what is seen may be the product."""
NAMES = ("gain", "share", "area", "overlap", "seen", "known", "alike")
"""Of the features, in order."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A product that may be in the hand.

    Args:
        colours: (N, 3) uint8, RGB, its reference look; may be none.
        size_m: width, depth, height; zeros when unknown.
    """

    colours: NDArray[np.uint8]
    size_m: Vec3


def features(held: Cutout, empty: Cutout, candidates: Sequence[Candidate]) -> Floats:
    """Return (K, 7) what speaks for each of some products.

    Args:
        held: what is seen while the hand may hold something.
        empty: what is seen while it does not.
        candidates: the products.
    """
    now, before = space(thinned(held.colours, MOST)), space(thinned(empty.colours, MOST))
    base = density(now, before)
    rows = [_of(now, before, base, held, candidate) for candidate in candidates]
    return np.array(rows).reshape(-1, len(NAMES))


def _of(now: Floats, before: Floats, base: Floats, held: Cutout, candidate: Candidate) -> list[float]:
    look = space(candidate.colours)
    if not len(now) or not len(look):
        return [0.0] * (len(NAMES) - 2) + [min(1.0, len(look) / 40.0), 0.0]
    like = density(now, look)
    gains = np.log((1 - SHARES)[:, None] + SHARES[:, None] * (like / base)[None]).mean(axis=1)
    best = int(np.argmax(gains))
    gain, share = (float(gains[best]), float(SHARES[best])) if gains[best] > 0 else (0.0, 0.0)
    w, d, h = candidate.size_m
    expected = max((w + d) / 2 * h, w * d, 1e-3)
    return [
        math.sqrt(gain),
        share,
        math.log((share * held.area_m2 + 2e-4) / expected),
        math.log(float(density(look, before).mean())),
        math.log1p(len(held.colours)) / 5.0,
        min(1.0, len(look) / 40.0),
        float((like > base).mean()),
    ]
