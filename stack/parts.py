"""The parts that perceive, as the core needs them, and the names by which they are chosen."""

from __future__ import annotations

import importlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from contracts.errors import UsageError
from contracts.layout import Layout
from contracts.records import Bodies, Frame, Weights
from stack.sightings import Lying, Meeting, Person, Reach
from stack.silhouettes.chosen import colour_only


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

    def health(self) -> Mapping[str, str]:
        """Return the state of plates that are not well, by id: "stuck", "silent", ...; others may be named too."""


class FloorWatcher(Protocol):
    """Finds what lies on the floor."""

    def look(self, frames: Sequence[Frame], t_ns: int) -> Sequence[Lying] | None:
        """Return all that lies still after the frames of one capture, None when nothing new is known."""


class MeetingWatcher(Protocol):
    """Finds arms that meet between people."""

    def update(self, frames: Sequence[Frame], people: Sequence[Person]) -> Sequence[Meeting]:
        """Return the meetings that have ended by the frames of one capture."""


class ViewWatcher(Protocol):
    """Finds what comes and goes on boards that do not weigh."""

    def keep(self, frame: Frame) -> None:
        """Keep a frame of a camera that is not among those of a capture, until the next one."""

    def update(
        self, frames: Sequence[Frame], people: Sequence[Person], reaches: Sequence[Reach], t_ns: int
    ) -> Sequence[LoadChange]:
        """Return what the frames of one capture show to have come or gone; its plates are slots of `stack.seen`."""

    def health(self) -> Mapping[str, str]:
        """Return the slots that no camera sees, each "unseen"."""


class GoodsReader(Protocol):
    """Sees which of a few products a hand held.

    Args:
        wait_ns: how much later than otherwise a change is decided, so that the hand is out of the shelf by then.
    """

    @property
    def wait_ns(self) -> int: ...  # noqa: D102

    def keep(self, frame: Frame) -> None:
        """Keep a frame, until the hands of its moment are known."""

    def update(self, frames: Sequence[Frame], people: Sequence[Person], reaches: Sequence[Reach], t_ns: int) -> None:
        """Take in one capture."""

    def opinion(self, change: LoadChange, products: Sequence[str], /, *, taken: bool) -> Mapping[str, float]:
        """Return a log-likelihood for each product that may have been taken, or else put back; empty for none."""


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
    floor: FloorWatcher
    meetings: MeetingWatcher
    views: ViewWatcher
    goods: GoodsReader


Factory = Callable[[Layout], Any]


@dataclass(frozen=True, slots=True)
class Named:
    """Where a part that has a name is found; imported when a run begins.

    Args:
        place: "module:class", made of the layout.
        shares: "module:class" of what it shares with other parts, made once of the layout; "" for nothing.
    """

    place: str
    shares: str = ""


_DEPTH = "stack.tracking.depthview:DepthView"
_COLOUR = "stack.silhouettes.view:SilhouetteView"
WITHOUT_DEPTH = "silhouettes"
"""The name of the parts that are defaults where no camera measures depth."""

NAMED: dict[str, dict[str, Named]] = {
    "people": {
        "heightmap": Named("stack.tracking.track:PersonTracker", _DEPTH),
        WITHOUT_DEPTH: Named("stack.silhouettes.people:SilhouetteTracker", _COLOUR),
    },
    "hands": {
        "slab": Named("stack.reaching.reach:HandFinder", _DEPTH),
        WITHOUT_DEPTH: Named("stack.reaching.reach:HandFinder", _COLOUR),
    },
    "loads": {"steady": Named("stack.weighing.weigh:ShelfWatcher")},
    "bodies": {"joints": Named("stack.tracking.joints:BodySensor")},
    "floor": {
        "still": Named("stack.tracking.floor_view:FloorView", _DEPTH),
        WITHOUT_DEPTH: Named("stack.silhouettes.floor:SilhouetteFloor", _COLOUR),
    },
    "meetings": {
        "arms": Named("stack.reaching.meeting:MeetingFinder", _DEPTH),
        WITHOUT_DEPTH: Named("stack.silhouettes.meetings:SilhouetteMeetings", _COLOUR),
    },
    "views": {"settled": Named("stack.seen.watch:ShelfView")},
    "goods": {"unseen": Named("stack.goods.unseen:NoGoods"), "in-hand": Named("stack.goods.in_hand:GoodsInHand")},
}
"""Role -> name -> part; the first name of a role is its default, where cameras measure depth."""


def build(layout: Layout, chosen: Mapping[str, str | Factory] | None = None) -> Parts:
    """Make the parts for a store.

    Args:
        layout: the store.
        chosen: role -> name of a part, or anything that makes one of a layout; the rest are defaults.

    Raises:
        UsageError: an unknown role or name.
    """
    choices: dict[str, str | Factory] = {role: _default(names, layout) for role, names in NAMED.items()}
    for role, choice in (chosen or {}).items():
        _one_of("role", role, NAMED)
        choices[role] = choice
    shared: dict[str, Any] = {}
    return Parts(**{role: _make(role, choice, layout, shared) for role, choice in choices.items()})


def _default(names: Mapping[str, Named], layout: Layout) -> str:
    return WITHOUT_DEPTH if WITHOUT_DEPTH in names and colour_only(layout) else next(iter(names))


def _make(role: str, choice: str | Factory, layout: Layout, shared: dict[str, Any]) -> Any:
    if not isinstance(choice, str):
        return choice(layout)
    named = NAMED[role][_one_of(role, choice, NAMED[role])]
    if not named.shares:
        return _load(named.place)(layout)
    if named.shares not in shared:
        shared[named.shares] = _load(named.shares)(layout)
    return _load(named.place)(layout, shared[named.shares])


def _load(place: str) -> Any:
    module, _, name = place.partition(":")
    return getattr(importlib.import_module(module), name)


def _one_of(kind: str, name: str, known: Mapping[str, object]) -> str:
    if name not in known:
        raise UsageError(f"the reference stack has no such {kind}", expected=", ".join(known), found=name)
    return name
