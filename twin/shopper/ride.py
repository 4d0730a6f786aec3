"""A way with turns in place, rolled along smoothly: where the axle is after each moment."""

from __future__ import annotations

import itertools
import math
from collections.abc import Sequence

from twin.shopper.lattice import Spot
from twin.shopper.path import Pace
from twin.shopper.vec import Vec2, wrapped

_TURN_M = 0.55
"""A turn of one radian takes as long as walking so far: about what the pusher walks round the axle."""


class Ride:
    """Rolls through spots one after another.

    Args:
        spots: straight ahead or back of one another, or turned in place; small sideways shifts are slid over.
        speed_m_s: walking speed.
    """

    def __init__(self, spots: Sequence[Spot], speed_m_s: float) -> None:
        self._spots = tuple(spots)
        legs = [math.dist(a.at, b.at) + _TURN_M * abs(wrapped(b.yaw - a.yaw)) for a, b in itertools.pairwise(spots)]
        self._ends = tuple(itertools.accumulate(legs))
        # The pace of a walk as long as all this takes.
        self._pace = Pace([(0.0, 0.0), (self._ends[-1] if self._ends else 0.0, 0.0)], speed_m_s)

    @property
    def done(self) -> bool:
        """Whether the end is reached."""
        return self._pace.done

    @property
    def rest(self) -> list[Vec2]:
        """Where the axle will still be, from here."""
        here = self._pace.walked_m
        ahead = [spot.at for spot, end in zip(self._spots[1:], self._ends, strict=True) if end > here]
        return [self.ahead(0.0).at, *ahead]

    @property
    def length_m(self) -> float:
        """How much is left, turns counted as walking."""
        return self._pace.total_m - self._pace.walked_m

    def ahead(self, metres: float) -> Spot:
        """Return where the axle is so much further on."""
        at = self._pace.walked_m + metres
        begin = 0.0
        for (a, b), end in zip(itertools.pairwise(self._spots), self._ends, strict=True):
            if at <= end:
                t = (max(at, begin) - begin) / max(end - begin, 1e-9)
                x, y = (a.at[k] + (b.at[k] - a.at[k]) * t for k in (0, 1))
                return Spot((x, y), a.yaw + wrapped(b.yaw - a.yaw) * t)
            begin = end
        return self._spots[-1]

    def step(self, seconds: float, clear_m: float) -> float:
        """Return how much to go on in the next moment, stopping within what is clear."""
        return self._pace.step(seconds, clear_m)

    def take(self, metres: float) -> None:
        """Go on so much; 0 is a stop."""
        self._pace.take(metres)
