"""A scan over its store, coloured by how far each point lies from what the file says stands there."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np

from contracts.geometry import Floats
from contracts.layout import Gondola, Layout
from rig.storekit.drawing import draw_outlines, new_figure, save
from rig.storekit.places import footprint
from rig.storekit.scan.align import Alignment

FAR_M = 0.05
"""Colours end here: what is further off is goods, people, or something that the file does not have."""
LOW_M, HIGH_M = 0.1, 2.4
MOST_POINTS = 120_000
BEFORE_M = 0.08
"""An elevation shows so much of what stands before the rack."""


def draw_alignment(found: Alignment, layout: Layout, output: Path) -> Path:
    """Write one picture: the plan, and the front of every gondola; return the file.

    Args:
        found: the scan in the store's frame.
        layout: the store as its file says.
        output: PNG file.
    """
    x0, y0, x1, y1 = layout.bounds_m
    figure, _ = new_figure(x1 - x0, y1 - y0 + 4.0)
    figure.clear()
    grid = figure.add_gridspec(2, max(1, len(layout.gondolas)), height_ratios=[3, 2])
    plan = figure.add_subplot(grid[0, :])
    high = (found.scan[:, 2] > LOW_M) & (found.scan[:, 2] < HIGH_M)
    shown = _scatter(plan, found.scan[high][:, :2], found.apart_m[high])
    draw_outlines(plan, layout, filled=False)
    _true_outlines(plan, found, layout)
    placement = found.placement
    plan.set_title(
        f"{layout.name}: explained {placement.explained:.0%}, shown {placement.shown:.0%}; racks as scanned in magenta",
        fontsize=9,
    )
    for column, gondola in enumerate(layout.gondolas):
        _elevation(figure.add_subplot(grid[1, column]), found, gondola)
    bar = figure.colorbar(shown, ax=plan, shrink=0.8)
    bar.set_label("mm from the store file", fontsize=8)
    return save(figure, output)


def _scatter(axes: Any, points: Floats, apart_m: Floats) -> Any:
    step = max(1, len(points) // MOST_POINTS)
    order = np.argsort(apart_m[::step], kind="stable")
    shown, colours = points[::step][order], np.minimum(apart_m[::step][order], FAR_M) * 1000
    return axes.scatter(*shown.T, c=colours, s=0.4, lw=0, cmap="turbo", vmin=0, vmax=FAR_M * 1000, rasterized=True)


def _true_outlines(axes: Any, found: Alignment, layout: Layout) -> None:
    for gondola in layout.gondolas:
        if gondola.id in found.poses:
            corners = footprint(gondola, found.poses[gondola.id])
            axes.plot(*np.vstack([corners, corners[:1]]).T, color="magenta", lw=0.8, zorder=8)


def _elevation(axes: Any, found: Alignment, gondola: Gondola) -> None:
    local = gondola.pose.unapply(found.scan)
    half = gondola.width_m / 2 + BEFORE_M
    here = (np.abs(local[:, 0]) < half) & (local[:, 1] > -BEFORE_M) & (local[:, 1] < gondola.depth_m)
    here &= (local[:, 2] > LOW_M / 2) & (local[:, 2] < gondola.height_m + BEFORE_M)
    _scatter(axes, local[here][:, [0, 2]], found.apart_m[here])
    for shelf in gondola.shelves:
        z = shelf.pose.position[2]
        axes.plot([-gondola.width_m / 2, gondola.width_m / 2], [z, z], color="#222", lw=0.4)
    axes.set(aspect="equal", xlim=(-half, half), ylim=(0, gondola.height_m + BEFORE_M))
    axes.tick_params(labelsize=5)
    axes.set_title(gondola.id, fontsize=7)
