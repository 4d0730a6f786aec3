"""Hands followed from capture to capture: whose one is shows over the whole time that it is out, not at one moment.

An arm beside two bodies may seem to belong to either. But it came from one of them and goes back to one of them, and
people walk off while the hand of another stays. So all sightings of one hand are weighed together.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence, Set
from itertools import combinations, permutations

from contracts.clock import MILLISECOND, SECOND
from stack.reaching.hand_path import HandPath
from stack.reaching.look import Look
from stack.reaching.rooted import side_by_side
from stack.sightings import Person, Reach
from stack.visits.lanes import distance

LOST_NS = 250 * MILLISECOND
"""A hand that was not seen for longer has gone, and the next one there is another: one capture may miss it."""
JUMP_M, SPEED_M_S = 0.10, 1.5
"""How far a hand may be from where it was last seen: the error of its place, and what an arm that reaches makes. Faster
ones are taken for another hand: what that loses is less than what the hand of somebody else would add."""
AFTER_NS = 300 * MILLISECOND
"""So long after a hand was last seen it is still noted where everybody goes."""
KEPT_NS = 30 * SECOND
"""As long as evidence is kept; then what a hand knows of others is let go."""
CLEAR_M = 0.10
"""Another hand must be so much farther away; where hands cross nobody can say which is which."""
ONE_ARM_M = 0.05
"""Two sightings so close in one capture are of one arm that a board cuts in two."""
NEAR_M = 1.2
"""Whose head is farther from a hand, over the floor, cannot be meant; an arm is 1.05 m long at most."""


class HandPaths:
    """Follows all hands."""

    def __init__(self) -> None:
        self._kept: list[HandPath] = []

    def add(self, reaches: Sequence[Reach], people: Sequence[Person], t_ns: int) -> list[HandPath]:
        """Take in the hands of one capture; return the path of each."""
        self._forget(t_ns)
        open_paths = self._since(t_ns - LOST_NS)
        near = {
            (i, j): away
            for i, reach in enumerate(reaches)
            for j, path in enumerate(open_paths)
            if (away := _away(reach, path.looks[-1])) is not None
        }
        twins = _twins(reaches)
        known = {i: open_paths[j] for (i, j), away in near.items() if _is_clear(i, j, away, near, twins)}
        paths = [known.get(i) or HandPath() for i in range(len(reaches))]
        heads = {person.track: person.head for person in people}
        for reach, path in zip(reaches, paths, strict=True):
            near_heads = {track: head for track, head in heads.items() if distance(head, reach.hand) <= NEAR_M}
            path.add(Look(t_ns, reach.hand, dict(reach.owners), near_heads))
        self._kept += [path for path in dict.fromkeys(paths) if path not in self._kept]
        for path in self._since(t_ns - AFTER_NS):
            if path.looks[-1].t_ns < t_ns:
                path.left(heads)
        _meet(reaches, paths)
        return paths

    def _since(self, t_ns: int) -> list[HandPath]:
        return [path for path in self._kept if path.looks[-1].t_ns >= t_ns]

    def _forget(self, t_ns: int) -> None:
        for path in self._kept:
            if t_ns - path.looks[-1].t_ns > KEPT_NS:
                path.beside.clear()
        self._kept = self._since(t_ns - KEPT_NS)


def _meet(reaches: Sequence[Reach], paths: Sequence[HandPath]) -> None:
    """Note of each two hands of one moment that they were out together, unless they may be of one arm."""
    for (one, path), (other, beside) in combinations(zip(reaches, paths, strict=True), 2):
        apart = one.gondola != other.gondola or side_by_side(one, other)
        if apart and path is not beside and beside not in path.beside:
            path.beside.append(beside)
            beside.beside.append(path)


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
