"""Which cameras see a place, and whose view of it is free."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from contracts.geometry import Floats
from stack.seen.dots import I64, Box, Dots, Mask

CLEAR = 0.85
"""A camera whose view of a place is free to this part sees it."""
AGREES = 0.15
"""A camera that shows a change in this part of a place agrees that something changed there."""
AROUND_M = 0.03
"""What is so near to a patch belongs to the place."""


class BoardView(Protocol):
    """What one camera sees of boards."""

    since_ns: I64
    settled_ns: I64
    fewest: int

    @property
    def steady(self) -> Mask:
        """Which pixels show something that stands still."""

    def within(self, rack: int, box: Box) -> I64:
        """Return the pixels that show a stretch of a rack."""


@dataclass(frozen=True, slots=True)
class Sight:
    """Who sees a place.

    Args:
        seeing: cameras that see it when nobody is in the way, and with how many pixels.
        clear: of those, the ones that see it now.
        agreeing: of those, the ones that see that something changed.
    """

    seeing: dict[int, int]
    clear: tuple[int, ...]
    agreeing: tuple[int, ...]

    @property
    def blocked(self) -> bool:
        """Whether somebody or something is in the way of one of them."""
        return len(self.clear) < len(self.seeing)


def look_at(patch: Dots, views: Sequence[BoardView], boards: Sequence[Floats]) -> Sight:
    """Return who sees the place of a patch."""
    rack, (low, high) = int(patch.rack[0]), patch.span_m
    floor = float(boards[rack][int(patch.board[0])])
    top = float(patch.at[:, 2].max())
    box = (low - AROUND_M, high + AROUND_M, floor - AROUND_M, top + AROUND_M)
    seeing: dict[int, int] = {}
    clear, agreeing = [], []
    for number, view in enumerate(views):
        mine = view.within(rack, box)
        if len(mine) >= view.fewest:
            seeing[number] = len(mine)
            if view.steady[mine].mean() >= CLEAR:
                clear.append(number)
                if int((patch.camera == number).sum()) >= AGREES * len(mine):
                    agreeing.append(number)
    return Sight(seeing, tuple(clear), tuple(agreeing))
