"""The real log and its twin side by side, as pictures."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

from contracts.layout import shelf_of
from rig.fidelity.log import PickLog
from rig.fidelity.measure import Measured
from rig.fidelity.study import Study

COLOURS = {"real": "#1b6ca8", "twin": "#d1495b"}
BEFORE_S, AFTER_S = 6.0, 4.6
APART_G = 120.0


def draw_study(study: Study, path: Path) -> None:
    """Write the picture of a study.

    Args:
        study: the two logs.
        path: a PNG file; its folder is made.
    """
    figure = Figure(figsize=(14, 13), layout="constrained")
    FigureCanvasAgg(figure)
    axes: Any = figure.subplots(3, 2)
    sides = {"real": (study.real, study.real_measured), "twin": (study.twin, study.twin_measured)}
    for name, (_, measured) in sides.items():
        _idle(axes[0][0], name, measured)
        _spectrum(axes[0][1], name, measured)
    for column, (name, (log, _)) in enumerate(sides.items()):
        _plate(axes[1][column], name, log)
        _shelf(axes[2][column], name, log)
    for row in (1, 2):
        limits = [axis.get_ylim() for axis in axes[row]]
        for axis in axes[row]:
            axis.set_ylim(min(low for low, _ in limits), max(high for _, high in limits))
    for axis in axes[0]:
        axis.legend()
    figure.suptitle("Plates of the real store and of its twin around the same pick")
    path.parent.mkdir(parents=True, exist_ok=True)
    figure.savefig(path, dpi=100)


def _idle(axis: Any, name: str, measured: Measured) -> None:
    ranked = np.sort(measured.idle_g)
    axis.plot(ranked, np.linspace(0, 100, len(ranked)), color=COLOURS[name], label=f"{name}, {len(ranked)} plates")
    axis.set(xscale="log", xlabel="standard deviation in 1 s, grams", ylabel="plates below, %", title="Idle noise")
    axis.grid(visible=True, which="both", alpha=0.3)


def _spectrum(axis: Any, name: str, measured: Measured) -> None:
    axis.plot(measured.hertz, measured.density, color=COLOURS[name], label=name)
    axis.set(yscale="log", xlabel="Hz", ylabel="share of a plate's noise", title="Spectrum before the pick")
    axis.grid(visible=True, which="both", alpha=0.3)


def _plate(axis: Any, name: str, log: PickLog) -> None:
    seconds, grams = _around(log)
    column = log.rack.plates.index(log.plate)
    axis.plot(seconds, grams[:, column], color=COLOURS[name], linewidth=0.8)
    axis.set(xlabel="seconds from the pick", ylabel="grams", title=f"{name}: {log.plate}")
    axis.grid(visible=True, alpha=0.3)


def _shelf(axis: Any, name: str, log: PickLog) -> None:
    seconds, grams = _around(log)
    shelf = shelf_of(log.plate)
    others = [c for c in log.rack.columns(shelf) if log.rack.plates[c] != log.plate]
    for i, column in enumerate(others):
        axis.plot(seconds, grams[:, column] - i * APART_G, color=COLOURS[name], linewidth=0.6)
    axis.set(xlabel="seconds from the pick", ylabel=f"grams, {APART_G:.0f} apart", title=f"{name}: rest of {shelf}")
    axis.grid(visible=True, alpha=0.3)


def _around(log: PickLog) -> tuple[Any, Any]:
    """Return seconds from the pick and grams from the level before it."""
    cut = log.rack.between(log.pick_s - BEFORE_S, log.pick_s + AFTER_S)
    level = np.median(cut.grams[: round(2 * cut.hz)], axis=0)
    return cut.seconds - log.pick_s, cut.grams - level
