"""Changes of load looked at once more: whose hand it was often shows only when the hand goes back.

What was weighed stays as it is; what people's shares have become since then is multiplied in.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from contracts.clock import MILLISECOND
from contracts.records import Hypothesis
from stack.attribution.attribute import LEAST_SHARE
from stack.attribution.verdict import Verdict
from stack.parts import LoadChange

LATER_NS = 2500 * MILLISECOND
"""By so long after a change the hand has gone back to whoever it belongs to, or they walk off with it."""


@dataclass(frozen=True, slots=True)
class Decided:
    """A decision that may change.

    Args:
        event: its id.
        change: the change of load.
        verdict: how it was read.
        shares: probability that each visit acted, as it was then.
    """

    event: str
    change: LoadChange
    verdict: Verdict
    shares: Mapping[str, float]


class SecondLooks:
    """Remembers decisions until it is time to look at them again."""

    def __init__(self) -> None:
        self._waiting: list[Decided] = []

    def note(self, decided: Decided) -> None:
        """Remember a decision on who did something, if it was one person."""
        if len(decided.verdict.parts) == 1:
            self._waiting.append(decided)

    def forget(self, event: str) -> None:
        """Leave a decision as it is: what came later has settled it."""
        self._waiting = [decided for decided in self._waiting if decided.event != event]

    def due(self, until_ns: int) -> list[Decided]:
        """Return the decisions on changes that had ended by a time, oldest first, each once."""
        due = [decided for decided in self._waiting if decided.change.ended_ns <= until_ns]
        self._waiting = [decided for decided in self._waiting if decided not in due]
        return due


def weighed_anew(decided: Decided, shares: Mapping[str, float]) -> tuple[Hypothesis, ...]:
    """Return all readings of a decision with other shares, most probable first; they sum to what they did.

    Args:
        decided: the decision.
        shares: probability that each visit acted, as it is now.
    """
    readings = (*decided.verdict.chosen, *decided.verdict.others)
    before = sum(reading.probability for reading in readings)
    weights = [reading.probability * _gain(reading, decided.shares, shares) for reading in readings]
    scale = before / total if (total := sum(weights)) > 0 else 0.0
    anew = [replace(reading, probability=weight * scale) for reading, weight in zip(readings, weights, strict=True)]
    return tuple(sorted(anew, key=lambda reading: (-reading.probability, reading.visit, reading.product)))


def _gain(reading: Hypothesis, before: Mapping[str, float], now: Mapping[str, float]) -> float:
    """Return how much likelier a reading has become."""
    if not reading.product:
        return 1.0
    return max(LEAST_SHARE, now.get(reading.visit, 0.0)) / max(LEAST_SHARE, before.get(reading.visit, 0.0))
