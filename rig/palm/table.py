"""A study as rows: the measure by its standard name, what was counted, and what it is held to."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from rig.palm.pairs import Comparisons
from rig.palm.rates import Share, det, equal_error, fnmr_at
from rig.palm.study import Study
from rig.palm.tail import false_match_rate, false_positive_rate

LABEL = "SYNTHETIC palms: says nothing about real ones"
TARGETS = {"EER": 0.005, "FNMR": 0.02, "FPIR": 1e-3, "FNIR": 0.02}
"""Of the way that the stack decides by: best of three BOCV samples."""
LEAST_PAIRS = 3_000_000
"""Impostor comparisons that a claim at FMR 1e-6 needs: three in a million at the least."""


@dataclass(frozen=True, slots=True)
class Row:
    """One line.

    Args:
        measure: its name in the standard.
        of: what it was measured on.
        value: the rate.
        counted: errors and trials, where it is a share.
        target: what it must not be above; None where it is only told.
    """

    measure: str
    of: str
    value: float
    counted: Share | None = None
    target: float | None = None

    @property
    def met(self) -> bool | None:
        """Whether it is as good as wanted; None without a target."""
        return None if self.target is None else self.value <= self.target


def rows(study: Study) -> Iterator[Row]:
    """Yield all measures of a study."""
    yield _counted("FTE", "palms, up to five pictures each", study.fte)
    yield _counted("FTA", "later presentations", study.fta)
    for comparisons in study.comparisons:
        yield from _verification(comparisons, decided=comparisons is study.comparisons[-1])
    found = study.identification
    among = f"N = {found.size}, {found.real} of them real codes"
    yield _counted("FPIR", among, found.fpir, TARGETS["FPIR"])
    yield _counted("FNIR", f"{among}, FTA counted", found.fnir, TARGETS["FNIR"])
    yield from _expected(study)
    yield _counted("BPCER", "living hands", study.bpcer)
    for attack in study.attacks:
        yield _counted("APCER", attack.species.value, attack.apcer)
        yield _counted("IAPMR", attack.species.value, attack.iapmr)


def distribution_rows(study: Study) -> Iterator[tuple[str, float, float]]:
    """Yield name, mean and standard deviation of each distribution of distances."""
    for way in study.comparisons:
        yield f"genuine, {way.name}", float(np.mean(way.genuine)), float(np.std(way.genuine))
        yield f"impostor, {way.name}", float(np.mean(way.impostor)), float(np.std(way.impostor))
    yield "strangers to real palms, fused CompCode", *study.identification.real_apart
    yield "strangers to mosaics, fused CompCode", *study.identification.mosaic_apart


def _expected(study: Study) -> Iterator[Row]:
    """Yield what the pairs of real codes say of a search: mosaics have none of their rare near misses."""
    limit, impostor = study.plan.limits.accept, study.comparisons[-1].impostor
    counted = Share(int(np.count_nonzero(impostor <= limit)), len(impostor))
    yield _counted("FMR", f"{study.comparisons[-1].name}, at the search's limit {limit:g}", counted)
    rate = false_positive_rate(false_match_rate(impostor, limit), study.identification.size)
    among = f"N = {study.identification.size}, were all real: tail of real pairs, extrapolated"
    yield Row("FPIR", among, rate, None, TARGETS["FPIR"] if len(impostor) >= LEAST_PAIRS else None)


def _verification(found: Comparisons, *, decided: bool) -> Iterator[Row]:
    targets = TARGETS if decided else {}
    yield Row("EER", found.name, equal_error(det(found)), None, targets.get("EER"))
    for fmr in (1e-3, 1e-6):
        limit, share = fnmr_at(found, fmr)
        enough = fmr > 1e-6 or len(found.impostor) >= LEAST_PAIRS
        allowed = int(fmr * len(found.impostor))
        note = f"{found.name}, distance < {limit:.3f} ({allowed} of {len(found.impostor)} impostors)"
        target = targets.get("FNMR") if fmr == 1e-6 and enough else None
        yield _counted(
            f"FNMR at FMR {fmr:g}" if enough else f"FNMR at FMR < {3 / len(found.impostor):.0e}", note, share, target
        )


def _counted(measure: str, of: str, share: Share, target: float | None = None) -> Row:
    return Row(measure, of, share.rate, share, target)
