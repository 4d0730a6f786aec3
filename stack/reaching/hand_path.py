"""Whose one hand is, by all that was seen while it was out.

Three things tell. The ways along the body, look after look; they err together, for two bodies side by side stay so.
Who stays: while a hand rests in a shelf and just after it has gone, its owner is there, and who steps back or walks on
is not. And who has a hand elsewhere: hardly anybody has both in the shelves.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field

from contracts.geometry import Vec3
from stack.reaching.look import Look
from stack.visits.lanes import distance

ALIKE = 0.15
"""What misleads one look misleads the next: so many looks are worth fewer that are independent, as if so much of the
error of any two were the same.

Source: chosen, with the next one, on 286 simulated hands that two people might have owned (68 cases, tuning seeds of
the suites): a mean negative log likelihood, by looks, of 0.253 without both and `TWO_HANDS` below, 0.193 with them;
of hands seen three times or more 0.237 and 0.165. With factors fitted to four fifths of the cases the last fifth
gained nearly as much.
"""
AWAY_M = 0.25
"""Who moves so far while a hand stays, or just after it has gone, is e times less likely its owner ..."""
MOST_M = 0.5
"""... and who moves farther, no less still: heads are taken for one another."""
RESTS_M = 0.06
"""A hand that moves less than this rests."""
TWO_HANDS = 0.25
"""How much rarer somebody has both hands in the shelves than one: the other carries or holds on. Estimated; one arm
that boards cut into two sightings counts here too."""
LEAST_LOOKS = 3
"""A hand seen less often says nothing of another: where hands cross, every look begins a new one."""


@dataclass(slots=True, eq=False)
class HandPath:
    """All looks at one hand, oldest first.

    Args:
        looks: at this hand.
        beside: others that were out at one moment with it, and are not of the same arm.
        after: where everybody's head was just after it was last seen, metres, world.
    """

    looks: list[Look] = field(default_factory=list)
    beside: list[HandPath] = field(default_factory=list)
    after: dict[str, Vec3] = field(default_factory=dict)
    _logs: dict[str, float] = field(default_factory=dict)

    def add(self, look: Look) -> None:
        """Take in one more look."""
        self.looks.append(look)
        self.after = {}
        self._logs = {}

    def left(self, heads: dict[str, Vec3]) -> None:
        """Take in where everybody is when it is not seen any more."""
        self.after = heads
        self._logs = {}

    def owners(self) -> dict[str, float]:
        """Return whose hand it is, by all that is known: track -> probability."""
        logs = dict(self._alone())
        for other in self.beside:
            for track, p in _shares(other._alone()).items() if len(other.looks) >= LEAST_LOOKS else ():
                if track in logs:
                    logs[track] += math.log(1.0 - (1.0 - TWO_HANDS) * p)
        return _shares(logs)

    def _alone(self) -> dict[str, float]:
        """Return log odds of its owners, "" for nobody, other hands left aside."""
        if not self._logs:
            logs = self._by_looks()
            moved = {track: self._moved(track) for track in logs if track}
            least = min(moved.values(), default=0.0)
            self._logs = {track: log - (moved.get(track, least) - least) / AWAY_M for track, log in logs.items()}
        return self._logs

    def _by_looks(self) -> dict[str, float]:
        """Return what the ways along the body say; that it is somebody's they do not err on."""
        tracks = sorted({track for look in self.looks for track in look.owners} | {""})
        logs = dict.fromkeys(tracks, 0.0)
        stands = self._stands()
        for stand in stands:
            for track in tracks:
                logs[track] += sum(look.log_p(track) for look in stand) / len(stand)
        top = max((log for track, log in logs.items() if track), default=0.0)
        counts = 1.0 / (1.0 + ALIKE * (len(stands) - 1))
        return {track: top + counts * (log - top) if track else log for track, log in logs.items()}

    def _moved(self, track: str) -> float:
        """Return how far somebody's head moved while the hand rested, and just after it had gone, metres."""
        rest, most = self.looks[0], 0.0
        for look in self.looks:
            if math.dist(rest.hand, look.hand) > RESTS_M:
                rest = look
            if track in rest.heads:
                there = look.heads.get(track)
                most = max(most, distance(rest.heads[track], there) if there else MOST_M)
        last = self.looks[-1].heads.get(track)
        gone = distance(last, self.after[track]) if last and track in self.after else 0.0
        return min(MOST_M, most + gone)

    def _stands(self) -> list[list[Look]]:
        """Group the looks between which nothing moved."""
        stands: list[list[Look]] = []
        for look in self.looks:
            if stands and stands[-1][0].same(look):
                stands[-1].append(look)
            else:
                stands.append([look])
        return stands


def _shares(logs: dict[str, float]) -> dict[str, float]:
    top = max(logs.values())
    weights = {track: math.exp(log - top) for track, log in logs.items()}
    total = sum(weights.values())
    return {track: weight / total for track, weight in weights.items() if track}
