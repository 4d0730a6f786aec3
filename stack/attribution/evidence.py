"""Who had a hand where, and who met whom: what the cameras say about a change of load."""

from __future__ import annotations

import math
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import combinations

from contracts.clock import MILLISECOND, SECOND
from contracts.geometry import Vec3
from contracts.layout import Gondola, Layout, Plate, gondola_of
from stack.parts import LoadChange
from stack.reaching.hand_paths import HandPaths
from stack.reaching.hands import Hands, weigh_together
from stack.sightings import Person, Reach
from stack.visits.lanes import distance

BEFORE_NS, AFTER_NS = 500 * MILLISECOND, 300 * MILLISECOND
"""The hand is at the plate from a little before the load changes until a little after (source: fusion trial)."""
KEPT_NS = 30 * SECOND
"""Things are lifted slowly and held long over a plate; half a minute covers both."""
ALONG_M = 0.06
"""Error of a hand along the shelf: 3.5 cm measured for its position, 5 cm for where on the product it grips."""
BEYOND_NS = 250 * MILLISECOND
"""A hand there while the load changes counts in full, one before or after it the less the further off in time:
the next shopper's hand comes as the first one's goes."""
UP_M = 0.10
"""Error in height: the height map sees the top of the forearm, up to 7 cm off, and boards hide the hand."""
ALONE, HALF = 0.5, 0.5
"""What a moment counts for that shows one hand at a place, when the question is whether there were two; and how well
another must agree with the place, beside the one that agrees best, to be there too."""
UNSEEN_HAND = 0.10
"""What standing in front of a plate counts for beside one sighting of a hand in it: boards hide hands."""
STANDS_M, NEARLY_M = 0.7, 0.3
"""Somebody who can reach a plate has the head within this distance over the floor, give or take."""
NOBODY = 0.02
"""What "nobody did it" counts for: goods topple rarely."""
MEETING_M = 0.8
"""Two people this near could hand something over."""


@dataclass(frozen=True, slots=True)
class Claim:
    """One track's part in a change of load.

    Args:
        share: probability that this person acted, among all people and nobody.
        hand: the sighting of their hand that says most, None when none was seen.
    """

    share: float
    hand: Reach | None = None


