"""The figures of a score: what each is, how it comes from the sums, and how sure it is."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from rig.score.calibration import expected_error
from rig.score.case import CaseScore
from rig.score.intervals import Floats, Interval, bootstrap, bootstrap_quantile, wilson
from rig.score.sums import Sums, divided, rows, total


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure of a group of cases.

    Args:
        value: None where the cases hold nothing to compute it from.
        low: lower end of its 95 % interval, None where it has none.
        high: upper end.
        of: how many receipts, lines, events or cases it rests on.
    """

    value: float | None
    low: float | None = None
    high: float | None = None
    of: float = 0.0


@dataclass(frozen=True, slots=True)
class Kind:
    """What a figure is.

    Args:
        name: in tables, files and gates.
        about: what it means.
        unit: "share" (0 to 1), "count", "ms", "s/s" or "error" (0 to 1).
    """

    name: str
    about: str
    unit: str = "share"


@dataclass(frozen=True, slots=True)
class _Rate:
    """A share of independent trials."""

    part: str
    whole: str


@dataclass(frozen=True, slots=True)
class _Mean:
    """A figure of sums, which has no interval of its own."""

    of: Callable[[Sums], Floats]
    whole: str


def _f1(sums: Sums) -> Floats:
    return divided(2 * sums["units_right"], sums["units_billed"] + sums["units_taken"])


def _quotient(part: str, whole: str) -> _Mean:
    return _Mean(lambda sums: sums.share(part, whole), whole)


KINDS: dict[Kind, _Rate | _Mean] = {
    Kind("exact", "receipts that list what was taken, and nothing else"): _Rate("exact", "receipts"),
    Kind("exact_cases", "cases whose receipts are all exact"): _Rate("cases_exact", "cases"),
    Kind("f1", "person x product, all cases together"): _Mean(_f1, "units_taken"),
    Kind("f1_mean", "the same, mean of the cases"): _quotient("f1_sum", "f1_cases"),
    Kind("precision", "units on receipts that were taken"): _Rate("units_right", "units_billed"),
    Kind("recall", "units taken that are on receipts"): _Rate("units_right", "units_taken"),
    Kind("event_precision", "shelf events that happened"): _Rate("events_right", "events"),
    Kind("event_recall", "changes of load that were seen"): _Rate("changes_seen", "changes"),
    Kind("owner", "changes of load ascribed to whose hand it was"): _Rate("owners_right", "owners"),
    Kind("wrong", "lines of final receipts that are wrong", "error"): _Rate("lines_wrong", "lines_billed"),
    Kind("missed", "lines that final receipts lack", "error"): _Rate("final_missed", "final_lines"),
    Kind("held", "receipts held for review that should be final", "error"): _Rate("held", "due_final"),
    Kind("ece", "expected calibration error of line probabilities", "error"): _Mean(
        lambda sums: expected_error(sums.lines), "lines_all"
    ),
    Kind("hota", "tracking, mean of the cases"): _quotient("hota_sum", "hota_cases"),
    Kind("idf1", "identity F1 of tracks, mean of the cases"): _quotient("idf1_sum", "idf1_cases"),
    Kind("mota", "CLEAR accuracy of tracks, mean of the cases"): _quotient("mota_sum", "mota_cases"),
    Kind("switches", "identity switches in all", "count"): _Mean(lambda sums: sums["switches"], "hota_cases"),
    Kind("cpu", "CPU seconds of the whole a simulated second", "s/s"): _quotient("cpu_s", "cpu_simulated_s"),
    Kind("stack_cpu", "CPU seconds of the stack alone", "s/s"): _quotient("stack_cpu_s", "stack_simulated_s"),
}

_LATENCY = {
    Kind("latency_median", "from leaving to the receipt, median", "ms"): 0.5,
    Kind("latency_p95", "95th percentile", "ms"): 0.95,
    Kind("latency_max", "longest", "ms"): 1.0,
}

ALL = (*KINDS, *_LATENCY)


def figures(cases: Sequence[CaseScore]) -> dict[str, Figure]:
    """Return every figure of some cases, by name."""
    table, sums = rows(cases), total(cases)
    found = {kind.name: _figure(kind.name, how, sums, table) for kind, how in KINDS.items()}
    waits = [np.array(case.latencies_ms) for case in cases if case.latencies_ms]
    return found | {kind.name: _latency(kind.name, share, waits) for kind, share in _LATENCY.items()}


def _figure(name: str, how: _Rate | _Mean, sums: Sums, table: Floats) -> Figure:
    of = float(sums[how.whole][0])
    if isinstance(how, _Rate):
        return _with(float(sums.share(how.part, how.whole)[0]), wilson(float(sums[how.part][0]), of), of)
    value = float(how.of(sums)[0])
    if name == "switches":
        return Figure(value if of else None, of=of)
    return _with(value, bootstrap(table, lambda drawn: how.of(Sums(drawn)), name), of)


def _latency(name: str, share: float, waits: list[Floats]) -> Figure:
    if not waits:
        return Figure(None)
    pooled = np.concatenate(waits)
    # How long the longest of other cases would be, no resample of these can tell.
    interval = None if share == 1.0 else bootstrap_quantile(waits, share, name)
    return _with(float(np.quantile(pooled, share)), interval, float(len(pooled)))


def _with(value: float, interval: Interval | None, of: float) -> Figure:
    if math.isnan(value):
        return Figure(None, of=of)
    low, high = interval or (None, None)
    return Figure(value, low, high, of)
