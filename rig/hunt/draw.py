"""Outlines to try: the shortest of each kind of step, then drawn ones, those first that hold what was not tried yet."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import count

from contracts.seeds import stream
from rig.hunt.primer import primers
from rig.hunt.traits import Trait, Traits
from rig.strategies import plot as limits
from rig.strategies.plot import VERBS, Deed, Plot, Visitor

SINGLE = 4
"""What a new step counts, beside two steps that have not followed one another yet."""
POOL, PICKED = 64, 8
"""Of so many drawn, so many are tried before more are drawn."""


def outlines(
    seed: int, traits_of: Callable[[Plot], Traits], *, shoppers: tuple[int, int] = (1, 3), steps: int = 4
) -> Iterator[Plot]:
    """Yield outlines without end: the shortest first, then the one of a pool that has most that is new, for its length.

    Args:
        seed: of the hunt.
        traits_of: what happens in an outline.
        shoppers: the fewest and the most.
        steps: the most.
    """
    tried: set[Trait] = set()
    for plot in primers(seed, traits_of, shoppers=shoppers):
        if len(plot.deeds) <= steps:
            tried |= traits_of(plot)
            yield plot
    for turn in count():
        pool = [_drawn(seed, turn * POOL + i, shoppers, steps) for i in range(POOL)]
        traits = {plot: traits_of(plot) for plot in pool}
        for _ in range(PICKED):
            best = max(traits, key=lambda plot: (_new(traits[plot] - tried) / _length(plot), -_length(plot)))
            tried |= traits.pop(best)
            yield best


def _new(traits: Traits) -> int:
    """Return how much there is to learn: a step that was never tried says more than two in another order."""
    return sum(SINGLE if len(trait) == 1 else 1 for trait in traits)


def _length(plot: Plot) -> int:
    """Return about how long it takes to play: a visit counts like two steps."""
    return len(plot.deeds) + 2 * len(plot.visitors)


def _drawn(seed: int, number: int, shoppers: tuple[int, int], steps: int) -> Plot:
    """Return one outline."""
    rng = stream(seed, "hunt", str(number))

    def below(most: int) -> int:
        return int(rng.integers(0, most + 1))

    people = shoppers[0] + below(shoppers[1] - shoppers[0])
    length = 1 + below(steps - 1)
    deeds = tuple(
        Deed(below(people - 1), VERBS[below(len(VERBS) - 1)], below(limits.MOST_PICK), below(limits.MOST_HOW))
        for _ in range(length)
    )
    visitors = tuple(Visitor(below(limits.MOST_ARRIVES_S), below(1)) for _ in range(people))
    return Plot(visitors, deeds, below(limits.MOST_SEED))
