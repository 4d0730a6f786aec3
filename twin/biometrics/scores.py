"""Comparison scores: what a matcher says of two samples of one person, and of two people's."""

from __future__ import annotations

from dataclasses import dataclass
from statistics import NormalDist

import numpy as np

STRANGERS = NormalDist(0.0, 1.0)
"""Scores of two people's samples. Every scale can be stretched so that these have mean 0 and spread 1."""


@dataclass(frozen=True, slots=True)
class ScoreModel:
    """Two normal distributions and a threshold, laid so that the error rates at the threshold are the ones stated.

    Only the rates at the threshold are held to anything; the tails beyond it are those of normal distributions, and
    everybody is as easy to know as anybody else. Neither is true of people.

    Args:
        fmr: share of comparisons of two people's samples that reach the threshold.
        fnmr: share of comparisons of one person's samples that do not.
        spread: standard deviation of one person's scores, in that of strangers' scores.
    """

    fmr: float
    fnmr: float
    spread: float = 2.0

    @property
    def threshold(self) -> float:
        """A match is at least this."""
        return STRANGERS.inv_cdf(1.0 - self.fmr)

    @property
    def own(self) -> NormalDist:
        """Scores of one person's samples."""
        return NormalDist(self.threshold - self.spread * NormalDist().inv_cdf(self.fnmr), self.spread)

    def score(self, draws: np.random.Generator, *, same: bool) -> float:
        """Draw the score of one comparison.

        Args:
            draws: where it is drawn from.
            same: whether both samples are of one person.
        """
        of = self.own if same else STRANGERS
        return float(draws.normal(of.mean, of.stdev))
