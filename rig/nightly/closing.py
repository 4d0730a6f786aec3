"""The end of a night: held against the nights before, the first bad commits looked for, the page written."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from rig.nightly import history
from rig.nightly.blame import Blame
from rig.nightly.blaming import blames
from rig.nightly.compare import FOR_THE_WORSE, Change, changes
from rig.nightly.night import Night, write_whole
from rig.nightly.past import Past
from rig.nightly.plan import Plan
from rig.nightly.process import Execute
from rig.nightly.steps import Step
from rig.nightly.summary import Told, summary

SPEEDS = frozenset({"run", "replay", "kept", "bench"})
"""Kinds of jobs whose figures are times."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a night came out.

    Args:
        night: its folder.
        good: whether nothing was for the worse.
        changed: against the last good night.
        against: name of that night, "" when there is none.
        in_history: whether its rows are Parquet too.
        put_off: steps that had no room in their job's share.
        blames: first bad commits, by what went wrong.
    """

    night: Night
    good: bool
    changed: Sequence[Change]
    against: str
    in_history: bool
    put_off: Sequence[Step]
    blames: dict[tuple[str, str, str], Blame]


def closed(
    night: Night,
    plan: Plan,
    steps: Sequence[Step],
    put_off: Sequence[Step],
    past: Past,
    folder: Path,
    blame_s: float,
    execute: Execute,
    now: Callable[[], datetime],
) -> Outcome:
    """Close a night.

    Args:
        night: all of whose steps are over.
        plan: its own.
        steps: of the plan, in order.
        put_off: those that had no room in their job's share.
        past: the nights before.
        folder: where commands are run.
        blame_s: wall seconds to look for first bad commits.
        execute: runs a command.
        now: says what time it is.
    """
    ids, later = [step.id for step in steps], {step.id for step in put_off}
    rows, before = night.rows(), past.rows(ids, [each for each in ids if each not in later])
    speeds = [name for name, job in plan.jobs.items() if job.kind in SPEEDS]
    compared = past.newest is not None
    changed = changes(rows, before, speeds=speeds, slower=plan.slower, compared=compared)
    good = not any(change.turn in FOR_THE_WORSE for change in changed)
    found = blames(night, past, changed, steps, folder, blame_s, execute) if blame_s else {}
    night.close(now(), good=good)
    against = past.newest.name if past.newest else ""
    told = Told(rows, changed, good, against, found, steps, put_off, {each: night.cost_s(each) for each in ids})
    write_whole(night.folder / "summary.html", summary(night.name, night.head, told))
    return Outcome(night, good, changed, against, history.keep(night), put_off, found)
