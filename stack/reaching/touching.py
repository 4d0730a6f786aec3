"""Arms of two people that touch, seen from above: whose is whose cannot be told by the way along the body alone.

Where two arms touch, the surface leads from each hand to both heads. The short cut round the inside of the place
where they touch says nothing, so the ways are measured through that place. What is left to tell by is
that an arm seen from above bends little.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

F64 = NDArray[np.float64]

ON_BODY_M, APART_M, FADES_M = 0.10, 0.40, 0.08
"""How much longer the ways may be through the place where arms touch, both together. At a shoulder next to another's no
more than noise; beyond both people's shoulders up to four times the width of a forearm, for there the surface of both
arms is one and ways cut its corners. Just under that it is unsure."""

SHOULDER_M, BEYOND_M = 0.30, 0.40
"""The way from a head over the surface to the end of its shoulder, and to where only arms are."""

BEND_M = 0.2
"""What it counts, as length of way, when an arm turns by a right angle where two arms touch; in odds, a factor of 3.8.

Source: of 238 looks at two simulated arms that touch (tuning seeds), how they turn told whose is whose in 0.91; where
arms cross, in 0.98. Odds as counted here, for both arms together, are less than that: elbows do stick out.
"""

SHARED = 0.5
"""What the way from where two arms touch to a head counts: it is the same for both arms. That one head is nearer
speaks for both arms being that person's, but then the surface would not lead on to the other's head."""

LEG_M = 0.15
"""Arms that touch nearer to the hands than this have no direction there."""


@dataclass(slots=True)
class Arm:
    """One arm near a front.

    Args:
        tip: the cell of its foremost point.
        way: (nx, ny) metres along the surface from the arm, infinite where none leads.
        far: metres to each person's head, by track.
    """

    tip: tuple[int, int]
    way: F64
    far: dict[str, float]


@dataclass(frozen=True, slots=True)
class Head:
    """One head.

    Args:
        cell: where.
        way: (nx, ny) metres along the surface from it.
    """

    cell: tuple[int, int]
    way: F64


def untangle(arms: Sequence[Arm], along: Mapping[str, Head]) -> None:
    """Measure the ways of arms that touch through the place where they do, and count how they bend there.

    Args:
        arms: arms along one front; their `far` is corrected.
        along: the heads that they may belong to.
    """
    for one, other in combinations(arms, 2):
        for people in combinations(sorted(along.keys() & one.far.keys() & other.far.keys()), 2):
            heads = {track: along[track] for track in people}
            place, sure = _touch(one, other, list(heads.values()))
            if sure > 0:
                for arm in (one, other):
                    arm.far |= _through(arm, heads, place, sure)


def _through(arm: Arm, heads: Mapping[str, Head], place: tuple[int, int], sure: float) -> dict[str, float]:
    """Return the ways of an arm to two heads through where it touches another, so far as it is sure that it does."""
    middle = sum(float(head.way[place]) for head in heads.values()) / len(heads)
    far = {}
    for track, head in heads.items():
        beyond = middle + SHARED * (float(head.way[place]) - middle)
        through = float(arm.way[place]) + beyond + BEND_M * turn(arm, head, place)
        far[track] = arm.far[track] + sure * (through - arm.far[track])
    return far


def touching(arms: Sequence[Arm]) -> set[tuple[str, str]]:
    """Return the pairs of people whose arms may touch: who is whose makes no great difference to the ways."""
    pairs = set()
    for one, other in combinations(arms, 2):
        for a, b in combinations(sorted(one.far.keys() & other.far.keys()), 2):
            if abs(one.far[a] + other.far[b] - one.far[b] - other.far[a]) < APART_M:
                pairs.add((a, b))
    return pairs


def _touch(one: Arm, other: Arm, heads: Sequence[Head]) -> tuple[tuple[int, int], float]:
    """Return the cell where two arms may touch, and how sure it is that they do, 0..1."""
    a, b = heads
    whole = one.way + other.way + a.way + b.way
    place = np.unravel_index(int(np.argmin(whole)), whole.shape)
    cell = (int(place[0]), int(place[1]))
    apart = min(_least(one, a) + _least(other, b), _least(one, b) + _least(other, a))
    if not math.isfinite(whole[cell]):
        return cell, 0.0
    beyond = (min(float(head.way[cell]) for head in heads) - SHOULDER_M) / (BEYOND_M - SHOULDER_M)
    longest = ON_BODY_M + (APART_M - ON_BODY_M) * min(1.0, max(0.0, beyond))
    return cell, min(1.0, max(0.0, (longest - float(whole[cell]) + apart) / FADES_M))


def _least(arm: Arm, head: Head) -> float:
    return float((arm.way + head.way).min())


def turn(arm: Arm, head: Head, place: tuple[int, int]) -> float:
    """Return how much the way from a head to a hand turns at a place: 0 straight on, 1 a right angle, 2 back."""
    if arm.way[place] < LEG_M:
        return 1.0
    (hx, hy), (px, py), (tx, ty) = head.cell, place, arm.tip
    came, goes = (px - hx, py - hy), (tx - px, ty - py)
    lengths = math.hypot(*came) * math.hypot(*goes)
    return 1.0 - (came[0] * goes[0] + came[1] * goes[1]) / lengths if lengths else 1.0
