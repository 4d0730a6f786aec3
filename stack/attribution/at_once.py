"""Changes of load at one moment on different plates: who did the one has hardly a hand left for the other."""

from __future__ import annotations

from collections.abc import Mapping

from contracts.clock import SECOND
from contracts.layout import gondola_of
from stack.attribution.verdict import Verdict
from stack.parts import LoadChange
from stack.reaching.hand_path import TWO_HANDS

KEPT_NS = 5 * SECOND
"""A put-back is certain up to 4 s after it rests, so changes of one moment are decided within this time."""


class AtOnce:
    """Remembers who probably did what has just been decided."""

    def __init__(self) -> None:
        self._recent: list[tuple[LoadChange, dict[str, float]]] = []

    def note(self, change: LoadChange, verdict: Verdict) -> None:
        """Remember a decision."""
        acted: dict[str, float] = {}
        for hypothesis in (*verdict.chosen, *verdict.others):
            if hypothesis.visit:
                acted[hypothesis.visit] = min(1.0, acted.get(hypothesis.visit, 0.0) + hypothesis.probability)
        self._recent = [old for old in self._recent if change.ended_ns - old[0].ended_ns < KEPT_NS]
        self._recent.append((change, acted))

    def weigh(self, change: LoadChange, shares: Mapping[str, float]) -> dict[str, float]:
        """Return the shares in a change, given who was busy elsewhere in the same rack at that very time."""
        weighed = dict(shares)
        for other, acted in self._recent:
            if _at_once(change, other):
                for visit in weighed:
                    weighed[visit] *= 1.0 - (1.0 - TWO_HANDS) * acted.get(visit, 0.0)
        total = sum(weighed.values())
        return {visit: share / total for visit, share in weighed.items()} if total > 0 else dict(shares)


def _at_once(one: LoadChange, other: LoadChange) -> bool:
    """Whether two changes of one rack overlap in time and share no plate."""
    if gondola_of(one.plates[0]) != gondola_of(other.plates[0]) or set(one.plates) & set(other.plates):
        return False
    return max(one.started_ns, other.started_ns) < min(one.ended_ns, other.ended_ns)
