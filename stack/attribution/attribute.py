"""Who took what: every reading of a change of load, weighed.

A reading is one or two parts (who, product, how many). Its score is the product of
  what the plates say    N(delta; sum of count * mass, sigma_plate^2 + count * sigma_pack^2), by the plates it explains
  what stood there       the live planogram for takes, the carts for put-backs
  who had a hand there   the shares of `stack.attribution.evidence`
  how many at once       Poisson on the count
Source: the fusion formulas of the feasibility trial (weight + planogram + reach: 0.997 of single items).
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import combinations
from typing import Protocol

from contracts.layout import Layout, Product
from stack.attribution.in_hands import Opinion, no_opinion, with_hands
from stack.attribution.planogram import ANYWHERE, Planogram
from stack.attribution.verdict import Part, Verdict, verdict_of
from stack.attribution.weights import PlateModel
from stack.parts import LoadChange
from stack.seen.change import SeenChange
from stack.seen.model import SeenModel

LARGEST_COUNT = 8
"""More than this of one product does not fit two hands."""
RATE = 0.35
"""Poisson rate of items in one grasp: about one grasp in six then takes two or more (source: 79.5 % of
receipt lines are one unit, 14.6 % two, 5.3 % three or more, and some of those are separate grasps)."""
PAIR_BY_ONE = 0.05
"""How often one person's grasp moves two different products, or takes one and puts one, within one change."""
PAIR_BY_TWO = 0.8
"""... how often two people whose hands are both there have both moved something. 19 of 19 changes with both hands there
more likely than not (6 scripts, tuning seeds of the suites); one of each kind added for each script: 7 of 8, and less,
since scripts let hands meet more often than shoppers do."""
PUT_HOME, PUT_ELSEWHERE = 0.7, 0.2
"""A put-back goes to where the product belongs, or not (a third of scripted put-backs do not), but then to one of more
places, of which those before somebody are the likeliest."""
FOREIGN = 0.002
"""Somebody puts down a product of ours that they do not hold, by our books."""
NOTHING = 0.01
"""A lasting change that is no product at all: a bag put down, a board leant on, drift."""
UNKNOWN_GONE = 0.1
"""What an unknown thing that is taken away counts for beside one that is put down: it must have come first."""
SHIFTED = 0.05
"""A change over several plates that sums to nothing: goods pushed along."""
DRIFT_G = 8.0
"""Lasting changes without goods are of this size on a real shelf (neighbours of a pick ended 6 and 12 g off)."""
FLAT_G = 2000.0
"""Unknown things weigh anything up to this."""
EDGE = 0.15
"""A plate that changed by a smaller part of the largest change may only have been touched."""
LEAST_SHARE = 0.005
"""People with a smaller share are left out of the readings."""
LIKELY = 0.02
"""Parts at least this well supported may form pairs."""


class Holdings(Protocol):
    """What attribution asks the carts."""

    def cart(self, visit: str) -> Mapping[str, int]:
        """Return what a visit holds: product -> count."""

    def may_have(self, visit: str, product: str) -> float:
        """Return how probably a visit holds a product that the books give to another."""


def _never(_: str, __: str) -> float:
    return 0.0


