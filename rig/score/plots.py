"""A score as pictures: what probabilities are worth, and F1 by the number of shoppers."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from rig.score.figures import Figure
from rig.score.intervals import wilson
from rig.score.report import Report
from rig.score.table import cases_text
from rig.view.frames import writing

INK, SOFT, RULE = "#1b6ca8", "#a9c8de", "#8a8577"
SHOWN = {"f1": "F1, all cases together", "exact": "exact receipts"}


def draw_score(found: Report, folder: Path) -> list[Path]:
    """Write the pictures of a score; return their files.

    Args:
        found: the score.
        folder: where to; it is made.
    """
    files = [folder / f"{found.suite}-reliability.png", folder / f"{found.suite}-shoppers.png"]
    _draw_reliability(found, files[0])
    _draw_by_shoppers(found, files[1])
    return files


def _draw_reliability(found: Report, file: Path) -> None:
    """Draw the share of right lines by their probability, and how many lines have which."""
    figure = _figure(7.0, 6.5)
    curve, histogram = figure.subplots(2, 1, sharex=True, height_ratios=[3, 1])
    curve.plot([0, 1], [0, 1], color=RULE, lw=1, ls="--", label="as probable as said")
    bins = [part for part in found.reliability if part.lines]
    for part in bins:
        assert part.right is not None
        low, high = wilson(part.right * part.lines, part.lines) or (0.0, 1.0)
        curve.plot([part.probability] * 2, [low, high], color=SOFT, lw=4, solid_capstyle="butt")
    curve.plot([p.probability for p in bins], [p.right for p in bins], "o-", color=INK, label="lines, 95 % interval")
    ece, lines = found.total.figures["ece"], sum(part.lines for part in bins)
    error = "-" if ece.value is None else f"{ece.value:.3f}"
    curve.set(ylabel="share that is right", xlim=(0, 1), ylim=(-0.02, 1.02))
    curve.set_title(f"{found.suite}: {lines} receipt lines, calibration error {error}", loc="left")
    curve.legend(loc="upper left")
    widths = [part.high - part.low for part in found.reliability]
    histogram.bar(
        [p.low for p in found.reliability],
        [p.lines for p in found.reliability],
        widths,
        align="edge",
        color=SOFT,
        ec=INK,
    )
    histogram.set(xlabel="probability that the stack gives a line", ylabel="lines")
    # Nearly all lines lie in the last bin; on a linear scale the others could not be seen.
    histogram.set_yscale("symlog", linthresh=1)
    histogram.minorticks_off()
    histogram.set(yticks=[], ylim=(0, 10 * max(1, *(part.lines for part in found.reliability))))
    for part in bins:
        histogram.text((part.low + part.high) / 2, part.lines, str(part.lines), ha="center", va="bottom")
    for axes in (curve, histogram):
        axes.grid(visible=True, alpha=0.3)
    _save(figure, file)


def _draw_by_shoppers(found: Report, file: Path) -> None:
    """Draw F1 and exact receipts for each number of shoppers, with their intervals."""
    figure = _figure(7.5, 4.5)
    axes = figure.subplots()
    counts = list(found.by_shoppers)
    for (name, label), colour, shift in zip(SHOWN.items(), (INK, "#d1495b"), (-0.08, 0.08), strict=True):
        points = [(i + shift, found.by_shoppers[count].figures[name]) for i, count in enumerate(counts)]
        known = [(x, figure) for x, figure in points if figure.value is not None]
        for x, each in known:
            _whisker(axes, x, each, colour)
        axes.plot([x for x, _ in known], [each.value for _, each in known], "o-", color=colour, label=label)
    ticks = [f"{count}\n{cases_text(found.by_shoppers[count].cases)}" for count in counts]
    axes.set_xticks(range(len(counts)), ticks)
    axes.set(xlabel="shoppers", ylim=(-0.02, 1.02), xlim=(-0.5, max(0.5, len(counts) - 0.5)))
    axes.set_title(f"{found.suite}: {cases_text(found.total.cases)}, 95 % intervals", loc="left")
    axes.grid(visible=True, axis="y", alpha=0.3)
    figure.legend(loc="outside lower right", ncols=2)
    _save(figure, file)


def _whisker(axes: Any, x: float, each: Figure, colour: str) -> None:
    if each.low is not None and each.high is not None:
        axes.plot([x, x], [each.low, each.high], color=colour, lw=4, alpha=0.35, solid_capstyle="butt")


def _figure(width: float, height: float) -> Any:
    # The object interface has no global state and needs no display.
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure as Canvas

    figure = Canvas(figsize=(width, height), layout="constrained")
    FigureCanvasAgg(figure)
    return figure


def _save(figure: Any, file: Path) -> None:
    with writing(file):
        figure.savefig(file, dpi=100)
