"""One look at a hand: where it was, whose it seemed to be, and how far that is believed."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

from contracts.geometry import Vec3
from stack.visits.lanes import distance

SAME_M = 0.10
"""While neither the hand nor a head near it has moved this far, another look at them says nothing new."""
FAINT = 0.01
"""Nobody is ruled out by one look more than this."""
ARMS_LIE = 0.7
"""The way along two bodies side by side can lead to the wrong head, and does so look after look. As log odds, no look
counts more than this and what the heads' distances add.

Source: of 0.7 to 1.5, and 0.1 to 0.3 m below, what fitted 68 hands best that two people might have owned (tuning seeds
of the suites): a mean negative log likelihood of 0.33; 0.37 with 1.0 and 0.1 m.
"""
NEARER_M = 0.30
"""... one more for each so many metres that one head is nearer to the hand than the other."""


@dataclass(frozen=True, slots=True)
class Look:
    """One hand at one moment.

    Args:
        t_ns: capture time.
        hand: where, metres, world.
        owners: track -> probability; what is missing to 1 is nobody who is followed.
        heads: the heads of those near enough to reach there, metres, world.
    """

    t_ns: int
    hand: Vec3
    owners: Mapping[str, float]
    heads: Mapping[str, Vec3]

    def same(self, other: Look) -> bool:
        """Whether nothing has moved between two looks."""
        moved = math.dist(self.hand, other.hand) > SAME_M or self.heads.keys() != other.heads.keys()
        return not moved and all(distance(head, other.heads[track]) <= SAME_M for track, head in self.heads.items())

    def log_p(self, track: str) -> float:
        """Return the logarithm of how probably it is a track's hand, "" for nobody's who is followed."""
        if not track:
            return math.log(max(FAINT, 1.0 - sum(self.owners.values())))
        first = max(sorted(self.owners), key=lambda owner: self.owners[owner], default="")
        log = math.log(max(FAINT, self.owners.get(track, 0.0)))
        if not {track, first} <= self.heads.keys():
            return log
        nearer = abs(distance(self.heads[first], self.hand) - distance(self.heads[track], self.hand))
        return max(log, math.log(max(FAINT, self.owners[first])) - ARMS_LIE - nearer / NEARER_M)
