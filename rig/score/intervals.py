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


def bootstrap(rows: Floats, figure: Callable[[Floats], Floats], name: str) -> Interval | None:
    """Return the 95 % interval of a figure of sums, cases drawn with replacement; None with fewer than two cases.

    Source: Efron, "Bootstrap methods: another look at the jackknife", Annals of Statistics 1979; percentiles.

    Args:
        rows: (cases, columns), what each case adds.
        figure: (draws,) figures of (draws, columns) sums; NaN where they hold nothing.
        name: of the figure, for its random stream.
    """
    if len(rows) < 2:
        return None
    return percentiles(figure(resamples(len(rows), name) @ rows))


def bootstrap_quantile(parts: list[Floats], share: float, name: str) -> Interval | None:
    """Return the 95 % interval of a quantile of pooled values; None with fewer than two cases.

    Args:
        parts: the values of each case.
        share: 0.5 for the median.
        name: of the figure, for its random stream.
    """
    if len(parts) < 2:
        return None
    pooled = np.concatenate(parts)
    case = np.repeat(np.arange(len(parts)), [len(part) for part in parts])
    order = np.argsort(pooled, kind="stable")
    upto = np.cumsum(resamples(len(parts), name)[:, case[order]], axis=1)
    return percentiles(_quantiles(pooled[order], upto, share))


def _quantiles(values: Floats, upto: Floats, share: float) -> Floats:
    """Return a quantile of each draw, between two values on the line between them.

    Args:
        values: (values,), rising.
        upto: (draws, values), how often a draw has a value or one before it.
        share: 0.5 for the median.
    """
    rank = share * (upto[:, -1] - 1)
    low, high = (values[(upto <= at[:, None]).sum(axis=1)] for at in (np.floor(rank), np.ceil(rank)))
    between: Floats = low + (high - low) * (rank - np.floor(rank))
    return between


def resamples(cases: int, name: str) -> Floats:
    """Return (draws, cases): how often each case is in each draw."""
    picked = stream(SEED, "score", name).integers(cases, size=(DRAWS, cases))
    counts = np.zeros((DRAWS, cases))
    np.add.at(counts, (np.arange(DRAWS)[:, None], picked), 1.0)
    return counts


def percentiles(values: Floats) -> Interval | None:
    """Return the 2.5 and 97.5 percentiles of the draws that had the figure; None when none had."""
    known = values[~np.isnan(values)]
    if not len(known):
        return None
    low, high = np.percentile(known, [2.5, 97.5])
    return float(low), float(high)
