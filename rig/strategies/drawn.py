"""The strategies: outlines and scenarios of a store, bounded, and shrinking to the plainest."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from contracts.errors import UsageError
from contracts.layout import Layout
from rig.paths import find_store
from rig.scenario.model import Scenario
from rig.strategies import plot as limits
from rig.strategies.plot import NAMES, VERBS, Deed, Plot, Visitor
from rig.strategies.tell import tell

try:
    from hypothesis import strategies as st
except ImportError as error:
    raise UsageError(
        "drawing scenarios needs Hypothesis", where="rig.strategies", found=str(error), hint="pip install hypothesis"
    ) from error

if TYPE_CHECKING:
    from hypothesis.strategies import SearchStrategy


def scenarios(
    store: str | Path, *, shoppers: int = 3, steps: int = 4, layout: Layout | None = None
) -> SearchStrategy[Scenario]:
    """Return a strategy for scenarios of a store, each valid there.

    It shrinks to the fewest shoppers and steps, taking one of the first facing's, and to seed 0.

    Args:
        store: name or path of the store's file.
        shoppers: the most.
        steps: the most between coming in and leaving, of all shoppers together; whoever is handed something waits
            for it in a step of its own.
        layout: the store's, where it is known already.

    Raises:
        UsageError: there is no such store, or it has room for fewer shoppers.
    """
    return plots(shoppers=shoppers, steps=steps).map(_Told(str(store), layout or _layout_of(store)))


def plots(*, shoppers: int = 3, steps: int = 4) -> SearchStrategy[Plot]:
    """Return a strategy for outlines, which `tell` makes scenarios of.

    Args:
        shoppers: the most.
        steps: the most.
    """
    if not 1 <= shoppers <= len(NAMES):
        raise UsageError("so many shoppers cannot be drawn", expected=f"1 to {len(NAMES)}", found=str(shoppers))
    deeds = st.builds(
        Deed,
        who=st.integers(0, shoppers - 1),
        verb=st.sampled_from(VERBS),
        pick=st.integers(0, limits.MOST_PICK),
        how=st.integers(0, limits.MOST_HOW),
    )
    visitors = st.builds(Visitor, arrives_s=st.integers(0, limits.MOST_ARRIVES_S), by=st.integers(0, 1))
    return st.builds(
        Plot,
        visitors=st.lists(visitors, min_size=1, max_size=shoppers).map(tuple),
        deeds=st.lists(deeds, max_size=steps).map(tuple),
        seed=st.integers(0, limits.MOST_SEED),
    )


class _Told:
    """Tells outlines of one store; its repr is what a failing test shows.

    Args:
        store: name or file.
        layout: its own.
    """

    def __init__(self, store: str, layout: Layout) -> None:
        self._store, self._layout = store, layout

    def __call__(self, plot: Plot) -> Scenario:
        return tell(plot, self._layout, self._store)

    def __repr__(self) -> str:
        return f"scenario of {self._store}"


def _layout_of(store: str | Path) -> Layout:
    from twin.store import load_store  # reads a whole store

    return load_store(find_store(str(store))).layout
