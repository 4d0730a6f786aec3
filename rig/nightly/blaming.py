"""Who is to blame for what has gone wrong since the last good night: each step run again in older code."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from contracts.clock import Stopwatch
from rig.nightly.blame import Blame, checked_out, commits_between, first_bad
from rig.nightly.compare import Change, Turn
from rig.nightly.night import Night, write_whole
from rig.nightly.past import Past
from rig.nightly.process import Execute
from rig.nightly.reading import rows_of
from rig.nightly.row import Row
from rig.nightly.steps import Step


def blames(
    night: Night,
    past: Past,
    changed: Sequence[Change],
    steps: Sequence[Step],
    folder: Path,
    budget_s: float,
    execute: Execute,
) -> dict[tuple[str, str, str], Blame]:
    """Look for the first bad commit of everything that has gone wrong since, as long as there is time."""
    watch, found = Stopwatch(), {}
    for change in changed:
        step = next((step for step in steps if change.row in (night.kept(step.id) or ())), None)
        good = past.good.get(step.id, past.newest) if step else None
        if change.turn is not Turn.WRONG or step is None or good is None or watch.seconds >= budget_s:
            continue
        commits = commits_between(folder, good.head.commit.rstrip("+"), night.head.commit.rstrip("+"))
        out = night.out(f"{step.id}-blame")
        trial = _Trial(step, change.row, folder, out, night.name, lambda: budget_s - watch.seconds, execute)
        found[change.row.key] = first_bad(commits, trial, budget_s - watch.seconds)
    return found


@dataclass(frozen=True, slots=True)
class _Trial:
    """Runs a step as of a commit."""

    step: Step
    row: Row
    folder: Path
    out: Path
    night: str
    left_s: Callable[[], float]
    execute: Execute

    def __call__(self, commit: str) -> bool | None:
        """Return whether the case is good there, None when that cannot be told."""
        with checked_out(self.folder, commit) as tree:
            if tree is None:
                return None
            command = ["env", f"PYTHONPATH={tree}", *self.step.words(self.out, self.night)]
            done = self.execute(command, tree, max(1.0, self.left_s()))
            rows = rows_of(self.step, done.code, done.printed, done.errors, self.out)
        there = next((other for other in rows if other.key == self.row.key), None)
        if not done.late and there is not None and there.outcome != "error":
            return there.good
        write_whole(self.out / f"{commit[:12]}.txt", f"exit code {done.code}\n{done.printed}\n{done.errors}")
        return None
