"""One thing that a night found out: how a case went, or what was measured."""

from __future__ import annotations

from dataclasses import dataclass

LEFT_OUT = "left out"
GOOD = frozenset({"pass", "xfail", "skipped", ""})
"""Outcomes that are right; "" belongs to rows that only measure."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A row of the history.

    Args:
        job: of the plan.
        case: scenario, recording, suite or measure.
        measure: what was measured; "outcome" for how a case went.
        outcome: "pass", "fail", "xfail", "xpass", "error", "diverged", "found", "skipped", "left out", or "".
        value: the figure, None for outcomes.
        low: lower end of its interval, None where it has none.
        high: upper end.
        better: which way is good: "higher", "lower" or "".
        digest: of all messages, where there is a run.
        detail: what was wrong, for people.
        again: the command that does it again.
        page: the run's page, relative to the night's folder, "" for none.
    """

    job: str
    case: str
    measure: str = "outcome"
    outcome: str = ""
    value: float | None = None
    low: float | None = None
    high: float | None = None
    better: str = ""
    digest: str = ""
    detail: str = ""
    again: str = ""
    page: str = ""

    @property
    def key(self) -> tuple[str, str, str]:
        """What it is the same row as in another night."""
        return self.job, self.case, self.measure

    @property
    def good(self) -> bool:
        """Whether it is as it should be."""
        return self.outcome in GOOD
