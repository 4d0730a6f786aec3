"""What earlier nights tell of steps: when each was last run, what it cost, and how it was when it was last good."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median

from rig.nightly.night import Night, all_nights
from rig.nightly.row import Row

NIGHTS, COSTS = 60, 3
"""How many nights back; how many costs of a step count."""


@dataclass(frozen=True, slots=True)
class Past:
    """The nights before this one, newest first.

    Args:
        good: for each step, the newest night of the same plan that came out well and ran it.
        last: for each step, the name of the newest night that ran it.
        costs: for each step, the wall seconds of its last runs, the newest first.
        newest: the newest night that came out well, of the same plan.
    """

    good: Mapping[str, Night] = field(default_factory=dict)
    last: Mapping[str, str] = field(default_factory=dict)
    costs: Mapping[str, Sequence[float]] = field(default_factory=dict)
    newest: Night | None = None

    def cost_s(self, step: str) -> float:
        """Return about how long a step takes, wall seconds: one that was never run, as others of its job; else 0."""
        known = self.costs.get(step, ())[:COSTS]
        job = step.partition("--")[0] + "--"
        alike = known or [cost for other in self.costs if other.startswith(job) for cost in self.costs[other][:COSTS]]
        return median(alike) if alike else 0.0

    def rows(self, planned: Sequence[str], ran: Sequence[str]) -> list[Row]:
        """Return the rows to hold a night against: of each step that it ran, and of steps that are no more.

        Args:
            planned: all steps of the plan.
            ran: those that this night ran.
        """
        rows = [row for step in ran if step in self.good for row in self.good[step].kept(step) or ()]
        gone = self.newest.steps() if self.newest else []
        return rows + [
            row for step in gone if step not in planned and self.newest for row in self.newest.kept(step) or ()
        ]


def past_of(nights: Path, night: Night, plan: str) -> Past:
    """Read what the nights before one tell.

    Args:
        nights: folder of all nights.
        night: the one.
        plan: digest of its plan.
    """
    good, last, costs, newest = dict[str, Night](), dict[str, str](), dict[str, list[float]](), None
    for other in [*all_nights(nights)][: -NIGHTS - 1 : -1]:
        if other.name == night.name:
            continue
        head = other.head
        well = bool(head.good) and head.plan == plan
        newest = newest or (other if well else None)
        for step in other.steps():
            if other.ran(step):
                last.setdefault(step, other.name)
                costs.setdefault(step, []).append(other.cost_s(step))
                if well:
                    good.setdefault(step, other)
    return Past(good, last, costs, newest)
