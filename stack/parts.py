"""The four parts that perceive, as the core needs them, and the names by which they are chosen."""

from __future__ import annotations

import importlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from contracts.errors import UsageError
from contracts.layout import Layout
from contracts.records import Bodies, Frame, Weights
from stack.sightings import Person, Reach


class LoadChange(Protocol):
    """A lasting change of load on some plates of one gondola.

    Args:
        plates: plates that changed.
        deltas_g: change of each, grams.
        sigma_g: standard deviation of the sum of the changes, grams.
        started_ns: when the load left its old level.
        ended_ns: when it had reached the new one.
    """

    @property
    def plates(self) -> tuple[str, ...]: ...  # noqa: D102
    @property
    def deltas_g(self) -> tuple[float, ...]: ...  # noqa: D102
    @property
    def sigma_g(self) -> float: ...  # noqa: D102
    @property
    def started_ns(self) -> int: ...  # noqa: D102
    @property
    def ended_ns(self) -> int: ...  # noqa: D102


class PeopleFinder(Protocol):
    """Follows people through depth frames."""

    def update(self, frames: Sequence[Frame]) -> Sequence[Person]:
        """Return everybody followed after the frames of one capture."""


class HandsFinder(Protocol):
    """Finds hands in shelves."""

    def update(self, frames: Sequence[Frame], people: Sequence[Person]) -> Sequence[Reach]:
        """Return the hands inside shelves in the frames of one capture."""


class LoadWatcher(Protocol):
    """Finds lasting changes in plate samples."""

    def update(self, weights: Weights) -> Sequence[LoadChange]:
        """Return the changes that this block of samples completed."""


class BodyReader(Protocol):
    """Reads a third-party body tracker."""

    def update(self, bodies: Bodies) -> tuple[Sequence[Person], Sequence[Reach]]:
        """Return everybody it sees at one moment, and their hands inside shelves."""


@dataclass(frozen=True, slots=True)
class Parts:
    """One of each."""

    people: PeopleFinder
    hands: HandsFinder
    loads: LoadWatcher
    bodies: BodyReader


Factory = Callable[[Layout], Any]

NAMED: dict[str, dict[str, str]] = {
    "people": {"heightmap": "stack.track:PersonTracker"},
    "hands": {"slab": "stack.reach:HandFinder"},
    "loads": {"steady": "stack.weigh:ShelfWatcher"},
    "bodies": {"joints": "stack.joints:BodySensor"},
}
"""Role -> name -> "module:class"; the first name of a role is its default. Imported when a run begins."""


def build(layout: Layout, chosen: Mapping[str, str | Factory] | None = None) -> Parts:
    """Make the parts for a store.

    Args:
        layout: the store.
        chosen: role -> name of a part, or anything that makes one of a layout; the rest are defaults.

    Raises:
        UsageError: an unknown role or name.
    """
    chosen = chosen or {}
    for role in chosen:
        _one_of("role", role, NAMED)
    return Parts(**{role: _factory(role, chosen.get(role, next(iter(NAMED[role]))))(layout) for role in NAMED})


def _factory(role: str, choice: str | Factory) -> Factory:
    if not isinstance(choice, str):
        return choice
    module, _, name = NAMED[role][_one_of(role, choice, NAMED[role])].partition(":")
    factory: Factory = getattr(importlib.import_module(module), name)
    return factory


def _one_of(kind: str, name: str, known: Mapping[str, object]) -> str:
    if name not in known:
        raise UsageError(f"the reference stack has no such {kind}", expected=", ".join(known), found=name)
    return name
