"""Whose the hands of one moment are, weighed together: most people have one hand in the shelves, nobody has three.

Each hand alone may seem to belong to the nearer of two people. Two hands at once are more likely one of each.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import combinations, product

from stack.reaching.hand_path import TWO_HANDS, HandPath
from stack.reaching.rooted import one_shoulder
from stack.sightings import Reach

ONE_SHOULDER = 0.02
"""As `TWO_HANDS`, of hands that would both come from one shoulder: cameras or surveys err, bags hang there."""
MOST_HANDS = 6
"""Hands weighed together; what is beyond in one rack at one moment is weighed apart."""
MOST_OWNERS = 3
"""... and owners of each that are weighed: who comes fourth is unlikely, and all readings are looked at."""
FAINT = 0.01
"""Owners less likely than this are left out of a reading."""


@dataclass(frozen=True, slots=True)
class Hands:
    """The hands in one rack at one moment.

    Args:
        reaches: the sightings, owners as weighed together.
        readings: who owns each of them, "" for nobody followed, and the probability of it all; sums to 1.
        paths: each hand as followed so far and from then on.
    """

    reaches: tuple[Reach, ...]
    readings: tuple[tuple[tuple[str, ...], float], ...]
    paths: tuple[HandPath, ...] = ()

    @property
    def t_ns(self) -> int:
        """Capture time."""
        return self.reaches[0].t_ns

    @property
    def gondola(self) -> str:
        """The rack."""
        return self.reaches[0].gondola

    def together(self, one: str, other: str, here: Sequence[float]) -> float:
        """Return how probably hands of both people are in a place.

        Args:
            one: a track.
            other: another.
            here: of each sighting, how well it agrees with the place, 0..1.
        """
        return sum(p * min(_most(owners, one, here), _most(owners, other, here)) for owners, p in self.readings)


def weigh_together(reaches: Sequence[Reach]) -> list[Hands]:
    """Return the hands of one capture by rack, their owners weighed together."""
    racks: dict[str, list[Reach]] = {}
    for reach in reaches:
        racks.setdefault(reach.gondola, []).append(reach)
    chunks = [rack[i : i + MOST_HANDS] for rack in racks.values() for i in range(0, len(rack), MOST_HANDS)]
    return [_weigh(chunk) for chunk in chunks]


def _weigh(reaches: Sequence[Reach]) -> Hands:
    options = [_owners(reach) for reach in reaches]
    weighed = []
    for reading in product(*options):
        owners = tuple(track for track, _ in reading)
        p = math.prod(share for _, share in reading) * _habit(owners, reaches)
        if p > 0:
            weighed.append((owners, p))
    total = sum(p for _, p in weighed)
    if total <= 0:
        return Hands(tuple(reaches), ())
    readings = tuple((owners, p / total) for owners, p in weighed)
    return Hands(tuple(_with_owners(reach, n, readings) for n, reach in enumerate(reaches)), readings)


def _owners(reach: Reach) -> list[tuple[str, float]]:
    known = [(track, share) for track, share in reach.owners if share >= FAINT][:MOST_OWNERS]
    return [*known, ("", max(FAINT, 1.0 - sum(share for _, share in known)))]


def _habit(owners: Sequence[str], reaches: Sequence[Reach]) -> float:
    """Return how usual it is that these people have so many hands here."""
    most = Counter(track for track in owners if track).values()
    if max(most, default=0) > 2:
        return 0.0
    pairs = [(i, j) for i, j in combinations(range(len(owners)), 2) if owners[i] and owners[i] == owners[j]]
    return math.prod(ONE_SHOULDER if one_shoulder(reaches[i], reaches[j], owners[i]) else TWO_HANDS for i, j in pairs)


def _with_owners(reach: Reach, number: int, readings: Sequence[tuple[tuple[str, ...], float]]) -> Reach:
    shares: dict[str, float] = {}
    for owners, p in readings:
        shares[owners[number]] = shares.get(owners[number], 0.0) + p
    shares.pop("", None)
    return replace(reach, owners=tuple(sorted(shares.items(), key=lambda pair: (-pair[1], pair[0]))))


def _most(owners: Sequence[str], track: str, here: Sequence[float]) -> float:
    return max((at for owner, at in zip(owners, here, strict=True) if owner == track), default=0.0)
