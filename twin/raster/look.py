"""How the twin's pictures look: plain and fast, or like a store."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Light(StrEnum):
    """Where light comes from."""

    PLAIN = "plain"
    """From everywhere, a little more from above: nothing casts a shadow."""
    BAKED = "baked"
    """Ceiling panels and surroundings, shaped by what is fixed; contact shadows under what is not."""


@dataclass(frozen=True, slots=True)
class Look:
    """What to spend on pictures; depth and ids are the same with any look.

    Args:
        light: plain, or baked once a store and kept on disk.
        smooth: whether edges of what stands are drawn smoothly; to draw the store costs five times as much.
    """

    light: Light = Light.PLAIN
    smooth: bool = False


PLAIN = Look()
REAL = Look(Light.BAKED, smooth=True)
"""What a run delivers unless told otherwise."""
