"""Runs the steps of a night, each in a process of its own; what was done before it was killed is not done again."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from contracts.clock import Stopwatch
from rig.nightly.night import Night
from rig.nightly.past import Past
from rig.nightly.process import Execute, process
from rig.nightly.reading import rows_of
from rig.nightly.row import LEFT_OUT, Row
from rig.nightly.steps import Step
from rig.nightly.turns import fits


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """How long a night may take, and what is done around its steps.

    Args:
        budget_s: wall seconds of the whole night, what was spent before it was killed included.
        longest_s: of one step.
        shares: of each job; 0 for as much as it takes.
        past: the nights before.
        tell: gets a line for people before and after each step.
        before: called before a step is run.
        after: called once what a step found is kept.
        judge: looks over what a step found before it is kept.
        execute: runs a command.
    """

    budget_s: float
    longest_s: float = 1800.0
    shares: Mapping[str, float] = field(default_factory=dict)
    past: Past = Past()  # noqa: RUF009  # frozen
    tell: Callable[[str], None]
    before: Callable[[Step], None] = lambda _: None
    after: Callable[[Step], None] = lambda _: None
    judge: Callable[[list[Row]], list[Row]] = lambda rows: rows
    execute: Execute = process


def run_night(night: Night, steps: Sequence[Step], folder: Path, terms: Terms) -> list[Step]:
    """Run what has not been run yet; return what had no room in its job's share, and comes first another night.

    Args:
        night: where results are kept.
        steps: all of it, in order.
        folder: where commands are run.
        terms: how long it may take.
    """
    put_off: list[Step] = []
    spent = Counter[str]()
    for step in steps:
        spent[step.job] += night.cost_s(step.id)  # type: ignore[assignment]  # seconds
    for step in steps:
        if night.ran(step.id):
            terms.tell(f"{step.id}: done before")
            continue
        left_s, share_s = terms.budget_s - spent.total(), terms.shares.get(step.job, 0.0)
        if share_s and not _has_room(step, terms, left_s, share_s - spent[step.job], begun=spent[step.job] > 0):
            put_off.append(step)
        elif not share_s and not fits(step, terms.past, left_s):
            _keep_left_out(night, step, terms)
        else:
            took_s, over = _run_step(night, step, folder, min(terms.longest_s, left_s), terms)
            spent[step.job] += took_s  # type: ignore[assignment]  # seconds
            if not over and share_s:
                # Kept without a finding, so that it waits its turn, and for as much time.
                night.keep(step.id, [], took_s)
                put_off.append(step)
            elif not over:
                _keep_left_out(night, step, terms)
    return put_off


def _has_room(step: Step, terms: Terms, left_s: float, of_share_s: float, *, begun: bool) -> bool:
    """Whether a step goes into what is left of the night and of its job's share; one goes in whatever the share."""
    return fits(step, terms.past, left_s) and (not begun or fits(step, terms.past, of_share_s))


def _run_step(night: Night, step: Step, folder: Path, within_s: float, terms: Terms) -> tuple[float, bool]:
    """Run a step and keep what it found; return the wall seconds that it took, and whether it came to its end."""
    out, watch = night.out(step.id), Stopwatch()
    terms.before(step)
    done = terms.execute(step.words(out, night.name), folder, within_s)
    if done.code == -2 or (done.code == 2 and "nterrupt" in done.errors):
        raise KeyboardInterrupt
    if done.late and within_s < terms.longest_s:
        # The night ended, not the step: what it would have found nobody knows.
        return watch.seconds, False
    rows = terms.judge(rows_of(step, done.code, done.printed, done.errors, out))
    night.keep(step.id, rows, watch.seconds)
    wrong = [row for row in rows if not row.good]
    told = ", ".join(sorted({row.outcome for row in wrong})) or "good"
    terms.tell(f"{step.id}: {told} ({watch.seconds:.0f} s)")
    terms.after(step)
    return watch.seconds, True


def _keep_left_out(night: Night, step: Step, terms: Terms) -> None:
    detail = "the night's budget was spent"
    night.keep(step.id, [Row(job=step.job, case=step.name, outcome=LEFT_OUT, detail=detail, again=step.again)], 0.0)
    terms.tell(f"{step.id}: left out, the night's budget is spent")


def to_stderr(line: str) -> None:
    """Tell a person how far a night is."""
    sys.stderr.write(f"{line}\n")
    sys.stderr.flush()
