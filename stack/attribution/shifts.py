"""Goods that only moved along a board: toppled, rolled or pushed, from one plate to others.

Each plate's change is noticed by itself, seconds apart, and one alone looks like a take. Together they sum to nothing,
and so does what they mean for every cart: whether a can rolled over or was taken and set down again beside its place.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass
from itertools import combinations, pairwise

from contracts.clock import MILLISECOND, SECOND
from contracts.layout import Layout, shelf_of
from stack.attribution.verdict import Verdict
from stack.attribution.weights import PlateModel
from stack.parts import LoadChange

APART_NS = 500 * MILLISECOND
"""Changes that follow one another by less may have one cause."""
KEPT_NS = 20 * SECOND
"""A rolling can is noticed on its last plate several seconds after it left the first."""
WITHIN = 3.0
"""Standard deviations of the sum that count as nothing."""
MOST = 4
"""Changes that are taken together at most."""
ROLL_M = 0.25
"""Goods that topple or roll leave no wider gap between plates that changed: their own height, at most."""


@dataclass(frozen=True, slots=True)
class Decided:
    """An event with what it was taken to be.

    Args:
        event: its id.
        change: the change of load.
        verdict: the reading acted on.
        settled: whether the reading stands on its own, as a put-back of what a cart held does.
        leans_on: takes without which the cart would not have held what was put back.
    """

    event: str
    change: LoadChange
    verdict: Verdict
    settled: bool
    leans_on: Set[str] = frozenset()


class Shifts:
    """Remembers recent events and finds those that together moved nothing away.

    Args:
        layout: the store.
    """

    def __init__(self, layout: Layout) -> None:
        self._layout, self._plates = layout, PlateModel(layout)
        self._recent: list[Decided] = []

    def find(self, new: Decided) -> tuple[Decided, ...]:
        """Take in an event; return it with those that cancel it, or nothing. Each event is returned once."""
        self._recent = [old for old in self._recent if new.change.ended_ns - old.change.ended_ns < KEPT_NS]
        groups = [group for group in self._groups(new) if self._cancels(group) and self._is_near(group)]
        found = min(groups, key=self._net_g, default=())
        self._recent = [old for old in [*self._recent, new] if old not in found]
        return found

    def _groups(self, new: Decided) -> Iterator[tuple[Decided, ...]]:
        """Yield the new event with others of the same shelf and time."""
        near = [old for old in self._recent if _touch(old.change, new.change)]
        for size in range(1, MOST):
            for others in combinations(near, size):
                yield (*others, new)

    def _cancels(self, group: Sequence[Decided]) -> bool:
        sums = [sum(decided.change.deltas_g) for decided in group]
        if not min(sums) < 0 < max(sums):
            return False
        events = {decided.event for decided in group}
        if any(d.settled and not d.leans_on & events for d, grams in zip(group, sums, strict=True) if grams > 0):
            return False
        variance = sum(self._plates.sigma_g(d.change, len(d.change.plates)) ** 2 for d in group)
        return self._net_g(group) <= WITHIN * float(variance**0.5)

    def _net_g(self, group: Sequence[Decided]) -> float:
        return abs(sum(sum(decided.change.deltas_g) for decided in group))

    def _is_near(self, group: Sequence[Decided]) -> bool:
        """Whether the plates of a group lie close along the board."""
        plates = [self._layout.plate[name] for decided in group for name in decided.change.plates]
        board = self._layout.shelf[shelf_of(plates[0].id)].pose
        places = [(float(board.unapply(plate.pose.position)[0]), plate.width_m / 2) for plate in plates]
        spans = sorted((x - half, x + half) for x, half in places)
        return all(right[0] - left[1] <= ROLL_M for left, right in pairwise(spans))


def _touch(one: LoadChange, other: LoadChange) -> bool:
    """Whether two changes are of one shelf and time, on different plates."""
    if shelf_of(one.plates[0]) != shelf_of(other.plates[0]) or set(one.plates) & set(other.plates):
        return False
    return one.started_ns <= other.ended_ns + APART_NS and other.started_ns <= one.ended_ns + APART_NS
