"""How often strangers come as near as a limit, where too few comparisons were made to count it.

Source: extreme-value extrapolation of false match rates, as in ISO/IEC 5152; here a generalised Pareto tail.
"""

from __future__ import annotations

import numpy as np
from scipy.stats import genpareto

from rig.palm.pairs import Shares

TAIL = 1e-4
"""Share of comparisons that the tail is fitted to."""
LEAST_TAIL = 50


def false_match_rate(impostor: Shares, limit: float) -> float:
    """Return the estimated share of impostors at or below a limit.

    Args:
        impostor: distances; at least 50 make the tail.
        limit: a distance.
    """
    count = max(LEAST_TAIL, round(TAIL * len(impostor)))
    lowest = np.sort(np.partition(impostor, count)[: count + 1])
    start = float(lowest[-1])
    if limit >= start:
        return float(np.count_nonzero(impostor <= limit)) / len(impostor)
    shape, _, scale = genpareto.fit(start - lowest[:-1], floc=0)
    return float(count / len(impostor) * genpareto.sf(start - limit, shape, 0, scale))


def false_positive_rate(fmr: float, size: int) -> float:
    """Return the chance that a stranger is taken for somebody of so many palms."""
    return float(-np.expm1(size * np.log1p(-fmr)))
