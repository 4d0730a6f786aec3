"""Whether a probability means what it says: lines sorted by their probability, beside the share that was right."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

BINS = 10
Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Bin:
    """One tenth of the reliability curve.

    Args:
        low: probabilities from here.
        high: up to here; the last bin holds its upper end too.
        lines: how many.
        probability: their mean probability; None of no lines.
        right: share of them that was right; None of no lines.
    """

    low: float
    high: float
    lines: int
    probability: float | None
    right: float | None


def tally(lines: list[tuple[float, bool]]) -> Floats:
    """Return (3 * BINS,): lines, sum of probabilities and right ones of every bin; adds up over cases.

    Args:
        lines: probability and whether the line was right.
    """
    sums = np.zeros((3, BINS))
    for probability, right in lines:
        index = min(int(probability * BINS), BINS - 1)
        sums[:, index] += (1.0, probability, float(right))
    return sums.reshape(-1)


def curve(sums: Floats) -> tuple[Bin, ...]:
    """Return the reliability curve of tallied lines."""
    counted, believed, right = sums.reshape(3, BINS)
    found = []
    for i in range(BINS):
        count = float(counted[i])
        means = (float(believed[i]) / count, float(right[i]) / count) if count else (None, None)
        found.append(Bin(i / BINS, (i + 1) / BINS, round(count), *means))
    return tuple(found)


def expected_error(sums: Floats) -> Floats:
    """Return the expected calibration error: the mean distance of probability and share, by lines; NaN of none.

    Source: Naeini, Cooper and Hauskrecht, "Obtaining well calibrated probabilities using Bayesian binning", AAAI 2015.

    Args:
        sums: (draws, 3 * BINS), tallies.
    """
    counted, believed, right = np.moveaxis(sums.reshape(-1, 3, BINS), 1, 0)
    total = counted.sum(axis=1)
    apart = np.abs(believed - right).sum(axis=1)
    error: Floats = np.divide(apart, total, out=np.full(total.shape, np.nan), where=total != 0)
    return error
