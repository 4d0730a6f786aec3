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
    """Rows added up, read by name.

    Args:
        row: (columns,), of one case or of many.
    """

    def __init__(self, row: Floats) -> None:
        self._row = row

    def __getitem__(self, name: str) -> float:
        return float(self._row[_INDEX[name]])

    @property
    def lines(self) -> Floats:
        """Return the tally of receipt lines by probability."""
        return self._row[len(NAMES) :]

    def share(self, part: str, whole: str) -> float | None:
        """Return a part of a whole, None of nothing."""
        return self[part] / self[whole] if self[whole] else None


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
