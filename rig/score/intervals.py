"""How sure a figure is: Wilson's interval for a share, the bootstrap over cases for everything else."""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from contracts.seeds import stream

Floats = NDArray[np.float64]
Interval = tuple[float, float]

Z_95 = 1.959963984540054
"""The normal quantile at 97.5 %."""
DRAWS = 1000
SEED = 0
"""Of the bootstrap: the same cases give the same interval."""


def wilson(right: float, of: float) -> Interval | None:
    """Return the 95 % interval of a share; None of nothing.

    Source: Wilson, "Probable inference, the law of succession, and statistical inference", JASA 1927.

    Args:
        right: how many.
        of: out of how many.
    """
    if of <= 0:
        return None
    share, z2 = right / of, Z_95**2
    middle = (share + z2 / (2 * of)) / (1 + z2 / of)
    half = Z_95 / (1 + z2 / of) * math.sqrt(share * (1 - share) / of + z2 / (4 * of * of))
    low = 0.0 if right <= 0 else max(0.0, middle - half)
    high = 1.0 if right >= of else min(1.0, middle + half)
    return low, high


def bootstrap(rows: Floats, figure: Callable[[Floats], float | None], name: str) -> Interval | None:
    """Return the 95 % interval of a figure of sums, cases drawn with replacement; None with fewer than two cases.

    Source: Efron, "Bootstrap methods: another look at the jackknife", Annals of Statistics 1979; percentiles.

    Args:
        rows: (cases, columns), what each case adds.
        figure: the figure of the (columns,) sums; None where they hold nothing.
        name: of the figure, for its random stream.
    """
    if len(rows) < 2:
        return None
    drawn = resamples(len(rows), name) @ rows
    return percentiles([figure(sums) for sums in drawn])


def bootstrap_pooled(parts: list[Floats], figure: Callable[[Floats], float], name: str) -> Interval | None:
    """Return the 95 % interval of a figure of pooled values that do not add up, such as a median.

    Args:
        parts: the values of each case.
        figure: the figure of all values.
        name: of the figure, for its random stream.
    """
    if len(parts) < 2:
        return None
    pooled = np.concatenate(parts)
    case = np.repeat(np.arange(len(parts)), [len(part) for part in parts])
    weights = resamples(len(parts), name).astype(int)[:, case]
    return percentiles([figure(np.repeat(pooled, times)) if times.any() else None for times in weights])


def resamples(cases: int, name: str) -> Floats:
    """Return (draws, cases): how often each case is in each draw."""
    picked = stream(SEED, "score", name).integers(cases, size=(DRAWS, cases))
    counts = np.zeros((DRAWS, cases))
    np.add.at(counts, (np.arange(DRAWS)[:, None], picked), 1.0)
    return counts


def percentiles(values: list[float | None]) -> Interval | None:
    """Return the 2.5 and 97.5 percentiles of the draws that had the figure; None when none had."""
    known = [value for value in values if value is not None]
    if not known:
        return None
    low, high = np.percentile(known, [2.5, 97.5])
    return float(low), float(high)
