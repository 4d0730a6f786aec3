"""One night from its plan to its summary."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from contracts.clock import SECOND, Stopwatch, WallClock
from rig.nightly import blame, history
from rig.nightly.compare import FOR_THE_WORSE, Change, Turn, changes
from rig.nightly.night import Night, begin, last_good, write_whole
from rig.nightly.plan import Plan, read_plan
from rig.nightly.reading import rows_of
from rig.nightly.row import Row
from rig.nightly.running import Execute, process, run_night
from rig.nightly.steps import Step, steps_of
from rig.nightly.summary import summary

SPEEDS = frozenset({"run", "replay", "bench"})
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
    """

    night: Night
    good: bool
    changed: Sequence[Change]
    against: str
    in_history: bool


def run_plan(
    path: Path,
    nights: Path,
    *,
    blame_s: float = 0.0,
    tell: Callable[[str], None],
    execute: Execute = process,
) -> Outcome:
    """Run a night, or the rest of one that was killed; compare and remember it.

    Args:
        path: of the plan; commands run in the working directory.
        nights: folder of all nights.
        blame_s: wall seconds to look for first bad commits; 0: not at all.
        tell: gets a line for people now and then.
        execute: runs a command.

    Raises:
        BadFile: the plan is wrong.
        NothingToRun: a job of it has nothing to do.
    """
    plan, folder = read_plan(path), Path.cwd()
    steps = steps_of(plan, folder)
    digest = hashlib.sha256(path.read_bytes()).hexdigest()[:16]
    night = begin(nights, blame.head(folder), digest, _now())
    tell(f"night {night.name}: {len(steps)} steps")
    budget_s, longest_s = plan.budget / SECOND, plan.longest / SECOND
    run_night(night, steps, folder=folder, budget_s=budget_s, longest_s=longest_s, tell=tell, execute=execute)
    return _closed(night, nights, plan, steps, folder, digest, blame_s, execute)


def _closed(
    night: Night,
    nights: Path,
    plan: Plan,
    steps: Sequence[Step],
    folder: Path,
    digest: str,
    blame_s: float,
    execute: Execute,
) -> Outcome:
    rows, good_one = night.rows(), last_good(nights, night, digest)
    speeds = [name for name, job in plan.jobs.items() if job.kind in SPEEDS]
    changed = changes(rows, good_one.rows() if good_one else [], speeds=speeds, slower=plan.slower)
    good = not any(change.turn in FOR_THE_WORSE for change in changed)
    found = _blames(night, good_one, changed, steps, folder, blame_s, execute) if good_one and blame_s else {}
    night.close(_now(), good=good)
    against = good_one.name if good_one else ""
    page = summary(night.name, night.head, rows, changed, good=good, against=against, blames=found)
    write_whole(night.folder / "summary.html", page)
    return Outcome(night, good, changed, against, history.keep(night))


def _blames(
    night: Night,
    good_one: Night,
    changed: Sequence[Change],
    steps: Sequence[Step],
    folder: Path,
    budget_s: float,
    execute: Execute,
) -> dict[tuple[str, str, str], blame.Blame]:
    """Look for the first bad commit of everything that has gone wrong since, as long as there is time."""
    watch, found = Stopwatch(), {}
    commits = blame.commits_between(folder, good_one.head.commit.rstrip("+"), night.head.commit.rstrip("+"))
    for change in changed:
        step = next((step for step in steps if step.job == change.row.job and _holds(night, step, change.row)), None)
        if change.turn is Turn.WRONG and step is not None and watch.seconds < budget_s:
            is_good = partial(_is_good, folder, step, change.row, night.out(f"{step.id}-blame"), night.name, execute)
            found[change.row.key] = blame.first_bad(commits, is_good, budget_s - watch.seconds)
    return found


def _holds(night: Night, step: Step, row: Row) -> bool:
    return row in (night.kept(step.id) or [])


def _is_good(folder: Path, step: Step, row: Row, out: Path, night: str, execute: Execute, commit: str) -> bool | None:
    """Run a step as of a commit; return whether its case is good there, None when that cannot be told."""
    with blame.checked_out(folder, commit) as tree:
        if tree is None:
            return None
        command = ["env", f"PYTHONPATH={tree}", *step.words(out, night)]
        done = execute(command, tree, 1800.0)
        rows = rows_of(step, done.code, done.printed, done.errors, out)
    there = next((other for other in rows if other.key == row.key), None)
    return None if there is None or there.outcome == "error" else there.good


def _now() -> datetime:
    return datetime.fromtimestamp(WallClock().epoch_ns / SECOND, UTC)
