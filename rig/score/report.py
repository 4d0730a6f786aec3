"""The score of a suite: all figures in total and by number of shoppers, and the cases behind them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from rig.score.calibration import Bin, curve
from rig.score.case import CaseScore, State
from rig.score.figures import Figure, figures
from rig.score.sums import total

FORMAT = 1
"""Of the JSON; grows when a key changes its meaning or goes away."""


@dataclass(frozen=True, slots=True)
class Group:
    """Cases that are looked at together.

    Args:
        cases: how many.
        figures: by name.
    """

    cases: int
    figures: Mapping[str, Figure]


@dataclass(frozen=True, slots=True)
class Report:
    """A whole score.

    Args:
        suite: what was scored.
        about: one sentence.
        stack: the stack under test.
        wanted: how many cases there are to score; more than `cases` when it was interrupted.
        cases: every case, by name.
        total: of all that could be scored.
        by_shoppers: of those with so many shoppers.
        reliability: share of right lines by their probability.
        notes: what the suite's makers had to leave out.
    """

    suite: str
    about: str
    stack: str
    wanted: int
    cases: tuple[CaseScore, ...]
    total: Group
    by_shoppers: Mapping[int, Group]
    reliability: tuple[Bin, ...]
    notes: tuple[str, ...] = ()

    def in_state(self, state: State) -> tuple[CaseScore, ...]:
        """Return the cases that went so."""
        return tuple(case for case in self.cases if case.state is state)

    @property
    def troubled(self) -> tuple[CaseScore, ...]:
        """Return the cases in which the rig or the script was at fault, also those that were scored."""
        return tuple(case for case in self.cases if case.troubles and case.state is not State.DIED)


def report(
    cases: Sequence[CaseScore],
    *,
    suite: str,
    about: str = "",
    stack: str = "",
    wanted: int | None = None,
    notes: Sequence[str] = (),
) -> Report:
    """Put the score of some cases together; their order does not matter."""
    ordered = tuple(sorted(cases, key=lambda case: (case.name, case.seed, case.recording)))
    scored = [case for case in ordered if case.scored]
    counts = sorted({case.shoppers for case in scored})
    return Report(
        suite=suite,
        about=about,
        stack=stack,
        wanted=len(ordered) if wanted is None else wanted,
        cases=ordered,
        total=_group(scored),
        by_shoppers={count: _group([case for case in scored if case.shoppers == count]) for count in counts},
        reliability=curve(total(scored).lines[0]),
        notes=tuple(notes),
    )


def as_data(found: Report) -> dict[str, Any]:
    """Return a score as plain data."""
    return {
        "format": FORMAT,
        "suite": found.suite,
        "about": found.about,
        "stack": found.stack,
        "wanted": found.wanted,
        "total": asdict(found.total),
        "by_shoppers": {str(count): asdict(group) for count, group in found.by_shoppers.items()},
        "reliability": [asdict(part) for part in found.reliability],
        "notes": list(found.notes),
        "cases": [_case(case) for case in found.cases],
    }


def _group(cases: Sequence[CaseScore]) -> Group:
    return Group(len(cases), figures(cases))


def _case(case: CaseScore) -> dict[str, Any]:
    data = asdict(case)
    data["lines"] = [asdict(line) for line in case.lines]
    return data | {"state": case.state.value, "f1": case.counts.f1}
