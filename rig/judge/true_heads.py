"""Where heads truly were at any moment: between two true poses they moved on a straight line."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from contracts.clock import MILLISECOND
from contracts.geometry import Vec3
from contracts.truth import TruePoses

APART_NS = 250 * MILLISECOND
"""Truth is interpolated between poses at most so far apart. The twin notes them every 100 ms: at 1.4 m/s around a bend
of 0.3 m radius, a head is within a centimetre of the straight line then."""
BEYOND_NS = 50 * MILLISECOND
"""... and holds so long before the first and after the last of them, where a camera's clock may point."""

Heads = dict[str, Vec3]


class TrueHeads:
    """Looks up heads by bench time.

    Args:
        poses: of a run, in order.
    """

    def __init__(self, poses: Sequence[TruePoses]) -> None:
        self._times = [one.t_ns for one in poses]
        self._heads = [_heads(one) for one in poses]

    def at(self, t_ns: int) -> Heads | None:
        """Return the top of every head by shopper, metres; None where truth says nothing.

        Who is in only one of two neighbouring poses is where that one says, on its half of the time between.
        """
        after = bisect_left(self._times, t_ns)
        if after < len(self._times) and self._times[after] == t_ns:
            return self._heads[after]
        if 0 < after < len(self._times):
            return self._between(after - 1, after, t_ns)
        edge = min(after, len(self._times) - 1)
        near = bool(self._times) and abs(self._times[edge] - t_ns) <= BEYOND_NS
        return self._heads[edge] if near else None

    def _between(self, before: int, after: int, t_ns: int) -> Heads | None:
        span = self._times[after] - self._times[before]
        if span > APART_NS:
            return None
        share = (t_ns - self._times[before]) / span
        old, new = self._heads[before], self._heads[after]
        nearer = old if share < 0.5 else new
        return {n: _mixed(old[n], new[n], share) if n in old and n in new else head for n, head in nearer.items()}


def _heads(poses: TruePoses) -> Heads:
    return {person.shopper: next(j.position for j in person.joints if j.name == "head") for person in poses.people}


def _mixed(old: Vec3, new: Vec3, share: float) -> Vec3:
    x, y, z = (a + share * (b - a) for a, b in zip(old, new, strict=True))
    return (x, y, z)
