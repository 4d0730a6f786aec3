"""Arms between two people who face each other: somebody may be handing something to somebody else.

Seen from above: two bodies turned towards each other, less than an arm and a half apart, and between them a bridge of
arms lower than shoulders and higher than hips. Who holds a hand out first, until the other's comes, is the giver.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from contracts.clock import MILLISECOND, SECOND
from contracts.geometry import Floats
from contracts.layout import Layout
from contracts.records import Frame
from stack.sightings import Meeting, Person
from stack.tracking.depthview import DepthView, View
from stack.tracking.heightmap import CELL_M
from stack.visits.lanes import distance

NEAREST_M, FARTHEST_M = 0.5, 1.2
"""People hand things over at this distance between heads: nearer they embrace, farther arms do not meet."""
BODY_M = 0.2
"""A body that faces along the line between two heads takes up this much of it."""
ASIDE_M = 0.25
"""Arms start at shoulders, so far beside that line."""
HIP, SHOULDER = 0.40, 0.78
"""Heights between which arms are held out, as parts of the smaller person's height."""
HELD_OUT, DRAWN_BACK = 0.5, 0.25
"""Parts of the way between two bodies that a held-out arm spans, and one that is not held out."""
BRIDGE_NS = 250 * MILLISECOND
"""Hands that meet for less have only passed each other."""
GAP_NS = 300 * MILLISECOND
BEFORE_NS = 3 * SECOND
"""An arm held out longer ago than this did not wait for the other's hand."""


@dataclass(frozen=True, slots=True)
class Between:
    """What is between two people at one moment.

    Args:
        t_ns: capture time.
        one: part of the way that an arm of the first spans, 0..1.
        other: likewise of the second.
        closed: whether arms lead all the way.
    """

    t_ns: int
    one: float
    other: float
    closed: bool


class MeetingFinder:
    """Finds arms between people.

    Args:
        layout: the store as surveyed.
        view: the joined depth frames, shared with tracker and hand finder; None makes an own one.
    """

    def __init__(self, layout: Layout, view: DepthView | None = None) -> None:
        self._view = view or DepthView(layout)
        x, y = self._view.grid.centres()
        self._x, self._y = x, y
        self._past: dict[tuple[str, str], list[Between]] = {}

    def update(self, frames: Sequence[Frame], people: Sequence[Person]) -> list[Meeting]:
        """Return the meetings that have ended by one capture time."""
        view = self._view.look(frames)
        if view is None:
            return []
        for one, other in combinations(sorted(people, key=lambda p: p.track), 2):
            if one.seen and other.seen and NEAREST_M <= distance(one.head, other.head) <= FARTHEST_M:
                between = self._between(view, one, other)
                if between:
                    self._past.setdefault((one.track, other.track), []).append(between)
        return [meeting for pair in sorted(self._past) for meeting in self._ended(pair, view.t_ns)]

    def _between(self, view: View, one: Person, other: Person) -> Between | None:
        """Measure what is between two people; None unless they face each other."""
        (ax, ay, az), (bx, by, bz) = one.head, other.head
        apart = math.hypot(bx - ax, by - ay)
        window = self._view.grid.window((ax + bx) / 2, (ay + by) / 2, apart / 2 + 0.35)
        x, y, heights = self._x[window] - ax, self._y[window] - ay, view.heights[window]
        along = (x * (bx - ax) + y * (by - ay)) / apart
        aside = (y * (bx - ax) - x * (by - ay)) / apart
        if not (_across(along, aside, heights > az - 0.45) and _across(along - apart, aside, heights > bz - 0.45)):
            return None
        low, high = HIP * min(az, bz), SHOULDER * min(az, bz)
        arm = (heights > low) & (heights < high) & (np.abs(aside) < ASIDE_M)
        bins = np.arange(BODY_M, apart - BODY_M, CELL_M)
        spanned = np.array([bool((arm & (along >= at) & (along < at + 1.5 * CELL_M)).any()) for at in bins])
        return Between(view.t_ns, _run(spanned), _run(spanned[::-1]), bool(spanned.all()))

    def _ended(self, pair: tuple[str, str], now_ns: int) -> list[Meeting]:
        """Return a pair's meeting once it is over."""
        past = [b for b in self._past[pair] if now_ns - b.t_ns < 2 * BEFORE_NS]
        self._past[pair] = past
        closed = [b.t_ns for b in past if b.closed]
        if not closed or now_ns - closed[-1] < GAP_NS:
            if not past:
                del self._past[pair]
            return []
        del self._past[pair]
        if closed[-1] - closed[0] < BRIDGE_NS:
            return []
        before = [b for b in past if closed[0] - BEFORE_NS <= b.t_ns < closed[0]]
        one = sum(b.one >= HELD_OUT and b.other <= DRAWN_BACK for b in before)
        other = sum(b.other >= HELD_OUT and b.one <= DRAWN_BACK for b in before)
        return [Meeting(pair, (_seconds(before, one), _seconds(before, other)), closed[0], closed[-1])]


def _across(along: Floats, aside: Floats, body: NDArray[np.bool_]) -> bool:
    """Whether a body's shoulders lie across a line, not along it.

    Args:
        along: of each cell, how far from the head along the line, metres.
        aside: likewise across it.
        body: which cells are as high as shoulders.
    """
    mine = body & (along * along + aside * aside < 0.3 * 0.3)
    return bool(mine.any()) and float((aside[mine] ** 2).mean()) > float((along[mine] ** 2).mean())


def _run(spanned: NDArray[np.bool_]) -> float:
    """Return the part of the way that is spanned without a break from its beginning."""
    return float(np.argmin(spanned)) / len(spanned) if not spanned.all() else 1.0


def _seconds(before: Sequence[Between], captures: int) -> float:
    """Return how long some of the captures before a moment lasted."""
    span_ns = before[-1].t_ns - before[0].t_ns if len(before) > 1 else 0
    return captures * span_ns / max(1, len(before) - 1) / SECOND
