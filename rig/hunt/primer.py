"""The shortest outlines first: one for each kind of step, alone but for what the step needs."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from contracts.seeds import stream
from rig.hunt.traits import Trait, Traits, steps_in
from rig.strategies import plot as limits
from rig.strategies.plot import NEED_GOODS, VERBS, Deed, Plot, Visitor


def primers(seed: int, traits_of: Callable[[Plot], Traits], *, shoppers: tuple[int, int] = (1, 3)) -> Iterator[Plot]:
    """Yield the shortest outline of each kind of step, of goods that hang on the seed.

    A fault in one kind of step shows in an outline that is short already; a drawn one holds that step late, among
    others that go wrong in ways of their own.

    Args:
        seed: of the hunt.
        traits_of: what happens in an outline.
        shoppers: the fewest and the most.
    """
    told: set[Trait] = set()
    for verb in VERBS:
        for how in range(limits.MOST_HOW + 1):
            plot = _shortest(seed, verb, how, shoppers)
            steps = steps_in(traits_of(plot))
            if steps - told:
                told |= steps
                yield plot


def _shortest(seed: int, verb: str, how: int, shoppers: tuple[int, int]) -> Plot:
    """Return the outline with one step of a kind, and with a take before it where that is needed."""
    rng = stream(seed, "hunt", "first", verb, str(how))
    pick = int(rng.integers(0, limits.MOST_PICK + 1))
    step = Deed(0, verb, pick, how)
    deeds = (Deed(0, VERBS[0], pick), step) if verb in NEED_GOODS else (step,)
    people = min(max(shoppers[0], 2 if verb == "hand" else 1), shoppers[1])
    return Plot((Visitor(),) * people, deeds, int(rng.integers(0, limits.MOST_SEED + 1)))
