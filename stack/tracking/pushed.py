"""Tells what is pushed from people: prams, trolleys, and wheelchairs with a passenger.

Such a thing is low and bulky. A hood or a basket has no shoulders; it is told by its shape. A passenger has, and is
told by how they move: never by themselves. While they do, a taller person behind them keeps the same distance. A child
who walks ahead of a parent keeps a distance too, but is slim; somebody in a wheelchair who shops alone is as bulky, has
shoulders, and moves alone.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from stack.tracking.heightmap import F32

LOW_M = 1.4
"""Nothing pushed is higher: somebody who sits, with a seat of half a metre."""

TALLER_M = 0.2
"""Its pusher is taller by this much."""

BULKY_M2 = 0.13
"""What is seen of it within half a metre of its top, down to a bit more than half its height. In the twin, children of
0.95 and 1.1 m have 0.05 to 0.09 in nearly all frames; prams, trolleys and wheelchairs with somebody in them 0.16 to
0.33."""

BARE = 0.6
"""A track whose tops are bulky and without shoulders in so many of its frames is no person. In the twin, those of prams
and trolleys are in 97 %, those of people in wheelchairs in 7 %."""

AROUND_M = 0.5

LOOKS = 20
"""Bulk and shape are averaged over so many frames."""

NEAR_M, FAR_M = 0.45, 1.3
"""How far a head is from the top of what it pushes, over the floor."""

STEP_M = 0.15
"""Movement is looked at in steps of this length."""

RIGID_M = 0.05
"""A distance that has changed by less since the first of some steps is kept: heads sway by 3 cm."""

STEPS, CLOSE_STEPS = 4, 2
"""So many such steps in a row, and it is pushed; fewer suffice at less than `CLOSE_M`."""

CLOSE_M = 0.85
"""Nobody walks this near behind a wheelchair who does not push it: its backrest, its handles and a pace are between."""

ALONE_M = 2.5
"""Who has gone this far with nobody near is no thing: cameras see what is low sooner than its pusher, but not by so
much."""

AWAY_M = 1.0
"""Who is this far from where somebody last pushed them has gone there by themselves."""

SAME_PLACE_M = 0.6
"""Something bulky that is first seen this near to where a thing was left, or to a part of it, is that thing."""

XY = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Seen:
    """One track as the judgement needs it.

    Args:
        key: which track.
        xy: metres, world.
        height_m: of its top.
        bulk_m2: of its last top.
        bare: whether that was bulky and without shoulders.
        steady: whether it has been seen often enough to push something.
    """

    key: int
    xy: XY
    height_m: float
    bulk_m2: float
    bare: bool
    steady: bool


class _Low:
    """What is known of one low track."""

    def __init__(self, at: XY) -> None:
        self.at = at
        self.bulk, self.bare, self.looks = 0.0, 0.0, 0
        self.anchor: XY = at
        self.people: dict[int, float] = {}
        self.driven, self.alone_m = 0, 0.0
        self.pusher = -1
        self.left_at: XY | None = None

    def look(self, one: Seen) -> None:
        self.at = one.xy
        self.looks += 1
        weight = 1 / min(self.looks, LOOKS)
        self.bulk += weight * (one.bulk_m2 - self.bulk)
        self.bare += weight * (one.bare - self.bare)

    @property
    def pushed(self) -> bool:
        return self.left_at is not None or (self.looks >= 3 and self.bare > BARE)


class PushedThings:
    """Watches all tracks, capture after capture."""

    def __init__(self) -> None:
        self._low: dict[int, _Low] = {}
        self._left: list[XY] = []

    def update(self, tracks: Sequence[Seen]) -> frozenset[int]:
        """Return which of the tracks seen in a capture, or before, are pushed."""
        for one in tracks:
            if one.height_m < LOW_M:
                low = self._low.setdefault(one.key, _Low(one.xy))
                low.look(one)
                self._recognise(low)
                self._step(low, {p.key: p.xy for p in tracks if _may_push(p, one) and not self.is_pushed(p.key)})
        return frozenset(key for key in self._low if self.is_pushed(key))

    def is_pushed(self, key: int) -> bool:
        """Whether a track is something pushed, or left standing."""
        low = self._low.get(key)
        return low is not None and low.pushed

    def of(self, person: int) -> frozenset[int]:
        """Return which tracks are things that a person pushes, or pushed last."""
        return frozenset(key for key, low in self._low.items() if low.pusher == person and low.pushed)

    def forget(self, kept: frozenset[int]) -> None:
        """Drop the tracks that have ended; remember where things stand."""
        for key in sorted(self._low.keys() - kept):
            left_at = self._low.pop(key).left_at
            if left_at is not None:
                self._left.append(left_at)

    def _recognise(self, low: _Low) -> None:
        """Take a bulky newcomer for the thing that was left there, or for a part of one."""
        if low.looks != 3 or low.bulk < BULKY_M2 or low.left_at is not None:
            return
        gone = next((at for at in self._left if math.dist(at, low.at) < SAME_PLACE_M), None)
        if gone is not None:
            self._left.remove(gone)
        whole = (other for other in self._low.values() if other is not low and other.left_at is not None)
        if gone is not None or any(math.dist(other.at, low.at) < SAME_PLACE_M for other in whole):
            low.left_at = low.at

    def _step(self, low: _Low, people: dict[int, XY]) -> None:
        """Once it has moved by a step, see who kept their distance."""
        away = {key: math.dist(xy, low.at) for key, xy in people.items()}
        if math.dist(low.at, low.anchor) < STEP_M:
            low.people = {key: low.people.get(key, metres) for key, metres in away.items()}
            return
        kept = [key for key, metres in away.items() if _kept(low, key, metres) and _behind(people[key], low)]
        if kept:
            low.pusher = min(kept, key=lambda key: away[key])
            low.driven += 1
        elif any(key in low.people and metres < FAR_M for key, metres in away.items()):
            low.driven = 0
        elif not any(metres < FAR_M + STEP_M for metres in away.values()):
            low.alone_m += STEP_M
        low.anchor = low.at
        low.people = {key: low.people[key] if key in kept else metres for key, metres in away.items()}
        close = bool(kept) and away[low.pusher] < CLOSE_M
        self._conclude(low, kept=bool(kept), enough=CLOSE_STEPS if close else STEPS)

    def _conclude(self, low: _Low, *, kept: bool, enough: int) -> None:
        if low.left_at is not None:
            if kept:
                low.left_at = low.at
            elif math.dist(low.at, low.left_at) > AWAY_M:
                low.left_at, low.driven = None, 0
        elif low.driven >= enough and low.bulk >= BULKY_M2 and low.alone_m < ALONE_M:
            low.left_at = low.at


def bulk_m2(patch: F32, peak: float, cell_m: float) -> float:
    """Return how much of what is around a top is level with it or not much lower.

    Args:
        patch: (2n + 1, 2n + 1) heights around it, metres.
        peak: its height.
        cell_m: side of a cell.
    """
    n = len(patch) // 2
    dx, dy = np.mgrid[-n : n + 1, -n : n + 1]
    near = np.hypot(dx, dy) * cell_m < AROUND_M
    return float((near & (patch > 0.55 * peak) & (patch <= peak + 0.03)).sum()) * cell_m * cell_m


def _may_push(one: Seen, thing: Seen) -> bool:
    return one.key != thing.key and one.steady and one.height_m > thing.height_m + TALLER_M


def _kept(low: _Low, key: int, metres: float) -> bool:
    return NEAR_M <= metres <= FAR_M and key in low.people and abs(metres - low.people[key]) < RIGID_M


def _behind(person: XY, low: _Low) -> bool:
    """Whether a person stands on the side that something has moved away from."""
    ahead = (low.at[0] - low.anchor[0], low.at[1] - low.anchor[1])
    return ahead[0] * (low.at[0] - person[0]) + ahead[1] * (low.at[1] - person[1]) > 0
