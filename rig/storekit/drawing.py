"""What several pictures of a store share: figures without a display, the plan's outlines, the elevations' axes."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np

from contracts.geometry import Floats
from contracts.layout import Gondola, Layout
from rig.storekit.places import footprint
from rig.view.frames import writing

DPI = 110
RACK = "#d9d4c7"
EDGE = "#8a8577"
METRE_IN = 1.6
"""Inches of paper a metre of store."""
MARGIN_M = 0.5


def new_figure(width_m: float, height_m: float, margin_in: tuple[float, float] = (2.0, 1.4)) -> tuple[Any, Any]:
    """Return a figure of one picture and its axes, sized for a part of a store."""
    # The object interface has no global state and needs no display.
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    size = (max(width_m * METRE_IN, 3.0) + margin_in[0], max(height_m * METRE_IN, 2.0) + margin_in[1])
    figure = Figure(figsize=size, layout="constrained")
    FigureCanvasAgg(figure)
    return figure, figure.add_subplot()


def save(figure: Any, output: Path) -> Path:
    """Write a figure as PNG; return the file."""
    with writing(output):
        figure.savefig(output, dpi=DPI, metadata={"Software": None})
    return output


def draw_outlines(axes: Any, layout: Layout, *, filled: bool = True) -> None:
    """Draw racks, walls, lanes and the edge of the sales floor from above."""
    for gondola in layout.gondolas:
        corners = footprint(gondola)
        axes.fill(*corners.T, color=RACK if filled else "none", ec=EDGE, zorder=2)
        axes.plot(*corners[:2].T, color=EDGE, lw=2.5, zorder=2)
        middle = corners.mean(axis=0)
        axes.text(*middle, gondola.id, ha="center", va="center", fontsize=7, rotation=_upright(gondola), zorder=3)
    for wall in layout.walls:
        axes.plot(*zip(wall.start, wall.end, strict=True), color="#444", lw=2 if wall.height_m > 1.5 else 1, zorder=3)
    for gate in layout.gates:
        half = gate.width_m / 2
        ends = gate.pose.apply([[0, -half, 0], [0, half, 0]])
        axes.plot(ends[:, 0], ends[:, 1], color="#c0392b" if gate.entry else "#27ae60", lw=3, zorder=4)
        axes.annotate(gate.id, ends[0, :2], textcoords="offset points", xytext=(3, 3), fontsize=7, zorder=6)
    x0, y0, x1, y1 = layout.inside_m
    axes.plot([x0, x1, x1, x0, x0], [y0, y0, y1, y1, y0], color="#bbb", lw=0.8, ls=":", zorder=1)
    frame(axes, layout)


def frame(axes: Any, layout: Layout) -> None:
    """Show all that stands in the store; the surveyed floor may reach far into the street."""
    low, high = extent(layout)
    axes.set(xlim=(low[0], high[0]), ylim=(low[1], high[1]), aspect="equal", xlabel="x, m", ylabel="y, m")


def extent(layout: Layout) -> tuple[Floats, Floats]:
    """Return the lower and upper corner (2,) of what a plan shows."""
    x0, y0, x1, y1 = layout.inside_m
    points = [(x0, y0), (x1, y1), *(end for wall in layout.walls for end in (wall.start, wall.end))]
    points += [camera.pose.position[:2] for camera in layout.cameras]
    points += [gate.pose.position[:2] for gate in layout.gates]
    all_of_it = np.concatenate([np.array(points), *(footprint(gondola) for gondola in layout.gondolas)])
    return all_of_it.min(axis=0) - MARGIN_M, all_of_it.max(axis=0) + MARGIN_M


def new_plan(layout: Layout) -> tuple[Any, Any]:
    """Return a figure for a plan, and its axes."""
    width, height = (float(side) for side in np.subtract(*reversed(extent(layout))))
    return new_figure(width, height)


def mark_cameras(axes: Any, layout: Layout) -> None:
    """Draw where each camera is and which way it looks."""
    for camera in layout.cameras:
        x, y, _ = camera.pose.position
        ahead: Floats = camera.pose.rotation[:2, 2] * 0.25
        axes.plot(x, y, "o", ms=4, color="#1f4e79", zorder=7)
        axes.annotate("", (x + ahead[0], y + ahead[1]), (x, y), arrowprops={"arrowstyle": "->", "color": "#1f4e79"})
        axes.annotate(
            camera.id, (x, y), textcoords="offset points", xytext=(4, 4), fontsize=6, color="#1f4e79", zorder=7
        )


def _upright(gondola: Gondola) -> float:
    """Return the turn of a label in degrees, so that nobody reads it upside down."""
    degrees = gondola.pose.yaw * 57.29577951308232
    return (degrees + 90) % 180 - 90
