"""Maps of camera coverage: the floor from above, the shelf fronts from before them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np

from contracts.geometry import Floats
from contracts.layout import Gondola
from rig.storekit.coverage import Coverage, share_seen
from rig.storekit.drawing import draw_outlines, mark_cameras, new_figure, new_plan, save
from rig.storekit.sight import Sense

COLOURS = ("#7f1d1d", "#f4a259", "#f6e58d", "#9bd770", "#4ba84b", "#1e6f50")
"""No camera, one, two, three, four, five or more."""


def draw_coverage(found: Coverage, folder: Path) -> tuple[Path, ...]:
    """Write the maps of a store; return the files.

    Args:
        found: what its cameras see.
        folder: where to; made when it is not there.
    """
    files = []
    for sense in Sense:
        if not any(count.any() for (_, of), count in found.floor.items() if of is sense):
            continue
        files += [_floor(found, height, sense, folder) for height in found.heights_m]
        files += [_front(found, gondola, sense, folder) for gondola in found.layout.gondolas]
    return tuple(files)


def _floor(found: Coverage, height_m: float, sense: Sense, folder: Path) -> Path:
    figure, axes = new_plan(found.layout)
    count = found.floor[height_m, sense]
    x, y = (_edges(values) for values in (found.grid.x, found.grid.y))
    shown = axes.pcolormesh(x, y, found.grid.image(count).T, **_scale(), zorder=0)
    draw_outlines(axes, found.layout)
    mark_cameras(axes, found.layout)
    shares = ", ".join(f">= {n}: {share_seen(count, n):.1%}" for n in (1, 2, 3))
    axes.set_title(f"{found.layout.name}: cameras ({sense}) that see a head at {height_m:.2f} m; {shares}", fontsize=9)
    _legend(figure, axes, shown)
    return save(figure, folder / f"coverage-floor-{sense}-{round(height_m * 100)}cm.png")


def _front(found: Coverage, gondola: Gondola, sense: Sense, folder: Path) -> Path:
    figure, axes = new_figure(gondola.width_m, gondola.height_m)
    shown = None
    for shelf in gondola.shelves:
        count = found.fronts[shelf.id, sense]
        x = np.linspace(-shelf.width_m / 2, shelf.width_m / 2, count.shape[0] + 1)
        z = shelf.pose.position[2] + np.linspace(0, shelf.clearance_m, count.shape[1] + 1)
        shown = axes.pcolormesh(x, z, count.T, **_scale())
        axes.plot([x[0], x[-1]], [z[0], z[0]], color="#444", lw=2)
        axes.text(x[-1] + 0.01, z[0], shelf.id.rpartition("/")[2], fontsize=6, va="bottom")
    axes.set(aspect="equal", ylim=(0, gondola.height_m), xlabel="right of the middle, m", ylabel="height, m")
    axes.set_title(f"{gondola.id}: cameras ({sense}) that see the front", fontsize=9)
    _legend(figure, axes, shown)
    return save(figure, folder / f"coverage-{gondola.id}-{sense}.png")


def _scale() -> dict[str, Any]:
    """Return the colours: a step for each camera, one for five and more."""
    from matplotlib.colors import BoundaryNorm, ListedColormap

    steps = np.arange(len(COLOURS) + 1) - 0.5
    return {"cmap": ListedColormap(COLOURS), "norm": BoundaryNorm(steps, len(COLOURS), clip=True)}


def _legend(figure: Any, axes: Any, shown: Any) -> None:
    bar = figure.colorbar(shown, ax=axes, ticks=range(len(COLOURS)), shrink=0.8)
    bar.ax.set_yticklabels([*map(str, range(len(COLOURS) - 1)), f"{len(COLOURS) - 1}+"], fontsize=7)
    bar.set_label("cameras", fontsize=8)


def _edges(middles: Floats) -> Floats:
    """Return the edges of evenly spaced cells with given middles."""
    step = middles[1] - middles[0] if len(middles) > 1 else 0.1
    edges: Floats = np.concatenate([middles - step / 2, middles[-1:] + step / 2])
    return edges
