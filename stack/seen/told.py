"""What has been told of: cameras in whose way somebody stood see it later, and that is no news."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from contracts.clock import MILLISECOND, SECOND
from stack.seen.dots import Dots
from stack.seen.sight import BoardView

WAIT_NS = 1200 * MILLISECOND
"""How long to wait for cameras whose view is not yet free, once one's is."""
KEPT_NS = 60 * SECOND
"""So long somebody may stand in a camera's way until it sees what others saw long before."""
LIFT_NS = 2 * SECOND
"""One camera sees goods tilt in the hand so long before another sees them go."""
BESIDE_M = 0.03
"""Cameras see one thing so far apart along the board."""
SAME = 0.6
"""What lies to this part where something was told of is the same."""
GROWS = 1.05
"""A patch that is so many times as large as when last looked at is not yet seen whole."""
PLACE_M = 0.1
"""A patch that grows moves by less."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that was told of.

    Args:
        key: its rack, board and way.
        span_m: left and right end along the board.
        ended_ns: when it was first seen as it is.
    """

    key: tuple[int, int, int]
    span_m: tuple[float, float]
    ended_ns: int


class Told:
    """Remembers what has been told of."""

    def __init__(self) -> None:
        self._entries: list[Entry] = []

    def add(self, patch: Dots, ended_ns: int) -> None:
        """Remember a patch."""
        self._entries = [entry for entry in self._entries if entry.ended_ns > ended_ns - KEPT_NS]
        self._entries.append(Entry(_key(patch), patch.span_m, ended_ns))

    def knows(self, patch: Dots, views: Sequence[BoardView]) -> bool:
        """Whether a patch shows what was told of: there, and before its cameras saw the place again."""
        last_ns = np.median([views[c].settled_ns[p] for c, p in zip(patch.camera, patch.pixel, strict=True)])
        low, high = patch.span_m
        return any(
            entry.key == _key(patch)
            and last_ns < entry.ended_ns + LIFT_NS
            and _common(entry, low, high) > SAME * (high - low)
            for entry in self._entries
        )


class Waiting:
    """Remembers since when patches have been there that one camera sees, and others do not yet."""

    def __init__(self) -> None:
        self._seen: dict[tuple[int, int, int, int], tuple[int, int]] = {}

    def over(self, patch: Dots, blocked: bool, t_ns: int) -> bool:
        """Whether there is nothing more to wait for.

        Args:
            patch: what one camera sees.
            blocked: whether another's view is not free.
            t_ns: now.
        """
        low, high = patch.span_m
        key = (*_key(patch), round((low + high) / 2 / PLACE_M))
        since_ns, size = self._seen.get(key, (t_ns, 0))
        if len(patch) > GROWS * size or (blocked and t_ns - since_ns < WAIT_NS):
            self._seen[key] = (since_ns, len(patch))
            return False
        del self._seen[key]
        return True


def _common(entry: Entry, low: float, high: float) -> float:
    return min(high, entry.span_m[1] + BESIDE_M) - max(low, entry.span_m[0] - BESIDE_M)


def _key(patch: Dots) -> tuple[int, int, int]:
    return int(patch.rack[0]), int(patch.board[0]), int(patch.way[0])
