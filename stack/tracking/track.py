"""Follows people from above by their heads: predict, match, correct, begin, end."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np

from contracts.clock import SECOND
from contracts.layout import Layout
from contracts.records import Frame
from stack.sightings import Person
from stack.tracking.depthview import DepthView, View
from stack.tracking.heads import HeadFinder, Top
from stack.tracking.heightmap import F32, no_heads
from stack.tracking.kalman import Walker
from stack.tracking.pushed import PushedThings, Seen

GATE_M = 0.55
"""Farthest that a top may lie from where a person was expected, height difference counted half."""

HANDLIKE_M = 0.2
"""How much farther away a top counts that is not shaped like a head."""

NEVER_M = 10.0
"""The cost of a match that is out of the question."""

BIRTH_HITS = 3
"""Captures in which a new head must be seen before anybody is told."""

EDGE_LIFE_S = 0.6
"""How long a track lives on unseen where people leave: at exit lanes and at the edge of what cameras see."""

HIDDEN_LIFE_S = 4.0
"""How long it lives on unseen in the middle of the store, where only something in the way can explain it."""

RETURN_S = 12.0
"""How long somebody who went out of view, but not out of the store, is remembered."""

NEAR_GATE_M = 0.9
"""Who is lost this near to a lane has left; who appears there is new."""


class Track:
    """One person in the making or followed."""

    def __init__(self, top: Top, t_ns: int, key: int = 0) -> None:
        self.key, self.top = key, top
        self.walker = Walker(top.x, top.y)
        self.born_at = (top.x, top.y)
        self.z = self.stature = top.z
        self.name, self.born_ns, self.seen_ns = "", t_ns, t_ns
        self.hits, self.misses = 1, 0

    def take(self, top: Top, t_ns: int) -> None:
        """Correct with a top; a body whose head is out of view says little about where the head is."""
        whole = abs(top.z - self.stature) < 0.08 or (not top.cut and abs(top.z - self.z) < 0.25)
        self.walker.correct(top.x, top.y, 0.03 if whole else 0.15)
        if whole or not top.cut:
            self.z += 0.6 * (top.z - self.z)
        if whole:
            # Up within a second, down within a minute: who crouches will rise again.
            self.stature += (0.2 if top.z > self.stature else 0.003) * (top.z - self.stature)
        self.hits, self.misses, self.seen_ns = self.hits + 1, 0, t_ns
        self.top = top

    def distance(self, top: Top, in_view: bool) -> float:
        """Return how ill a top fits, metres.

        Height differences count half where they fall, a quarter where they rise: people get up, heads do not
        drop onto hands. Higher than the person ever was is a raised hand. What is not shaped like a head, though
        in full view, counts as farther away. Where the head may be out of view, any lower part may stand for it.

        Args:
            top: what was found.
            in_view: whether this person's head would be in view where it is expected.
        """
        x, y = self.walker.xy
        blind = top.cut and not in_view
        lower = 0.0 if blind else max(0.0, self.z - top.z)
        taller = max(0.0, top.z - self.stature - 0.05)
        shape = 0.0 if blind or top.head else HANDLIKE_M
        way = math.hypot(top.x - x, top.y - y)
        return way + 0.5 * lower + 0.25 * max(0.0, top.z - self.z) + 2 * taller + shape

    @property
    def gate_m(self) -> float:
        """How far a fitting top may be: farther after some captures unseen."""
        return GATE_M + 0.1 * min(self.misses, 3)


class PersonTracker:
    """Everybody in view, capture after capture.

    Args:
        layout: the store as surveyed.
        view: the joined depth frames, shared with the hand finder; None makes an own one.
    """

    def __init__(self, layout: Layout, view: DepthView | None = None) -> None:
        self._layout = layout
        self._view = view or DepthView(layout)
        self._heads = HeadFinder(self._view.grid, self._view.racks, no_heads(self._view.grid, layout))
        self._tracks: list[Track] = []
        self._away: list[Track] = []
        self._made = self._begun = 0
        self._now_ns = -1
        self._things = PushedThings()

    def update(self, frames: Sequence[Frame]) -> list[Person]:
        """Take the depth frames of one capture time and return everybody who is followed now; no prams and the like.

        Cameras may be missing. With no frame at all nothing is learned and nobody is forgotten.
        """
        view = self._view.look(frames)
        if view is not None and view.t_ns > self._now_ns:
            self._advance(view)
        return [self._person(track) for track in self._tracks if track.name and not self._things.is_pushed(track.key)]

    def _advance(self, view: View) -> None:
        dt_s = (view.t_ns - self._now_ns) / SECOND if self._now_ns >= 0 else 0.0
        self._now_ns = view.t_ns
        for track in self._tracks:
            track.walker.predict(dt_s)
        tops = self._heads.find(view, [track.walker.xy for track in self._tracks if track.name])
        fresh = self._match(tops, view)
        self._tracks += [self._begin(top, view.t_ns) for top in fresh if top.born]
        self._end(view)
        pushed = self._tell_things(view.t_ns)
        for track in self._tracks:
            if not track.name and track.hits >= BIRTH_HITS and track.key not in pushed:
                self._name(track)
        self._view.guard(track.walker.xy for track in self._tracks if track.name or track.key in pushed)

    def _begin(self, top: Top, t_ns: int) -> Track:
        self._begun += 1
        return Track(top, t_ns, self._begun)

    def _tell_things(self, t_ns: int) -> frozenset[int]:
        """Return which tracks are prams and the like."""
        self._things.forget(frozenset(track.key for track in self._tracks))
        seen = [track for track in self._tracks if track.seen_ns == t_ns]
        return self._things.update(
            [Seen(t.key, t.walker.xy, t.stature, t.top.bulk_m2, t.top.bare, t.hits >= BIRTH_HITS) for t in seen]
        )

    def _match(self, tops: tuple[Top, ...], view: View) -> list[Top]:
        """Give each track its top; return the tops that are left."""
        from scipy.optimize import linear_sum_assignment  # late: a heavy import that only runs need

        cost = np.array([self._costs(track, tops, view) for track in self._tracks])
        taken: set[int] = set()
        rows, columns = linear_sum_assignment(cost) if cost.size else ((), ())
        for row, column in zip(rows, columns, strict=True):
            track = self._tracks[int(row)]
            if cost[row, column] < NEVER_M:
                track.take(tops[int(column)], view.t_ns)
                taken.add(int(column))
        for track in self._tracks:
            if track.seen_ns != view.t_ns:
                track.misses += 1
                track.walker.brake(0.9)
        return [top for number, top in enumerate(tops) if number not in taken]

    def _costs(self, track: Track, tops: tuple[Top, ...], view: View) -> list[float]:
        """Return how ill each top fits; all out of the gate are equally bad, so that none pushes another apart."""
        in_view = self._in_view(*track.walker.xy, track.stature, view.ceiling)
        costs = [track.distance(top, in_view) for top in tops]
        return [cost if cost < track.gate_m else NEVER_M for cost in costs]

    def _end(self, view: View) -> None:
        """Drop tracks unseen for too long; remember those who may come back into view."""
        kept = []
        for track in self._tracks:
            unseen_s = (view.t_ns - track.seen_ns) / SECOND
            if unseen_s <= self._life_s(track, view):
                kept.append(track)
            elif track.name and not (self._near_gate(*track.walker.xy) or self._things.is_pushed(track.key)):
                self._away.append(track)
        self._tracks = kept
        self._away = [track for track in self._away if view.t_ns - track.seen_ns < RETURN_S * SECOND]

    def _life_s(self, track: Track, view: View) -> float:
        """Return how long a track may stay unseen."""
        if not track.name:
            return 0.15
        x, y = track.walker.xy
        if self._near_gate(x, y) or not self._in_view(x, y, track.stature, self._view.ceiling):
            return EDGE_LIFE_S
        if not self._in_view(x, y, track.stature, view.ceiling):
            return 2 * HIDDEN_LIFE_S  # the camera that looks there is silent: no evidence of absence
        return HIDDEN_LIFE_S

    def _in_view(self, x: float, y: float, z: float, ceiling: F32) -> bool:
        """Whether a head here would be seen, with a step to spare."""
        part = ceiling[self._view.grid.window(x, y, 0.2)]
        return part.size > 0 and float(part.min()) > z

    def _near_gate(self, x: float, y: float) -> bool:
        return any(math.hypot(x - g.pose.position[0], y - g.pose.position[1]) < NEAR_GATE_M for g in self._layout.gates)

    def _name(self, track: Track) -> None:
        """Give a confirmed track its id: a new one, or that of the one person it can only be."""
        back = [old for old in self._away if self._may_be(old, track)]
        if len(back) == 1:
            self._away.remove(back[0])
            track.name, track.born_ns = back[0].name, back[0].born_ns
            return
        self._made += 1
        track.name = f"t{self._made}"

    def _may_be(self, old: Track, new: Track) -> bool:
        """Whether somebody who went out of view can be the one who has just appeared."""
        (x, y), (u, v) = old.walker.xy, new.walker.xy
        gone_s = (new.born_ns - old.seen_ns) / SECOND
        within = math.hypot(x - u, y - v) < min(0.7 + 1.2 * gone_s, 2.5)
        return gone_s > 0 and within and abs(old.stature - new.stature) < 0.07 and not self._near_gate(*new.born_at)

    def _person(self, track: Track) -> Person:
        (x, y), (vx, vy) = track.walker.xy, track.walker.velocity
        seen = track.seen_ns == self._now_ns
        things = self._things.of(track.key)
        pushed = [other for other in self._tracks if other.key in things]
        return Person(
            track=track.name,
            t_ns=self._now_ns,
            head=(x, y, track.z),
            velocity=(vx, vy, 0.0),
            born_ns=track.born_ns,
            seen=seen,
            pushes=tuple(other.name for other in pushed if other.name),
            pushed_at=tuple(other.walker.xy for other in pushed if other.seen_ns == self._now_ns),
        )
