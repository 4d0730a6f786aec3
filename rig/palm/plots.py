"""The DET curve and the distances, as pictures."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

from rig.palm.rates import det
from rig.palm.study import Study
from rig.palm.table import LABEL

COLOURS = ("#8d99ae", "#2a6f97", "#d1495b")


def draw_det(study: Study, path: Path) -> None:
    """Write the trade-off of FNMR and FMR, both on logarithmic axes, as ISO/IEC 19795-1 has it."""
    figure, axis = _new()
    for way, colour in zip(study.comparisons, COLOURS, strict=True):
        curve = det(way)
        seen = (curve.fmr > 0) & (curve.fnmr > 0)
        label = f"{way.name}: {len(way.genuine)} genuine, {len(way.impostor):.2g} impostor"
        axis.plot(curve.fmr[seen], curve.fnmr[seen], color=colour, label=label, drawstyle="steps-post")
        # Left of its last impostor a curve shows nothing but luck.
        axis.axvline(3 / len(way.impostor), color=colour, linewidth=0.6, linestyle=":")
    least = 0.5 / max(len(way.genuine) for way in study.comparisons)
    axis.plot([1e-8, 1], [1e-8, 1], color="#cccccc", linewidth=0.8)
    axis.set(xscale="log", yscale="log", xlim=(1e-7, 1), ylim=(least, 1), xlabel="FMR", ylabel="FNMR")
    axis.set_title(f"Detection error trade-off, one to one\n{LABEL}")
    _write(figure, axis, path)


def draw_distances(study: Study, path: Path) -> None:
    """Write the distributions of the three ways to compare, and the limit of the last."""
    figure, axis = _new()
    bins = np.linspace(0.1, 0.55, 181)
    for way, colour in zip(study.comparisons, COLOURS, strict=True):
        axis.hist(way.genuine, bins, density=True, histtype="stepfilled", alpha=0.35, color=colour, label=way.name)
        axis.hist(way.impostor, bins, density=True, histtype="step", color=colour)
    limit = study.plan.limits.accept
    axis.axvline(limit, color="#333333", linestyle="--", linewidth=0.9, label=f"limit of the search, {limit:g}")
    axis.set(xlabel="share of differing bits, best of 25 places", ylabel="density")
    axis.set_title(f"Genuine (filled) and impostor (outlined) distances\n{LABEL}")
    _write(figure, axis, path)


def _new() -> tuple[Figure, Any]:
    figure = Figure(figsize=(8, 5.5), layout="constrained")
    FigureCanvasAgg(figure)
    return figure, figure.subplots()


def _write(figure: Figure, axis: Any, path: Path) -> None:
    axis.grid(visible=True, which="major", alpha=0.3)
    axis.legend(fontsize=8)
    path.parent.mkdir(parents=True, exist_ok=True)
    figure.savefig(path, dpi=110)
