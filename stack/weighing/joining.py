"""Joins the changes of single plates into changes of load: one item may stand on several plates."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations

from contracts.clock import MILLISECOND, SECOND
from stack.weighing.excursion import Step
from stack.weighing.steady import SHARED, SMALLEST_G, PlateStep

TOGETHER_NS = 400 * MILLISECOND
"""Plates under one item begin or end their change within so long of each other."""

SLACK_NS = 250 * MILLISECOND
"""So long may pass between the end of one plate's change and the beginning of the next."""

WAIT_NS = 3 * SECOND
"""The longest wait for a neighbour that is still moving: a shaken shelf needs up to 3 s to settle."""

NUDGE = 0.4
"""A change against its neighbour's direction and below this part of it is goods pushed along, not a second event."""

RECENT_NS = 4 * SECOND


@dataclass(frozen=True, slots=True)
class LoadChange:
    """A lasting change of load on one plate or on adjacent ones.

    Args:
        plates: ids of the plates that changed, left to right.
        deltas_g: change of each plate, grams.
        sigma_g: standard deviation of the sum of the changes, grams.
        started_ns: when the load left its old level.
        ended_ns: when it had reached the new one.
    """

    plates: tuple[str, ...]
    deltas_g: tuple[float, ...]
    sigma_g: float
    started_ns: int
    ended_ns: int


@dataclass(frozen=True, slots=True)
class Group:
    """Steps of different, adjacent plates that belong together, by column."""

    steps: tuple[PlateStep, ...]

    @property
    def columns(self) -> frozenset[int]:
        """The plates."""
        return frozenset(step.column for step in self.steps)

    @property
    def sum_g(self) -> float:
        """The whole change, grams."""
        return sum(step.step.delta_g for step in self.steps)

    @property
    def started_ns(self) -> int:
        """The earliest beginning."""
        return min(step.step.started_ns for step in self.steps)

    @property
    def ended_ns(self) -> int:
        """The latest end."""
        return max(step.step.ended_ns for step in self.steps)

    @property
    def found_ns(self) -> int:
        """When the last of them was certain."""
        return max(step.found_ns for step in self.steps)

    def joined(self, other: Group) -> Group:
        """Return both as one."""
        return Group(tuple(sorted(self.steps + other.steps, key=lambda step: step.column)))

    def apart_ns(self, other: Group) -> int:
        """How far apart the two are in time: the lesser of beginning and end."""
        return min(abs(self.started_ns - other.started_ns), abs(self.ended_ns - other.ended_ns))

    def fits(self, other: Group) -> bool:
        """Whether the two may be one event: side by side, at one time, and not against each other."""
        if self.columns & other.columns or not self._beside(other):
            return False
        if self.apart_ns(other) > TOGETHER_NS or not self._overlaps(other):
            return False
        less_g, more_g = sorted((abs(self.sum_g), abs(other.sum_g)))
        return self.sum_g * other.sum_g > 0 or less_g <= NUDGE * more_g or more_g - less_g <= SMALLEST_G

    def _beside(self, other: Group) -> bool:
        return any(abs(mine - theirs) == 1 for mine in self.columns for theirs in other.columns)

    def _overlaps(self, other: Group) -> bool:
        return self.started_ns <= other.ended_ns + SLACK_NS and other.started_ns <= self.ended_ns + SLACK_NS


class ShelfJoiner:
    """Collects the steps of one shelf's plates and gives out changes of load.

    Args:
        plates: ids, left to right; steps carry the index into them.
    """

    def __init__(self, plates: Sequence[str]) -> None:
        self._plates = tuple(plates)
        self._pending: list[PlateStep] = []
        self._recent: list[PlateStep] = []

    def add(self, step: PlateStep) -> None:
        """Take in the step of a plate, its column counted within the shelf."""
        self._pending.append(step)

    def take(self, now_ns: int, away: Mapping[int, int], lean_g: Callable[[int, float], float]) -> list[LoadChange]:
        """Return the changes that nothing more can be joined to, oldest first.

        Args:
            now_ns: how far the samples reach.
            away: columns that are still away from their level, and since when.
            lean_g: says how much a column that never left its level changed beside a larger change, 0 for not at all.
        """
        if not self._pending:
            return []
        self._recent = [step for step in self._recent if now_ns - step.found_ns <= RECENT_NS]
        self._pending = [step for step in self._pending if not self._is_shared(step)]
        ready = [group for group in _groups(self._pending) if _complete(group, now_ns, away)]
        done = [step for group in ready for step in group.steps]
        self._pending = [step for step in self._pending if step not in done]
        self._recent += done
        changes = [self._change(self._leaning(group, lean_g)) for group in ready if abs(group.sum_g) > SMALLEST_G]
        return sorted(changes, key=lambda change: (change.ended_ns, change.plates))

    def _is_shared(self, step: PlateStep) -> bool:
        """Whether a small step is only the shelf bending under a large one."""
        return any(
            abs(step.step.delta_g) < SHARED * abs(large.step.delta_g)
            and step.step.started_ns <= large.step.ended_ns + SECOND
            and large.step.started_ns <= step.step.ended_ns + SECOND
            for large in self._pending + self._recent
            if large.column != step.column
        )

    def _leaning(self, group: Group, lean_g: Callable[[int, float], float]) -> Group:
        """Return a group with the neighbours that its item stood on with its edge."""
        beside = {column + side for column in group.columns for side in (-1, 1)} - group.columns
        first, step = group.steps[0], Step(0.0, group.started_ns, group.ended_ns)
        for column in sorted(beside & set(range(len(self._plates)))):
            delta_g = lean_g(column, group.sum_g)
            if delta_g:
                edge = replace(first, column=column, step=replace(step, delta_g=delta_g))
                group = group.joined(Group((edge,)))
        return group

    def _change(self, group: Group) -> LoadChange:
        return LoadChange(
            plates=tuple(self._plates[step.column] for step in group.steps),
            deltas_g=tuple(step.step.delta_g for step in group.steps),
            # Two levels, each from a handful of independent looks at coloured noise, and a gram for creep.
            sigma_g=math.sqrt(sum(1.0 + step.noise_g**2 / 2 for step in group.steps)),
            started_ns=group.started_ns,
            ended_ns=group.ended_ns,
        )


def _groups(steps: Sequence[PlateStep]) -> list[Group]:
    """Join what fits, the closest in time first."""
    groups = [Group((step,)) for step in steps]
    while True:
        pairs = [(one, two) for one, two in combinations(groups, 2) if one.fits(two)]
        if not pairs:
            return groups
        one, two = min(pairs, key=lambda pair: pair[0].apart_ns(pair[1]))
        groups = [group for group in groups if group is not one and group is not two] + [one.joined(two)]


def _complete(group: Group, now_ns: int, away: Mapping[int, int]) -> bool:
    """Whether no neighbour that moved at the same time is still moving."""
    if now_ns - group.found_ns >= WAIT_NS:
        return True
    beside = {column + side for column in group.columns for side in (-1, 1)} - group.columns
    return not any(away.get(column, now_ns + SECOND) <= group.ended_ns + SLACK_NS for column in beside)
