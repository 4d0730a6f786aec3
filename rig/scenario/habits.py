"""What is known of shoppers, as distributions; each number has its source, or says that it is our assumption."""

from __future__ import annotations

from dataclasses import dataclass

from numpy.random import Generator

ARRIVALS_PER_MINUTE = 2.55
"""Source: the default of the pedestrian model covid19-supermarket-abm; a simulator's choice, no count in a store."""
PUT_BACK = 0.15
"""Source: the default of one published store simulator; no measured rate of real shoppers was found.
In the scripts of the AutoCheckout competition, which were made to be hard, 23.6 % of 237 events are put-backs."""
CHILDREN = 0.3
"""Share of guests who are children. Our assumption: no figure was found."""


@dataclass(frozen=True, slots=True)
class Basket:
    """How many different products are bought in one visit: a Poisson-lognormal count, without its zeros.

    Source: Poisson-lognormal by a study of the purchases of 60,000 households.

    Args:
        nothing: share of those who come in and buy nothing.
        log_mean: of the lognormal rate.
        log_sd: of the lognormal rate.
    """

    nothing: float
    log_mean: float
    log_sd: float

    def draw(self, of: Generator) -> int:
        """Return how many different products somebody buys."""
        if of.random() < self.nothing:
            return 0
        while True:
            count = int(of.poisson(of.lognormal(self.log_mean, self.log_sd)))
            if count:
                return count


BASKETS = {
    # 60 % of about 12,000 weekly entrants buy; 4 % of the transactions have five items or more.
    # Source: MSA, as told by cstoreproductsonline. The spread is that of the supermarket, since the number of items
    # has one shape in all formats (654,000 trips in four countries, marketingscience.info); the mean is solved for
    # the 4 %, with the units a line below.
    "convenience": Basket(nothing=0.40, log_mean=-2.51, log_sd=1.2),
    # Fitted to mean 10.25, median 5, p90 26, log mean 1.72 and log SD 1.12 of the different products in a basket.
    # It gives 10.26, 5, 23, 1.69 and 1.09. Source: baskets without fuel of the Complete Journey data by dunnhumby.
    # How many come in and buy nothing there is not known: nobody.
    "supermarket": Basket(nothing=0.0, log_mean=1.5, log_sd=1.2),
}

# 79.5 % of lines have one unit, 14.6 % two, 5.3 % three or more. Source: the Complete Journey data.
_UNITS = (0.795, 0.146, 0.053)
_MOST_UNITS = 5


def units(of: Generator) -> int:
    """Return how many of one product are bought.

    Three or more are three in half of the cases, four in a quarter, five in the rest: our assumption.
    """
    drawn = of.random() * sum(_UNITS)
    if drawn < _UNITS[0]:
        return 1
    if drawn < _UNITS[0] + _UNITS[1]:
        return 2
    return min(2 + int(of.geometric(0.5)), _MOST_UNITS)


def gap_s(of: Generator, per_minute: float) -> float:
    """Return the seconds between two arrivals: Poisson arrivals have exponential gaps.

    Source: covid19-supermarket-abm and the queueing models that it follows.
    """
    return float(of.exponential(60.0 / per_minute))


def party_size(of: Generator, groups: float) -> int:
    """Return how many come in on one account.

    Groups are two in 75 %, three in 20 %, four in 5 %: our assumption, since no distribution for stores was found.

    Args:
        of: the stream.
        groups: share of parties that are more than one.
    """
    if of.random() >= groups:
        return 1
    size = of.random()
    return 2 if size < 0.75 else 3 if size < 0.95 else 4


# Mean and SD of standing height, metres; men and women are as many (our assumption).
# Source: means of adults in 2015-2016, Fryar et al. (2018), National Health Statistics Reports 122;
# SDs 2.85 and 2.58 inches, National Center for Health Statistics, Series 11, Number 8.
_HEIGHTS_M = ((1.754, 0.072), (1.617, 0.066))
_LEAST_ADULT_M, _MOST_ADULT_M = 1.45, 2.05
# From three to ten years; every height between is as likely: our assumption.
_CHILD_M = (0.95, 1.38)


def height_m(of: Generator, *, child: bool) -> float:
    """Return a standing height in metres, to the centimetre."""
    if child:
        return round(float(of.uniform(*_CHILD_M)), 2)
    mean, sd = _HEIGHTS_M[int(of.integers(2))]
    return round(min(max(float(of.normal(mean, sd)), _LEAST_ADULT_M), _MOST_ADULT_M), 2)


# People who shop walk at 1.16 m/s on average; the spread over the mean is that of all walkers, 0.26 over 1.34 m/s.
# Source: Weidmann (1993), Transporttechnik der Fussgaenger, ETH Zurich.
_SPEED_M_S, _SPREAD = 1.16, 0.26 / 1.34
_SLOWEST_M_S, _FASTEST_M_S = 0.6, 1.7
# Children are slower by their shorter legs: our assumption.
_CHILD_PACE = 0.8


def speed_m_s(of: Generator, *, child: bool) -> float:
    """Return a walking speed in metres a second, to the centimetre."""
    drawn = min(max(float(of.normal(_SPEED_M_S, _SPREAD * _SPEED_M_S)), _SLOWEST_M_S), _FASTEST_M_S)
    return round(drawn * (_CHILD_PACE if child else 1.0), 2)


def browse_s(of: Generator, mean_s: float) -> float:
    """Return how long somebody looks before they take something, in seconds.

    A gamma distribution of shape 2, since hardly anybody glances for no time at all: our assumption. What is known
    is the whole: a visit to a convenience store takes 2 min 52 s on average (VideoMining, 2014, eight chains).
    """
    return round(float(of.gamma(2.0, mean_s / 2.0)), 2) if mean_s else 0.0
