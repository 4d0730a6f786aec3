"""One change of a cart as a picture: stills above, load and readings below."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from contracts.clock import SECOND
from rig.judge.story import Story
from rig.recording.reader import Recording
from rig.view.why.bars import draw_bars
from rig.view.why.look import GREY, INK, say_nothing
from rig.view.why.moment import Moment, moment_of
from rig.view.why.sights import best_sights
from rig.view.why.stills import draw_still, frames_at
from rig.view.why.trace import draw_trace
from rig.view.why.words import details, headline, name_of
from rig.why import Explained, Ground

WIDTH_IN, HEIGHT_IN, DPI = 13.0, 6.7, 100
STILLS = 3
Picture = NDArray[np.uint8]


def draw_card(recording: Recording, story: Story, explained: Explained, ground: Ground) -> Picture:
    """Return the picture of one ground of a receipt, (H, W, 3) uint8 RGB."""
    figure = new_figure(HEIGHT_IN)
    grid = figure.add_gridspec(
        2, STILLS, height_ratios=[1.45, 1], left=0.05, right=0.985, top=0.87, bottom=0.08, hspace=0.17, wspace=0.05
    )
    moment = moment_of(story, ground)
    figure.text(0.012, 0.955, headline(explained, ground, story.layout), fontsize=14, weight="bold", color=INK)
    figure.text(0.012, 0.922, details(ground, moment), fontsize=9, color=GREY)
    name = name_of(explained, ground)
    _draw_stills([figure.add_subplot(grid[0, i]) for i in range(STILLS)], recording, story, moment, name)
    draw_trace(figure.add_subplot(grid[1, :2]), recording, story.layout, ground.event)
    draw_bars(figure.add_subplot(grid[1, 2]), ground.change)
    return rendered(figure)


def _draw_stills(axes: list[Any], recording: Recording, story: Story, moment: Moment, name: str) -> None:
    sights = best_sights(story.layout, moment, STILLS)
    frames = frames_at(recording, [sight.camera for sight in sights], moment.t_ns)
    for number, one in enumerate(axes):
        if number < len(sights):
            draw_still(one, sights[number], frames.get(sights[number].camera.id), moment, name)
        elif number:
            one.axis("off")
        else:
            why = "no hand was seen" if moment.hand is None else "no camera had a sight of the hand"
            say_nothing(one, f"{why}\nat {moment.t_ns / SECOND:.2f} s")


def new_figure(height_in: float) -> Any:
    """Return a figure as wide as all others here."""
    # The object interface has no global state and needs no display.
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    figure = Figure(figsize=(WIDTH_IN, height_in), dpi=DPI)
    FigureCanvasAgg(figure)
    return figure


def rendered(figure: Any) -> Picture:
    """Return a figure as (H, W, 3) uint8 RGB."""
    figure.canvas.draw()
    pixels: Picture = np.asarray(figure.canvas.buffer_rgba())[:, :, :3]
    return pixels.copy()
