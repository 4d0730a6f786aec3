"""The jobs of a night on its page: how much of each was done, what it took, and what comes first another night."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from html import escape

from rig.nightly.steps import Step
from rig.nightly.tables import table

MOST_NAMES = 12


def jobs_table(steps: Sequence[Step], put_off: Sequence[Step], costs: Mapping[str, float]) -> str:
    """Return the table of jobs.

    Args:
        steps: all of the plan.
        put_off: those that had no room in their job's share, the next one first.
        costs: wall seconds of each step, by its id.
    """
    total = f"<p>{sum(costs.values()) / 60:.1f} minutes in all.</p>"
    names = ("job", "steps tonight", "minutes", "first another night")
    return total + table(names, _rows(steps, put_off, costs))


def _rows(steps: Sequence[Step], put_off: Sequence[Step], costs: Mapping[str, float]) -> Iterator[list[str]]:
    for job in dict.fromkeys(step.job for step in steps):
        mine = [step for step in steps if step.job == job]
        later = [step.name for step in put_off if step.job == job]
        minutes = sum(costs.get(step.id, 0.0) for step in mine) / 60
        more = f" and {len(later) - MOST_NAMES} more" if len(later) > MOST_NAMES else ""
        told = f"{', '.join(later[:MOST_NAMES])}{more}"
        yield [escape(job), f"{len(mine) - len(later)} of {len(mine)}", f"{minutes:.1f}", escape(told)]
