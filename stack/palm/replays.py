"""Tells a played-back picture: two presentations of a living hand are never as much alike, nor held as much alike."""

from __future__ import annotations

from collections import defaultdict, deque

import numpy as np
from numpy.typing import NDArray

from stack.palm.code import BOCV_BITS, Words

TOO_ALIKE = 0.12
"""Share of differing BOCV bits; two live presentations of 250 palms of a tuning seed differed in 0.139 or more."""
SAME_PLACE_PX, ALIKE_THERE = 3.0, 0.25
"""How far each coordinate of the valleys may be off, and the bits too, of a picture that was moved and compressed."""
REMEMBERED = 16
"""Presentations a handle. Masked codes in memory only: a restart forgets them."""


class Replays:
    """What each handle showed lately, and how it was held."""

    def __init__(self) -> None:
        self._seen: dict[str, deque[tuple[Words, NDArray[np.float64]]]] = defaultdict(lambda: deque(maxlen=REMEMBERED))

    def is_one(self, handle: str, windows: Words, place: NDArray[np.float64], enrolled: Words) -> bool:
        """Return whether a probe is all but the same as an earlier one, or as what was enrolled.

        Args:
            handle: whose palm it matched.
            windows: (25, 74) the probe.
            place: (4,) of the valleys in its picture, px.
            enrolled: (3, 74) codes of the palm it matched.
        """
        alike = [(code, TOO_ALIKE) for code in enrolled]
        for code, where in self._seen[handle]:
            there = bool(np.abs(where - place).max() < SAME_PLACE_PX)
            alike.append((code, ALIKE_THERE if there else TOO_ALIKE))
        return any(_apart(code, windows) < limit for code, limit in alike)

    def remember(self, handle: str, core: Words, place: NDArray[np.float64]) -> None:
        """Keep (74,) the middle code of a presentation that was let through, and its place."""
        self._seen[handle].append((core, place))

    def forget(self, handle: str) -> None:
        """Keep nothing of a handle any more."""
        self._seen.pop(handle, None)


def _apart(code: Words, windows: Words) -> float:
    return float(np.bitwise_count(code ^ windows).sum(axis=1).min()) / BOCV_BITS
