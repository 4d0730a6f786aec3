"""What plates weighed around a change, with its window and its levels."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from contracts.clock import SECOND
from contracts.layout import Layout, gondola_of
from contracts.records import ShelfEvent, Weights
from rig.recording.reader import Recording
from rig.view.why.look import INK, WINDOW, say_nothing

BEFORE_NS, AFTER_NS = 3 * SECOND, 4 * SECOND
LEVEL_NS = SECOND // 2
"""The level before a change is the median of so long before it."""
MOST_PLATES = 3
COLOURS = (INK, "#5b7fa6", "#8a6d3b")

LABEL = {"boxstyle": "round,pad=0.15", "fc": "white", "ec": "none", "alpha": 0.8}

Floats = NDArray[np.float64]


def traces(recording: Recording, layout: Layout, event: ShelfEvent) -> dict[str, tuple[Floats, Floats]]:
    """Return seconds and grams, tared to the level before, of the plates of an event that changed most.

    A plate without a sample there is left out.
    """
    changed = sorted(zip(event.plates, event.deltas_g, strict=True), key=lambda pair: -abs(pair[1]))[:MOST_PLATES]
    found: dict[str, tuple[Floats, Floats]] = {}
    for plate, _ in changed:
        gondola = layout.gondola.get(gondola_of(plate))
        if gondola is None or plate not in layout.plate:
            continue
        column = [one.id for one in gondola.plates].index(plate)
        seconds, grams = _samples(recording, gondola.id, column, event)
        before = grams[(seconds >= (event.started_ns - LEVEL_NS) / SECOND) & (seconds < event.started_ns / SECOND)]
        if len(grams) and not np.isnan(grams).all():
            level = np.nanmedian(before if len(before) and not np.isnan(before).all() else grams[:1])
            found[plate] = (seconds, grams - level)
    return found


def draw_trace(axes: Any, recording: Recording, layout: Layout, event: ShelfEvent | None) -> None:
    """Draw the plates of an event; say so when there are none."""
    if event is None or not event.plates:
        say_nothing(axes, "no plate weighed this change")
        return
    found = traces(recording, layout, event)
    if not found:
        say_nothing(axes, "the recording holds no weights of this moment")
        return
    delta_of = dict(zip(event.plates, event.deltas_g, strict=True))
    span = (event.started_ns / SECOND, event.ended_ns / SECOND)
    axes.axvspan(*span, color=WINDOW, alpha=0.25, lw=0, label=f"event {event.event}")
    for (plate, (seconds, grams)), colour in zip(found.items(), COLOURS, strict=False):
        axes.plot(seconds, grams, lw=1.1, color=colour, label=plate)
        _draw_levels(axes, span, delta_of[plate], colour)
    left_out = len(event.plates) - len(found)
    more = f", and {left_out} more" if left_out else ""
    axes.set_title(f"load, from the level before; total {sum(event.deltas_g):+.1f} g{more}", loc="left", fontsize=9)
    axes.set_xlabel("s", fontsize=8)
    axes.set_ylabel("g", fontsize=8)
    axes.set_xlim(span[0] - BEFORE_NS / SECOND, span[1] + AFTER_NS / SECOND)
    axes.tick_params(labelsize=8)
    axes.margins(y=0.2)
    axes.legend(fontsize=8, loc="best", framealpha=0.9)


def _draw_levels(axes: Any, span: tuple[float, float], delta_g: float, colour: str) -> None:
    """Draw the level before, and the one after as the stack reads it."""
    axes.plot([span[0] - BEFORE_NS / SECOND, span[0]], [0, 0], ls="--", lw=1, color=colour, alpha=0.7)
    axes.plot([span[1], span[1] + AFTER_NS / SECOND], [delta_g, delta_g], ls="--", lw=1, color=colour, alpha=0.7)
    axes.annotate(
        f"{delta_g:+.1f} g", (span[1] + AFTER_NS / SECOND, delta_g), textcoords="offset points", xytext=(-4, 4),
        ha="right", fontsize=9, color=colour, bbox=LABEL,
    )  # fmt: skip


def _samples(recording: Recording, gondola: str, column: int, event: ShelfEvent) -> tuple[Floats, Floats]:
    start_ns, end_ns = max(0, event.started_ns - BEFORE_NS), event.ended_ns + AFTER_NS
    blocks = [w for w in recording.records([f"/weights/{gondola}"], start_ns, end_ns) if isinstance(w, Weights)]
    if not blocks:
        return np.zeros(0), np.zeros(0)
    seconds = [(block.started_ns + block.period_ns * np.arange(len(block.grams))) / SECOND for block in blocks]
    return np.concatenate(seconds), np.concatenate([block.grams[:, column].astype(float) for block in blocks])
