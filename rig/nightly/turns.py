"""Whose turn it is: of a job that has a share of the night, those steps first that have waited longest."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from itertools import groupby

from rig.nightly.past import Past
from rig.nightly.steps import Step

SLACK = 1.3
"""A step may take so much longer than it did before."""


def in_turn(steps: Sequence[Step], shares: Mapping[str, float], past: Past, night: str) -> list[Step]:
    """Return the steps in the order of this night.

    Within a job that has a share, the step comes first that was run longest ago; of those that were never run, or in
    the same night, the first is another each day.

    Args:
        steps: in the order of the plan.
        shares: wall seconds of each job; 0 for as much as it takes.
        past: the nights before.
        night: name of this one, which begins with its date.
    """
    day, ordered = date.fromisoformat(night[:10]).toordinal(), list[Step]()
    for job, group in groupby(steps, key=lambda step: step.job):
        mine = list(group)
        if shares.get(job):
            turned = _turned(mine, day)
            mine = sorted(turned, key=lambda step: past.last.get(step.id, ""))
        ordered += mine
    return ordered


def _turned(steps: Sequence[Step], day: int) -> list[Step]:
    """Return the steps, begun at another place each day; days in a row begin far apart."""
    at = day * 7 % len(steps)
    return [*steps[at:], *steps[:at]]


def fits(step: Step, past: Past, left_s: float) -> bool:
    """Whether a step is likely to be over in time.

    Args:
        step: which.
        past: the nights before.
        left_s: wall seconds that are left for it.
    """
    return left_s > 0 and max(step.least_s, past.cost_s(step.id) * SLACK) <= left_s