class Evidence:
    """Remembers hands and people for as long as a change of load may take to be noticed."""

    def __init__(self, layout: Layout) -> None:
        self._layout = layout
        self._hands: deque[Hands] = deque()
        self._people: deque[tuple[int, tuple[Person, ...]]] = deque()
        self._met: dict[tuple[str, str], int] = {}
        self._paths = HandPaths()

    def add(self, people: Sequence[Person], reaches: Iterable[Reach], t_ns: int) -> None:
        """Take in one capture."""
        self._people.append((t_ns, tuple(people)))
        self._follow(weigh_together(tuple(reaches)), people, t_ns)
        while self._people and self._people[0][0] < t_ns - KEPT_NS:
            self._people.popleft()
        while self._hands and self._hands[0].t_ns < t_ns - KEPT_NS:
            self._hands.popleft()
        for one, other in combinations(people, 2):
            if distance(one.head, other.head) <= MEETING_M:
                self._met[_pair(one.track, other.track)] = t_ns

    def _follow(self, moments: Sequence[Hands], people: Sequence[Person], t_ns: int) -> None:
        """Remember the hands of one capture, each with its path."""
        paths = iter(self._paths.add([reach for moment in moments for reach in moment.reaches], people, t_ns))
        self._hands.extend(replace(moment, paths=tuple(next(paths) for _ in moment.reaches)) for moment in moments)

    def met_after(self, one: str, other: str, t_ns: int) -> bool:
        """Whether two tracks have stood close enough to hand something over since a moment."""
        return self._met.get(_pair(one, other), -1) >= t_ns

    def latest(self, track: str) -> Person | None:
        """Return the last word on a track, None when it is forgotten."""
        found = (person for _, people in reversed(self._people) for person in people if person.track == track)
        return next(found, None)

    def crowd(self, since_ns: int, until_ns: int) -> list[tuple[int, tuple[Person, ...]]]:
        """Return everybody at the captures of a time: (capture time, people)."""
        return [(t_ns, people) for t_ns, people in self._people if since_ns <= t_ns <= until_ns]

    def claims(self, change: LoadChange) -> dict[str, Claim]:
        """Return who may have caused a change, by track; "" is nobody. Shares sum to 1."""
        weights: dict[str, float] = {"": NOBODY}
        hands: dict[str, tuple[float, Reach]] = {}
        plates = [self._layout.plate[plate] for plate in change.plates]
        for moment in self._in_window(change):
            for reach, path, here in zip(moment.reaches, moment.paths, self._here(moment, change), strict=True):
                for track, owned in path.owners().items():
                    weights[track] = weights.get(track, 0.0) + owned * here
                    hands[track] = max(hands.get(track, (0.0, reach)), (owned * here, reach), key=lambda best: best[0])
        for track, near in self._standing(change, plates).items():
            weights[track] = weights.get(track, 0.0) + UNSEEN_HAND * near
        total = sum(weights.values())
        seen = {track: reach for track, (weight, reach) in hands.items() if weight > 0.01}
        return {track: Claim(weight / total, seen.get(track)) for track, weight in sorted(weights.items())}

    def together(self, change: LoadChange, one: str, other: str) -> float:
        """Return how probably two people both had a hand at the plates of a change, 0..1.

        The mean over the moments at which any hand was there: one moment may misjudge an arm, few in a row do. A
        moment that shows one hand alone says less: arms that touch look like one.
        """
        both = hands = 0.0
        for moment in self._in_window(change):
            here = self._here(moment, change)
            alone = sum(at >= HALF * max(here) for at in here) == 1
            both += moment.together(one, other, here)
            hands += max(here, default=0.0) * (ALONE if alone else 1.0)
        return both / hands if hands > UNSEEN_HAND else 0.0

    def over(self, plate: str, since_ns: int, until_ns: int, least: float) -> Iterator[tuple[int, str, float]]:
        """Yield the hands that were over a plate: (capture time, track, share).

        Args:
            plate: its id.
            since_ns: later than this.
            until_ns: up to this.
            least: how well the place must agree, 0..1.
        """
        gondola, at = self._layout.gondola[gondola_of(plate)], self._layout.plate[plate]
        for moment in self._hands:
            if since_ns < moment.t_ns <= until_ns and moment.gondola == gondola.id:
                for reach in moment.reaches:
                    if self._at(reach, gondola, [at]) >= least:
                        yield from ((reach.t_ns, track, share) for track, share in reach.owners)

    def _in_window(self, change: LoadChange) -> list[Hands]:
        start, end = change.started_ns - BEFORE_NS, change.ended_ns + AFTER_NS
        gondola = gondola_of(change.plates[0])
        return [hands for hands in self._hands if start <= hands.t_ns <= end and hands.gondola == gondola]

    def _here(self, hands: Hands, change: LoadChange) -> list[float]:
        """Return how well the place and the time of each hand agree with a change, 0..1."""
        gondola = self._layout.gondola[gondola_of(change.plates[0])]
        plates = [self._layout.plate[plate] for plate in change.plates]
        return [_when(reach, change) * self._at(reach, gondola, plates) for reach in hands.reaches]

    def _at(self, reach: Reach, gondola: Gondola, plates: Sequence[Plate]) -> float:
        """Return how well a hand's place agrees with the nearest of the plates, 0..1."""
        x, _, z = gondola.pose.unapply(reach.hand)
        return max(self._agrees(float(x), float(z), gondola, plate) for plate in plates)

    def _agrees(self, x: float, z: float, gondola: Gondola, plate: Plate) -> float:
        at = gondola.pose.unapply(plate.pose.position)
        shelf = self._layout.shelf[plate.id.rsplit("/", 1)[0]]
        aside = max(0.0, abs(x - float(at[0])) - plate.width_m / 2)
        off = max(0.0, float(at[2]) - z, z - float(at[2]) - shelf.clearance_m)
        return math.exp(-((aside / ALONG_M) ** 2 + (off / UP_M) ** 2) / 2)

    def _standing(self, change: LoadChange, plates: Sequence[Plate]) -> dict[str, float]:
        """Return how nearly each person stood in front of the plates, 0..1, by track."""
        near: dict[str, float] = {}
        start, end = change.started_ns - BEFORE_NS, change.ended_ns + AFTER_NS
        for t_ns, people in self._people:
            for person in people if start <= t_ns <= end else ():
                away = min(_before(plate.pose.position, person.head) for plate in plates)
                near[person.track] = max(near.get(person.track, 0.0), away)
        return near


def _when(reach: Reach, change: LoadChange) -> float:
    off_ns = max(0, change.started_ns - reach.t_ns, reach.t_ns - change.ended_ns)
    return math.exp(-((off_ns / BEYOND_NS) ** 2) / 2)


def _before(plate: Vec3, head: Vec3) -> float:
    return math.exp(-((max(0.0, distance(plate, head) - STANDS_M) / NEARLY_M) ** 2) / 2)


def _pair(one: str, other: str) -> tuple[str, str]:
    return (one, other) if one < other else (other, one)
