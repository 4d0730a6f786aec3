"""Plays visits in the twin and keeps, for each change on a shelf, what the stack saw in the hand and what was true."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from contracts.clock import MILLISECOND, SECOND, VirtualClock
from contracts.geometry import Floats
from contracts.layout import Layout, shelf_of
from contracts.record import Record
from contracts.records import Setup, ShelfEvent
from contracts.truth import MoveKind, TrueMove
from rig.keys import deployment_key
from rig.loop import Loop, Progress
from rig.scenario.model import Scenario
from stack.core import ReferenceStack
from stack.goods.cutouts import Cutout
from stack.goods.in_hand import AROUND_NS, LEAST_LOOK, GoodsInHand
from stack.goods.place import Change

LATE_NS = 1500 * MILLISECOND
"""A true move is told so long after its change of load began, at most: the good has then left the shelf's space."""


@dataclass(frozen=True, slots=True)
class Sample:
    """One look at a hand.

    Args:
        products: candidates.
        features: (K, 7) of them.
        truth: which is in the hand; K when none is.
        width: of the cameras' pictures, pixels.
        pixels: how many show what is before the place.
        pixel_m: what one of them covers, as its side.
        shelf_mates: which candidates stand on the same board.
    """

    products: tuple[str, ...]
    features: Floats
    truth: int
    width: int
    pixels: int
    pixel_m: float
    shelf_mates: tuple[int, ...]


class Collector(GoodsInHand):
    """The stack's own part, which here notes what it would be asked."""

    def __init__(self, layout: Layout) -> None:
        super().__init__(layout)
        self.waiting: list[ShelfEvent] = []
        self.moves: list[TrueMove] = []
        self.samples: list[Sample] = []

    def opinion(self, _change: Change, _products: Sequence[str], /, *, taken: bool) -> Mapping[str, float]:  # noqa: ARG002
        """Say nothing: what is learnt must not depend on what was learnt before."""
        return {}

    def hear(self, progress: Progress) -> None:
        """Take in a tick of the run."""
        self.moves += [move for move in progress.records if isinstance(move, TrueMove)]
        self.waiting += [event for event in progress.answers if isinstance(event, ShelfEvent) and event.plates]
        due = [event for event in self.waiting if event.ended_ns + 2 * SECOND < progress.now_ns]
        self.waiting = [event for event in self.waiting if event not in due]
        for event in due:
            self.samples += self._samples(event)

    def _samples(self, event: ShelfEvent) -> Iterator[Sample]:
        """Yield what a change shows: the hand with the goods, and the empty hand by itself."""
        move = self._cause(event)
        if move is None:
            return
        taken = move.kind is MoveKind.TAKE
        held, empty = self.cutouts(event, taken=taken)
        products = tuple(p.id for p in self._layout.products if len(self._looks.of(p.id)) >= LEAST_LOOK)
        if move.product in products:
            yield self._sample(event, held, empty, products, products.index(move.product))
        edge = event.started_ns if taken else event.ended_ns + AROUND_NS
        first = self._cut(event, edge - AROUND_NS, edge - AROUND_NS // 2)
        second = self._cut(event, edge - AROUND_NS // 2, edge - 1)
        yield self._sample(event, second, first, products, len(products))

    def _sample(self, event: Change, held: Cutout, empty: Cutout, products: Sequence[str], truth: int) -> Sample:
        shelf = shelf_of(event.plates[0])
        here = {facing.product for facing in self._layout.planogram if facing.shelf == shelf}
        return Sample(
            products=tuple(products),
            features=self.features(held, empty, products),
            truth=truth,
            width=self._eyes[0].depth.width,
            pixels=len(held.colours),
            pixel_m=round(held.pixel_m, 5),
            shelf_mates=tuple(n for n, product in enumerate(products) if product in here),
        )

    def _cause(self, event: ShelfEvent) -> TrueMove | None:
        """Return the one true move that explains a change, None when there are several or none."""
        since, until = event.started_ns - SECOND // 5, event.ended_ns + LATE_NS
        mine = [m for m in self.moves if since <= m.t_ns <= until and set(m.plates) & set(event.plates)]
        usual = [m for m in mine if m.kind in (MoveKind.TAKE, MoveKind.PUT)]
        return usual[0] if len(mine) == len(usual) == 1 else None


class _Nowhere:
    """Keeps no recording: it would be hundreds of megabytes a shop."""

    def write(self, records: Iterable[Record]) -> None:
        """Keep nothing."""

    def tick(self, now_ns: int) -> None:
        """Learn nothing."""


def collect(scenario: Scenario, path: Path) -> list[Sample]:
    """Play a scenario with the reference stack, and return its samples, in order.

    Args:
        scenario: who takes what.
        path: the store file.
    """
    from twin.raster import choose  # heavy, as physics is
    from twin.source import TwinSource
    from twin.store import load_store

    store, made = load_store(path), list[Collector]()

    def collector(layout: Layout) -> Collector:
        made.append(Collector(layout))
        return made[-1]

    setup = Setup(
        t_ns=0, source="rig", layout=store.layout, accounts=scenario.accounts, key=deployment_key(scenario.seed)
    )
    twin = TwinSource(
        store, scenario.shoppers, (), seed=scenario.seed, renderer=choose.renderer("numba"), bodies=scenario.bodies
    )
    with closing(twin), closing(ReferenceStack({"goods": collector})) as stack:
        loop = Loop(
            (twin,), stack, _Nowhere(), VirtualClock(),
            obey=twin.command, finished=lambda: twin.finished, limit_ns=scenario.limit_ns,
        )  # fmt: skip
        for progress in loop.run(setup):
            made[0].hear(progress)
    return made[0].samples
