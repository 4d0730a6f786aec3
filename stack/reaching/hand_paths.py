"""Hands followed from capture to capture: whose one is shows over the whole time that it is out, not at one moment.

An arm beside two bodies may seem to belong to either. But it came from one of them and goes back to one of them, and
people walk off while the hand of another stays. So all sightings of one hand are weighed together.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, field
from itertools import permutations

from contracts.clock import MILLISECOND, SECOND
from contracts.geometry import Vec3
from stack.reaching.rooted import side_by_side
from stack.sightings import Person, Reach
from stack.visits.lanes import distance

LOST_NS = 250 * MILLISECOND
"""A hand that was not seen for longer has gone, and the next one there is another: one capture may miss it."""
JUMP_M, SPEED_M_S = 0.10, 1.5
"""How far a hand may be from where it was last seen: the error of its place, and what an arm that reaches makes. Faster
ones are taken for another hand: what that loses is less than what the hand of somebody else would add."""
CLEAR_M = 0.10
"""Another hand must be so much farther away; where hands cross nobody can say which is which."""
ONE_ARM_M = 0.05
"""Two sightings so close in one capture are of one arm that a board cuts in two."""
SAME_M = 0.10
"""While neither the hand nor a head near it has moved this far, another look at them says nothing new."""
FAINT = 0.01
"""Nobody is ruled out by one look more than this."""
NEAR_M = 1.2
"""Whose head is farther from a hand, over the floor, cannot be meant; an arm is 1.05 m long at most."""
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


@dataclass(slots=True, eq=False)
class HandPath:
    """All looks at one hand, oldest first."""

    looks: list[Look] = field(default_factory=list)

    def owners(self) -> dict[str, float]:
        """Return whose hand it is, all looks together: track -> probability."""
        tracks = sorted({track for look in self.looks for track in look.owners} | {""})
        logs = dict.fromkeys(tracks, 0.0)
        for stand in self._stands():
            for track in tracks:
                logs[track] += sum(look.log_p(track) for look in stand) / len(stand)
        top = max(logs.values())
        weights = {track: math.exp(log - top) for track, log in logs.items()}
        total = sum(weights.values())
        return {track: weight / total for track, weight in weights.items() if track}

    def _stands(self) -> list[list[Look]]:
        """Group the looks between which nothing moved."""
        stands: list[list[Look]] = []
        for look in self.looks:
            if stands and stands[-1][0].same(look):
                stands[-1].append(look)
            else:
                stands.append([look])
        return stands


class HandPaths:
    """Follows all hands."""

    def __init__(self) -> None:
        self._open: list[HandPath] = []

    def add(self, reaches: Sequence[Reach], people: Sequence[Person], t_ns: int) -> list[HandPath]:
        """Take in the hands of one capture; return the path of each."""
        self._open = [path for path in self._open if t_ns - path.looks[-1].t_ns <= LOST_NS]
        near = {
            (i, j): away
            for i, reach in enumerate(reaches)
            for j, path in enumerate(self._open)
            if (away := _away(reach, path.looks[-1])) is not None
        }
        twins = _twins(reaches)
        known = {i: self._open[j] for (i, j), away in near.items() if _is_clear(i, j, away, near, twins)}
        paths = [known.get(i) or HandPath() for i in range(len(reaches))]
        heads = {person.track: person.head for person in people}
        for reach, path in zip(reaches, paths, strict=True):
            near_heads = {track: head for track, head in heads.items() if distance(head, reach.hand) <= NEAR_M}
            path.looks.append(Look(t_ns, reach.hand, dict(reach.owners), near_heads))
        self._open += [path for path in dict.fromkeys(paths) if path not in self._open]
        return paths


def _away(reach: Reach, look: Look) -> float | None:
    """Return how far a hand is from where one was last, None when it cannot be the same."""
    away = math.dist(reach.hand, look.hand)
    return away if away <= JUMP_M + SPEED_M_S * (reach.t_ns - look.t_ns) / SECOND else None


def _is_clear(i: int, j: int, away: float, near: Mapping[tuple[int, int], float], twins: Set[tuple[int, int]]) -> bool:
    """Whether a hand and a path are each other's nearest by far."""
    rivals = (other for (a, b), other in near.items() if (a == i) != (b == j) and (a, i) not in twins)
    return all(other >= away + CLEAR_M for other in rivals)


def _twins(reaches: Sequence[Reach]) -> set[tuple[int, int]]:
    """Return the pairs of sightings that are of one arm."""
    pairs = permutations(range(len(reaches)), 2)
    near = ((i, j) for i, j in pairs if math.dist(reaches[i].hand, reaches[j].hand) <= ONE_ARM_M)
    return {(i, j) for i, j in near if not side_by_side(reaches[i], reaches[j])}
