"""All the pictures that explain receipts, one below the other, in as many files as they need."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np

from rig.judge.story import Story
from rig.recording.reader import Recording
from rig.view.frames import write_png
from rig.view.why.card import Picture, draw_card, new_figure, rendered
from rig.view.why.look import INK
from rig.view.why.words import heading
from rig.why import Explained

MOST = 6
"""Pieces in one file: a longer picture is shrunk by viewers until nobody can read it."""
LINE_IN = 0.23


def draw_why(recording: Recording, story: Story, explained: Sequence[Explained], output: Path) -> tuple[Path, ...]:
    """Write pictures of receipts and of the changes that their lines rest on.

    Args:
        recording: for frames and weights.
        story: everything else.
        explained: the receipts.
        output: PNG file; what does not fit goes to files beside it, with -2, -3, ... in their names.

    Returns:
        The files written.
    """
    written: list[Path] = []
    held: list[Picture] = []
    for piece in _pieces(recording, story, explained):
        held.append(piece)
        if len(held) == MOST:
            written.append(_write(held, output, len(written) + 1))
            held.clear()
    if held:
        written.append(_write(held, output, len(written) + 1))
    return tuple(written)


def _pieces(recording: Recording, story: Story, explained: Sequence[Explained]) -> Iterator[Picture]:
    place = f" in {story.start.scenario}" if story.start else ""
    for each in explained:
        yield _draw_heading(heading(each, place, story.layout.currency))
        for reason in each.reasons:
            for ground in reason.grounds:
                yield draw_card(recording, story, each, ground)


def _draw_heading(lines: Sequence[str]) -> Picture:
    """Return the dark bar that a receipt begins with."""
    height_in = 0.25 + LINE_IN * len(lines)
    figure = new_figure(height_in)
    figure.set_facecolor(INK)
    for number, line in enumerate(lines):
        size, weight = (13, "bold") if number == 0 else (10, "normal")
        y = 1 - (0.24 + LINE_IN * number) / height_in
        figure.text(0.012, y, line, fontsize=size, weight=weight, color="white", va="center")
    return rendered(figure)


def _write(pieces: Sequence[Picture], output: Path, number: int) -> Path:
    path = output if number == 1 else output.with_name(f"{output.stem}-{number}{output.suffix}")
    write_png(path, np.vstack(pieces)[:, :, ::-1])
    return path
