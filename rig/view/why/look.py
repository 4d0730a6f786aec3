"""What all parts of a picture share: colours, and how something that is not there is told."""

from __future__ import annotations

from typing import Any

HAND = "#d6006c"
PERSON = "#0b6fb8"
WINDOW = "#e67e22"
GREY = "#7a7a7a"
PALE = "#c9ccd1"
INK = "#222222"


def say_nothing(axes: Any, text: str) -> None:
    """Fill axes with a sentence where there is nothing to draw."""
    axes.set_xticks([])
    axes.set_yticks([])
    for side in axes.spines.values():
        side.set_color(PALE)
    axes.set_facecolor("#f4f4f4")
    axes.text(0.5, 0.5, text, ha="center", va="center", color=GREY, fontsize=9, transform=axes.transAxes)
