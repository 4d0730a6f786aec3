"""Readings of a change weighed by what was seen in the hand, where more than one product comes into question."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Protocol

from stack.attribution.verdict import Part
from stack.parts import LoadChange

CLOSE = 7.0
"""Readings that are less likely than the best by more than e to this are out of the question."""
BELIEVED = 0.1
"""Looks tell only products apart that are believed to stand on the very plates, or to be in the cart. What is believed
to stand elsewhere stands here only if the planogram is wrong, and then the look that was learnt here is its own."""
Reading = tuple[tuple[Part, ...], float]


class Opinion(Protocol):
    """Says what was in the hand."""

    def __call__(self, change: LoadChange, products: Sequence[str], /, *, taken: bool) -> Mapping[str, float]:
        """Return a log-likelihood for each product, empty for no opinion."""


def no_opinion(_change: LoadChange, _products: Sequence[str], /, *, taken: bool) -> Mapping[str, float]:  # noqa: ARG001
    """Return nothing."""
    return {}


def with_hands(readings: Sequence[Reading], change: LoadChange, opinion: Opinion) -> list[Reading]:
    """Return readings with what was seen in the hand added to their scores.

    Args:
        readings: parts and log scores.
        change: the change of load.
        opinion: looks at the hand; asked only where several products come into question.
    """
    least = max(score for _, score in readings) - CLOSE
    near = [part for parts, score in readings if score >= least for part in parts]
    said = {taken: _ask(near, change, opinion, taken=taken) for taken in (True, False)}
    if not any(said.values()):
        return list(readings)
    return [(parts, score + sum(_of(part, said) for part in parts)) for parts, score in readings]


def _ask(near: Sequence[Part], change: LoadChange, opinion: Opinion, *, taken: bool) -> Mapping[str, float]:
    products = sorted({part.product for part in near if (part.count > 0) == taken and part.prior >= BELIEVED})
    return opinion(change, products, taken=taken) if len(products) > 1 else {}


def _of(part: Part, said: Mapping[bool, Mapping[str, float]]) -> float:
    told = said[part.count > 0]
    return told.get(part.product, max(told.values(), default=0.0))