class Attributor:
    """Weighs the readings of changes of load."""

    def __init__(self, layout: Layout, opinion: Opinion = no_opinion) -> None:
        self._layout, self._opinion = layout, opinion
        self._plates = PlateModel(layout)
        self._seen = SeenModel(layout)

    def judge(
        self,
        change: LoadChange,
        shares: Mapping[str, float],
        planogram: Planogram,
        holdings: Holdings,
        together: Callable[[str, str], float] = _never,
    ) -> Verdict:
        """Return the most probable reading and its rivals.

        Args:
            change: the change of load.
            shares: probability that each visit acted; "" for nobody; sums to 1.
            planogram: what stands where.
            holdings: what everybody has in their cart.
            together: how probably the hands of two visits were there at one time.
        """
        people = {visit: share for visit, share in shares.items() if share >= LEAST_SHARE or not visit}
        singles = [
            part
            for visit in people
            for part in (*self._takes(change, visit, planogram), *self._puts(change, visit, planogram, holdings))
        ]
        readings: list[tuple[tuple[Part, ...], float]] = [((), self._nothing(change))]
        alone = _alone(people, together)
        for part in singles:
            readings.append(((part,), self._score((part,), change, people[part.visit] * alone)))
        for pair in combinations([part for part in singles if part.prior >= LIKELY], 2):
            readings.append((pair, self._score(pair, change, _hands(pair, people, together))))
        return verdict_of(with_hands(readings, change, self._opinion))

    def _takes(self, change: LoadChange, visit: str, planogram: Planogram) -> Iterable[Part]:
        here, priors = planogram.on(change.plates), planogram.priors(change.plates)
        spans = _moved(change, -1) or [frozenset(change.plates)]
        plausible = self._plausible(change, spans[-1])
        for product in self._layout.products:
            if min(change.deltas_g) >= 0 and product.id not in here:
                continue  # the load rose: a take can only hide beneath a heavier put-back, and only of what stood here
            prior = priors.get(product.id, ANYWHERE)
            stands = planogram.plates_of(product.id, change.plates)
            stock = here.get(product.id)
            most = min(LARGEST_COUNT, stock or LARGEST_COUNT)
            for plates in dict.fromkeys(stands & span or span for span in spans):
                for count in range(1, most + 1) if prior >= LIKELY else plausible(product, most):
                    yield Part(visit, product.id, count, plates, prior * _poisson(count))

    def _puts(self, change: LoadChange, visit: str, planogram: Planogram, holdings: Holdings) -> Iterable[Part]:
        cart = holdings.cart(visit)
        for product in self._layout.products:
            home = PUT_HOME if planogram.is_home(product.id, change.plates) else PUT_ELSEWHERE
            held = max(0, cart.get(product.id, 0))
            foreign = max(FOREIGN, holdings.may_have(visit, product.id)) if visit else FOREIGN
            for risen in _moved(change, +1) or [frozenset(change.plates)]:
                for count in range(1, min(held, LARGEST_COUNT) + 1):
                    yield Part(visit, product.id, -count, risen, home * _poisson(count))
                if max(change.deltas_g) > 0 or foreign > FOREIGN:
                    yield Part(visit, product.id, -held - 1, risen, home * foreign * _poisson(held + 1))

    def _score(self, parts: Sequence[Part], change: LoadChange, hands: float) -> float:
        prior = math.prod(part.prior for part in parts) * hands
        goods = [(part.product, part.count, part.plates) for part in parts]
        if isinstance(change, SeenChange):
            return math.log(max(prior, 1e-300)) + self._seen.log_likelihood(change, goods)
        return math.log(max(prior, 1e-300)) + self._plates.log_likelihood(change, goods)

    def _plausible(self, change: LoadChange, places: frozenset[str]) -> Callable[[Product, int], range]:
        """Return which counts of a product, up to a most, come near a change, by what weighed or saw it."""
        if isinstance(change, SeenChange):
            return self._seen.plausible(change, places)
        return self._plates.plausible(change, places)

    def _nothing(self, change: LoadChange) -> float:
        """Return the score of "no goods changed hands": an unknown thing, drift, or goods pushed along."""
        if isinstance(change, SeenChange):
            return self._seen.log_nothing(change)
        total, plates = sum(change.deltas_g), len(change.plates)
        unknown = NOTHING / FLAT_G * (UNKNOWN_GONE if total < 0 else 1.0)
        drift = NOTHING * _normal(total, DRIFT_G)
        shifted = SHIFTED * _normal(total, self._plates.sigma_g(change, plates)) if plates > 1 else 0.0
        return math.log(unknown + drift + shifted) - (plates - 1) * math.log(FLAT_G)


def _moved(change: LoadChange, sign: int) -> list[frozenset[str]]:
    """Return which plates may carry the change in one direction, fewest first; none when nothing went that way.

    Small changes beside a large one are spill-over, or goods that stand on a plate with their edge.
    """
    pairs = zip(change.plates, change.deltas_g, strict=True)
    moved = [(plate, sign * delta) for plate, delta in pairs if sign * delta > 0]
    largest = max((grams for _, grams in moved), default=0.0)
    spans = (frozenset(plate for plate, grams in moved if grams >= least * largest) for least in (EDGE, 0.0))
    return list(dict.fromkeys(span for span in spans if span))


def _hands(pair: Sequence[Part], shares: Mapping[str, float], together: Callable[[str, str], float]) -> float:
    """Return how well two parts agree with whose hands were there: both at once, or one after the other."""
    one, other = pair
    if one.visit != other.visit:
        if not (one.visit and other.visit):
            return 0.0
        both = 2 * min(shares[one.visit], shares[other.visit])
        return PAIR_BY_TWO * max(together(one.visit, other.visit), both * both)
    return 0.0 if one.product == other.product else PAIR_BY_ONE * shares[one.visit]


def _alone(people: Iterable[str], together: Callable[[str, str], float]) -> float:
    """Return how probably only one person moved something, whoever's hands were there at one time."""
    pairs = combinations(sorted(visit for visit in people if visit), 2)
    return 1.0 - PAIR_BY_TWO * max((together(*pair) for pair in pairs), default=0.0)


def _poisson(count: int) -> float:
    """Return the probability of a count, given that there is at least one."""
    return RATE**count / math.factorial(count) / math.expm1(RATE)


def _normal(x: float, sigma: float) -> float:
    return math.exp(-((x / sigma) ** 2) / 2) / (sigma * math.sqrt(2 * math.pi))
