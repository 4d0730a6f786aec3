"""Error rates of comparisons by ISO/IEC 19795-1: FMR, FNMR, EER and the DET curve."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from rig.palm.pairs import Comparisons, Shares

NO_ERROR = 3.0
"""No error in n independent trials bounds the rate by 3 / n, at 95 % (rule of three)."""


@dataclass(frozen=True, slots=True, eq=False)
class Det:
    """A detection error trade-off.

    Args:
        limits: distances at which a comparison is a match, rising.
        fmr: false match rate at each.
        fnmr: false non-match rate at each.
    """

    limits: Shares
    fmr: Shares
    fnmr: Shares


@dataclass(frozen=True, slots=True)
class Share:
    """A rate as it was counted.

    Args:
        count: errors.
        of: trials.
    """

    count: int
    of: int

    @property
    def rate(self) -> float:
        """Errors a trial; 0 where there was no trial."""
        return self.count / self.of if self.of else 0.0

    @property
    def text(self) -> str:
        """Return "3 of 500", and the bound where there was no error."""
        return f"{self.count} of {self.of}" + ("" if self.count or not self.of else f" (95 %: < {self.bound:.2%})")

    @property
    def bound(self) -> float:
        """What the rate is surely not above when there was no error: 3 / n."""
        return NO_ERROR / self.of if self.of else 1.0


def det(found: Comparisons, steps: int = 1501) -> Det:
    """Return both rates over all limits."""
    limits = np.linspace(0.05, 0.55, steps)
    impostor, genuine = np.sort(found.impostor), np.sort(found.genuine)
    fmr = np.searchsorted(impostor, limits, side="right") / len(impostor)
    fnmr = 1 - np.searchsorted(genuine, limits, side="right") / len(genuine)
    return Det(limits, fmr, fnmr)


def equal_error(curve: Det) -> float:
    """Return the rate where both are nearest to the same."""
    at = int(np.argmin(np.abs(curve.fmr - curve.fnmr)))
    return float(curve.fmr[at] + curve.fnmr[at]) / 2


def fnmr_at(found: Comparisons, fmr: float) -> tuple[float, Share]:
    """Return the limit that lets at most so many impostors through, and how many genuine ones it turns away.

    Args:
        found: the comparisons.
        fmr: false match rate; with fewer impostors than 1 / fmr the limit lies below all of them.
    """
    allowed = int(fmr * len(found.impostor))
    limit = float(np.partition(found.impostor, allowed)[allowed])
    return limit, Share(int(np.count_nonzero(found.genuine >= limit)), len(found.genuine))
