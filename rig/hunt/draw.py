"""Outlines to try: drawn by seed, those first that hold what has not been tried yet."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import count, pairwise

from contracts.seeds import stream
from contracts.steps import PutBack, ShopperPlan, Step, Take
from rig.scenario.model import Scenario
from rig.scenario.step_form import verb_of
from rig.strategies import plot as limits
from rig.strategies.plot import VERBS, Deed, Plot, Visitor

POOL, PICKED = 64, 8
"""Of so many drawn, so many are tried before more are drawn."""


def outlines(
    seed: int, tell: Callable[[Plot], Scenario], *, shoppers: tuple[int, int] = (1, 3), steps: int = 4
) -> Iterator[Plot]:
    """Yield outlines without end, each time the one of a pool that has most that is new, for its length.

    Args:
        seed: of the hunt.
        tell: makes the scenario of an outline.
        shoppers: the fewest and the most.
        steps: the most.
    """
    tried: set[tuple[str, ...]] = set()
    for turn in count():
        pool = [_drawn(seed, turn * POOL + i, shoppers, steps) for i in range(POOL)]
        traits = {plot: traits_of(tell(plot)) for plot in pool}
        for _ in range(PICKED):
            best = max(traits, key=lambda plot: (len(traits[plot] - tried) / _length(plot), -_length(plot)))
            tried |= traits.pop(best)
            yield best


def traits_of(scenario: Scenario) -> frozenset[tuple[str, ...]]:
    """Return what happens in a scenario: each step in short, each two that follow one another, how many shoppers."""
    return frozenset([("shoppers", str(len(scenario.shoppers))), *_happen(scenario.shoppers)])


def _happen(plans: tuple[ShopperPlan, ...]) -> Iterator[tuple[str, ...]]:
    for plan in plans:
        said = [_short(step) for step in plan.steps]
        yield from ((step,) for step in said)
        yield from pairwise(said)


def _short(step: Step) -> str:
    """Return a step without which product and where."""
    match step:
        case Take():
            held = step.hold_ns > 0
            return f"take {step.count}{' at once' * step.at_once}{' slowly' * step.slowly}{' held' * held}"
        case PutBack():
            return f"put back{' elsewhere' * bool(step.place)}"
        case _:
            return verb_of(step)


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
