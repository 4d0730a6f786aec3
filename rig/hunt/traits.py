"""What happens in an outline, in a few words each: by this it is told what is new, and what is known already."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Any

from rig.strategies.plot import Plot
from rig.strategies.stalls import Stalls
from rig.strategies.tell import scripts_of

Trait = tuple[str, ...]
Traits = frozenset[Trait]


def traits_of(plot: Plot, stalls: Stalls) -> Traits:
    """Return each step in short, each two that follow one another, and how many shoppers there are."""
    scripts = scripts_of(plot, stalls)
    return frozenset([("shoppers", "of", str(len(scripts))), *(t for s in scripts for t in _of_script(s.steps))])


def traits_of_steps(steps: Sequence[Any]) -> Traits:
    """Return what happens in the script of one shopper, in the form of a file."""
    return frozenset(_of_script(steps))


def steps_in(traits: Traits) -> Traits:
    """Return the single steps among traits."""
    return frozenset(trait for trait in traits if len(trait) == 1)


def _of_script(steps: Sequence[Any]) -> Iterator[Trait]:
    said = [_short(step) for step in steps]
    yield from ((step,) for step in said)
    yield from pairwise(said)


def _short(step: Any) -> str:
    """Return a step, in the form of a file, without which product and where."""
    verb, said = next(iter(step.items())) if isinstance(step, dict) else (step, None)
    if not isinstance(said, dict):
        return f"{verb}"
    details = [f"count {said['count']}"] if said.get("count", 1) != 1 else []
    details += [key for key in ("at once", "slowly", "hold") if said.get(key)]
    elsewhere = ["elsewhere"] if verb == "put back" and said.get("at") else []
    return " ".join([verb, *details, *elsewhere])
