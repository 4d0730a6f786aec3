"""The floor plan of a run: where everybody truly walked, where the stack saw them, and what the plates weighed."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path
from typing import Any

import numpy as np

from contracts.clock import SECOND
from contracts.layout import Gondola
from contracts.records import Direction, ShelfEvent, Tracks
from contracts.truth import MoveKind, TrueMove, TruePassage, TruePoses
from rig.judge.story import Story
from rig.recording.reader import Recording
from rig.view.frames import writing
from rig.view.plates import PlateTrace, changed_plates

MOST_STRIPS = 10
MARKS = {MoveKind.TAKE: "v", MoveKind.PUT: "^", MoveKind.DROP: "x", MoveKind.HAND: "D", MoveKind.TOPPLE: "s"}


def draw_plan(recording: Recording, story: Story, output: Path) -> None:
    """Write the plan of a run as PNG.

    Args:
        recording: for the plates' samples.
        story: everything else.
        output: PNG file.
    """
    # The object interface has no global state and needs no display.
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    traces = changed_plates(recording)[:MOST_STRIPS]
    strips = max(1, len(traces))
    figure = Figure(figsize=(11, 6 + 1.1 * strips), layout="constrained")
    FigureCanvasAgg(figure)
    grid = figure.add_gridspec(1 + strips, 1, height_ratios=[6, *[1.1] * strips])
    plan = figure.add_subplot(grid[0])
    _draw_store(plan, story)
    _draw_people(plan, story)
    start = story.start
    plan.set_title(f"{start.scenario} in {start.store}, seed {start.seed}" if start else story.layout.name, loc="left")
    _draw_strips(figure, grid, traces, story)
    with writing(output):
        figure.savefig(output, dpi=90)


def _draw_store(axes: Any, story: Story) -> None:
    layout = story.layout
    for gondola in layout.gondolas:
        corners = _outline(gondola)
        axes.fill(corners[:, 0], corners[:, 1], color="#d9d4c7", ec="#8a8577", zorder=1)
        centre = corners.mean(axis=0)
        axes.text(*centre, gondola.id.removeprefix("gondola-"), ha="center", va="center", color="#6b6657", zorder=2)
    for wall in layout.walls:
        axes.plot(*zip(wall.start, wall.end, strict=True), color="#555", lw=2, zorder=1)
    for gate in layout.gates:
        half = gate.width_m / 2
        ends = gate.pose.apply([[0, -half, 0], [0, half, 0]])
        axes.plot(ends[:, 0], ends[:, 1], color="#c0392b" if gate.entry else "#27ae60", lw=4, zorder=3)
        axes.annotate(gate.id, ends[0, :2], textcoords="offset points", xytext=(3, -10), fontsize=8)
    x0, y0, x1, y1 = layout.bounds_m
    axes.set(xlim=(x0 - 0.2, x1 + 0.2), ylim=(y0 - 0.2, y1 + 0.2), aspect="equal", xlabel="x, m", ylabel="y, m")


def _outline(gondola: Gondola) -> np.ndarray[Any, Any]:
    half, depth = gondola.width_m / 2, gondola.depth_m
    local = [[-half, 0, 0], [half, 0, 0], [half, depth, 0], [-half, depth, 0]]
    return gondola.pose.apply(local)[:, :2]


def _draw_people(axes: Any, story: Story) -> None:
    colours = {name: f"C{index}" for index, name in enumerate(story.shoppers)}
    paths: dict[str, list[tuple[float, float]]] = defaultdict(list)
    for poses in story.all(TruePoses):
        for person in poses.people:
            head = next(j.position for j in person.joints if j.name == "head")
            paths[person.shopper].append(head[:2])
    for name, path in sorted(paths.items()):
        axes.plot(*zip(*path, strict=True), color=colours.get(name, "k"), lw=1.5, label=f"{name}, truth", zorder=4)
    _draw_tracks(axes, story)
    for move in story.all(TrueMove):
        where = _plates_centre(story, move.plates)
        if where is not None:
            axes.plot(*where, MARKS[move.kind], color=colours.get(move.shopper, "k"), ms=8, mec="k", zorder=6)
            axes.annotate(f"{move.kind} {move.product}", where, textcoords="offset points", xytext=(5, 5), fontsize=7)
    if paths or story.all(Tracks):
        axes.figure.legend(*axes.get_legend_handles_labels(), loc="outside right upper", fontsize=8)


def _draw_tracks(axes: Any, story: Story) -> None:
    tracks: dict[str, list[tuple[float, float]]] = defaultdict(list)
    for record in story.all(Tracks):
        for point in record.tracks:
            tracks[f"{point.track} {point.visit}".strip()].append(point.head[:2])
    for index, (name, path) in enumerate(sorted(tracks.items())):
        axes.plot(*zip(*path, strict=True), ".", ms=2.5, color=f"C{(index + 5) % 10}", label=f"{name}, stack", zorder=5)


def _plates_centre(story: Story, plates: tuple[str, ...]) -> tuple[float, float] | None:
    centres = [story.layout.plate[p].pose.position for p in plates if p in story.layout.plate]
    if not centres:
        return None
    x, y, _ = np.mean(centres, axis=0)
    return float(x), float(y)


def _draw_strips(figure: Any, grid: Any, traces: list[PlateTrace], story: Story) -> None:
    if not traces:
        axes = figure.add_subplot(grid[1])
        axes.text(0.5, 0.5, "no plate changed", ha="center", va="center")
        axes.axis("off")
        return
    first = None
    for row, trace in enumerate(traces, start=1):
        axes = figure.add_subplot(grid[row], sharex=first)
        first = first or axes
        axes.plot(trace.seconds, trace.grams, lw=0.8, color="#2c3e50")
        axes.set_ylabel("g", fontsize=7)
        axes.tick_params(labelsize=7, labelbottom=row == len(traces))
        axes.set_title(trace.plate, loc="left", fontsize=7, pad=1)
        _mark_moments(axes, story, trace.plate)
    axes.set_xlabel("s", fontsize=8)


def _mark_moments(axes: Any, story: Story, plate: str) -> None:
    """Mark true moves in green, the stack's events in orange, passages through gates in grey."""
    for move in story.all(TrueMove):
        if plate in move.plates:
            axes.axvline(move.t_ns / SECOND, color="#27ae60", lw=1)
    for event in story.all(ShelfEvent):
        if plate in event.plates:
            axes.axvspan(event.started_ns / SECOND, event.ended_ns / SECOND, color="#e67e22", alpha=0.25)
    for passage in story.all(TruePassage):
        style = "--" if passage.direction is Direction.IN else ":"
        axes.axvline(passage.t_ns / SECOND, color="#bbb", lw=0.6, ls=style)
