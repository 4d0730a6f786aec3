"""What a case adds to every figure, as one row of numbers, so that a resample of the cases is a sum of rows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields

import numpy as np

from rig.score.calibration import BINS, tally
from rig.score.case import CaseScore, Counts
from rig.score.intervals import Floats
from rig.score.measure import TRACKING

_COUNTS = tuple(field.name for field in fields(Counts))
_OWN = ("cases", "cases_exact", "f1_sum", "f1_cases", "lines_all", "lines_billed", "lines_wrong")
_COST = ("cpu_s", "cpu_simulated_s", "stack_cpu_s", "stack_simulated_s")
_TRACKED = tuple(f"{name}{part}" for name in TRACKING for part in ("_sum", "_cases"))
NAMES = (*_COUNTS, *_OWN, *_COST, *_TRACKED)
_INDEX = {name: i for i, name in enumerate(NAMES)}


class Sums:
    """Rows added up, read by name; many sums at once, for all that follows is the same for one and for a thousand.

    Args:
        table: (draws, columns).
    """

    def __init__(self, table: Floats) -> None:
        self._table = table

    def __getitem__(self, name: str) -> Floats:
        column: Floats = self._table[:, _INDEX[name]]
        return column

    @property
    def lines(self) -> Floats:
        """Return the tallies of receipt lines by probability, (draws, 3 * BINS)."""
        return self._table[:, len(NAMES) :]

    def share(self, part: str, whole: str) -> Floats:
        """Return a part of a whole, NaN of nothing."""
        return divided(self[part], self[whole])


def divided(part: Floats, whole: Floats) -> Floats:
    """Return part / whole, NaN where the whole is nothing."""
    quotient: Floats = np.divide(part, whole, out=np.full(part.shape, np.nan), where=whole != 0)
    return quotient


def total(cases: Sequence[CaseScore]) -> Sums:
    """Return the sums of all cases, as one draw."""
    return Sums(rows(cases).sum(axis=0, keepdims=True))


def rows(cases: Sequence[CaseScore]) -> Floats:
    """Return (cases, columns): what each case adds."""
    return np.array([_row(case) for case in cases]).reshape(len(cases), len(NAMES) + 3 * BINS)


def _row(case: CaseScore) -> Floats:
    counts, f1 = case.counts, case.counts.f1
    said: dict[str, float] = {name: float(getattr(counts, name)) for name in _COUNTS}
    said |= {"cases": 1.0, "cases_exact": float(counts.exact == counts.receipts)}
    said |= {"f1_sum": f1 or 0.0, "f1_cases": float(f1 is not None)}
    said["lines_all"] = float(len(case.lines))
    said["lines_billed"] = float(sum(line.billed for line in case.lines))
    said["lines_wrong"] = float(sum(line.billed and not line.right for line in case.lines))
    if case.cost is not None:
        said |= {"cpu_s": case.cost.cpu_s, "cpu_simulated_s": case.cost.simulated_s}
    if case.cost is not None and case.cost.stack_cpu_s is not None:
        said |= {"stack_cpu_s": case.cost.stack_cpu_s, "stack_simulated_s": case.cost.simulated_s}
    for name, value in case.tracking.items():
        said |= {f"{name}_sum": value, f"{name}_cases": 1.0}
    lines = tally([(line.probability, line.right) for line in case.lines])
    return np.concatenate([[said.get(name, 0.0) for name in NAMES], lines])
