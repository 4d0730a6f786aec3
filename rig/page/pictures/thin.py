"""Makes shots fit a budget: patches stand on their own, so that any of them can be left out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence

from contracts.clock import SECOND
from rig.page.pictures.shot import Shot

# Around the moment at which a page opens, pictures stay close together for longest.
NEAR_NS = 2 * SECOND


def thinned(shots: Sequence[Shot], budget: int, near_ns: int) -> list[Shot]:
    """Return the shots that fit: every second patch is left out until they do, those near a moment last.

    Key pictures stay, so that what is left shows what it showed.

    Args:
        shots: in order.
        budget: bytes on the page.
        near_ns: the moment.
    """
    left = list(shots)
    while sum(shot.size for shot in left) > budget:
        far = _halved(left, lambda shot: abs(shot.captured_ns - near_ns) > NEAR_NS)
        fewer = far if len(far) < len(left) else _halved(left, lambda _: True)
        if len(fewer) == len(left):
            break  # key pictures alone
        left = fewer
    return left


def _halved(shots: Sequence[Shot], may_go: Callable[[Shot], bool]) -> list[Shot]:
    """Leave out every second patch of each camera that may go."""
    seen: Counter[str] = Counter()
    kept: list[Shot] = []
    for shot in shots:
        if shot.key or not may_go(shot):
            kept.append(shot)
            continue
        seen[shot.camera] += 1
        if seen[shot.camera] % 2 == 0:
            kept.append(shot)
    return kept
