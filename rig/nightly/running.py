"""Runs the steps of a night, each in a process of its own; what was done before it was killed is not done again."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from contracts.clock import Stopwatch
from rig.nightly.night import Night
from rig.nightly.reading import rows_of
from rig.nightly.row import LEFT_OUT, Row
from rig.nightly.steps import Step

KILL_AFTER_S = 20.0
"""A step that is told to end gets so long for it."""


@dataclass(frozen=True, slots=True)
class Done:
    """What a command came to.

    Args:
        code: its exit code; negative for a signal.
        printed: standard output.
        errors: standard error.
    """

    code: int
    printed: str
    errors: str


Execute = Callable[[Sequence[str], Path, float], Done]


def run_night(
    night: Night,
    steps: Iterable[Step],
    *,
    folder: Path,
    budget_s: float,
    longest_s: float,
    tell: Callable[[str], None],
    execute: Execute | None = None,
) -> None:
    """Run what has not been run yet.

    Args:
        night: where results are kept.
        steps: all of it, in order.
        folder: where commands are run.
        budget_s: wall seconds after which nothing more is begun.
        longest_s: of one step.
        tell: gets a line for people before and after each step.
        execute: runs a command; None for a process.
    """
    watch = Stopwatch()
    for step in steps:
        if _is_done(night, step):
            tell(f"{step.id}: done before")
            continue
        left_s = budget_s - watch.seconds
        if left_s <= 0:
            night.keep(step.id, [_left_out(step)], 0.0)
            tell(f"{step.id}: left out, the night's budget is spent")
            continue
        _run_step(night, step, folder, min(longest_s, left_s), tell, execute or process)


def _run_step(
    night: Night, step: Step, folder: Path, within_s: float, tell: Callable[[str], None], execute: Execute
) -> None:
    out, watch = night.out(step.id), Stopwatch()
    done = execute(step.words(out, night.name), folder, within_s)
    if done.code == -2 or (done.code == 2 and "nterrupt" in done.errors):
        raise KeyboardInterrupt
    rows = rows_of(step, done.code, done.printed, done.errors, out)
    night.keep(step.id, rows, watch.seconds)
    wrong = [row for row in rows if not row.good]
    told = ", ".join(sorted({row.outcome for row in wrong})) or "good"
    tell(f"{step.id}: {told} ({watch.seconds:.0f} s)")


def process(command: Sequence[str], folder: Path, within_s: float) -> Done:
    """Run a command in a process; one that takes too long is told to end, and killed if it does not."""
    pipe = subprocess.PIPE
    with subprocess.Popen(command, cwd=folder, stdout=pipe, stderr=pipe, text=True, errors="replace") as child:  # noqa: S603  # our own
        try:
            printed, errors = child.communicate(timeout=within_s)
        except subprocess.TimeoutExpired:
            child.terminate()
            try:
                printed, errors = child.communicate(timeout=KILL_AFTER_S)
            except subprocess.TimeoutExpired:
                child.kill()
                printed, errors = child.communicate()
            errors += f"\nended after {within_s:.0f} s"
        except KeyboardInterrupt:
            child.communicate()
            raise
    return Done(child.returncode, printed, errors)


def _is_done(night: Night, step: Step) -> bool:
    """Whether a step has been run, in this go or in one that was killed."""
    kept = night.kept(step.id)
    return kept is not None and all(row.outcome != LEFT_OUT for row in kept)


def _left_out(step: Step) -> Row:
    return Row(job=step.job, case=step.name, outcome=LEFT_OUT, detail="the night's budget was spent", again=step.again)


def to_stderr(line: str) -> None:
    """Tell a person how far a night is."""
    sys.stderr.write(f"{line}\n")
    sys.stderr.flush()
