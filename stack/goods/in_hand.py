"""The part that says which of a few products a hand held before or after a change on a shelf."""

from __future__ import annotations

import math
from collections import deque
from collections.abc import Mapping, Sequence

from contracts.clock import MILLISECOND, SECOND
from contracts.geometry import Floats
from contracts.layout import Layout
from contracts.records import Frame
from stack.goods.album import KEPT_NS, Album
from stack.goods.cutouts import Cutout, cutout
from stack.goods.eyes import eyes, picture_of
from stack.goods.features import Candidate, features
from stack.goods.looks import Looks
from stack.goods.matcher import Weights, load, probabilities
from stack.goods.place import Change, place_of
from stack.seen.slots import with_slots
from stack.sightings import Person, Reach

AROUND_NS = 1300 * MILLISECOND
"""So long before and after a change the hand is looked at: it is then before the front."""
LINGERS_NS = 800 * MILLISECOND
"""So long after the last hand in a rack it is still looked at."""
EVERY_NS = 190 * MILLISECOND
NEAR_M = 0.2
"""A hand this near along the board is at what changed."""
WAIT_NS = 800 * MILLISECOND
"""A decision waits so much longer, until the hand has come out and what it holds is seen."""
LEARN = 3
"""Looks at the shelves from which looks of products are learnt."""
LEAST_PIXELS = 60
"""Fewer pixels before the front tell nothing."""
LEAST_LOOK = 25
"""A product of which fewer pixels were seen on the shelf has no known look."""


class GoodsInHand:
    """Looks at hands before shelves.

    Args:
        layout: the store.
        weights: of the matcher; None for those that are shipped.
    """

    wait_ns = WAIT_NS

    def __init__(self, layout: Layout, weights: Weights | None = None) -> None:
        self._layout, self._weights = with_slots(layout), weights
        self._eyes = eyes(layout)
        self._colour_ids = {eye.colour.id for eye in self._eyes}
        self._latest: dict[str, Frame] = {}
        self._album = Album(self._eyes, layout.gondolas)
        self._looks, self._learned = Looks(self._layout), 0
        self._busy_ns: dict[str, int] = {}
        self._deep: deque[tuple[int, str, float, float]] = deque()
        self._next_ns = 0

    def keep(self, frame: Frame) -> None:
        """Keep a frame of a colour camera until the hands of its moment are known."""
        if frame.source in self._colour_ids:
            self._latest[frame.source] = frame

    def update(self, frames: Sequence[Frame], people: Sequence[Person], reaches: Sequence[Reach], t_ns: int) -> None:
        """Take in one capture."""
        self._remember(reaches, t_ns)
        if not self._eyes or t_ns < self._next_ns:
            return
        self._next_ns = t_ns + EVERY_NS
        by_id = {frame.source: frame for frame in frames}
        if self._learned < LEARN and not people:
            self._learn(by_id)
        for gondola, busy_ns in sorted(self._busy_ns.items()):
            if t_ns - busy_ns <= LINGERS_NS:
                self._album.keep(gondola, by_id, self._latest, t_ns)

    def opinion(self, change: Change, products: Sequence[str], /, *, taken: bool) -> Mapping[str, float]:
        """Return how much what was in the hand speaks for each product: a log-likelihood, 0 for neither way.

        Args:
            change: what happened on a shelf.
            products: what may have been moved.
            taken: whether it was taken, so that the hand held it after the change and not before.
        """
        if len(products) < 2 or not self._eyes:
            return {}
        held, empty = self.cutouts(change, taken=taken)
        known = [product for product in products if len(self._looks.of(product)) >= LEAST_LOOK]
        if len(held.colours) < LEAST_PIXELS or len(known) < len(products):
            return {}
        self._weights = self._weights or load()
        p = probabilities(self._weights, self.features(held, empty, products))[:-1]
        share = p / p.sum()
        return {product: math.log(len(products) * float(q)) for product, q in zip(products, share, strict=True)}

    def features(self, held: Cutout, empty: Cutout, products: Sequence[str]) -> Floats:
        """Return (K, 7) what speaks for each product."""
        sizes = self._layout.product
        candidates = [Candidate(self._looks.of(product), sizes[product].size_m) for product in products]
        return features(held, empty, candidates)

    def cutouts(self, change: Change, *, taken: bool) -> tuple[Cutout, Cutout]:
        """Return what is seen before the place of a change while the hand held the goods, and while it did not."""
        began_ns, ended_ns = self._moment(change)
        before = self._cut(change, began_ns - AROUND_NS, began_ns - 1)
        after = self._cut(change, ended_ns, ended_ns + AROUND_NS)
        return (after, before) if taken else (before, after)

    def _cut(self, change: Change, since_ns: int, until_ns: int) -> Cutout:
        place = place_of(change, self._layout)
        return cutout(self._album.between(place.gondola.id, since_ns, until_ns), self._eyes, place)

    def _moment(self, change: Change) -> tuple[int, int]:
        """Return when goods left or came: as weighed; what is only seen changed while the hand was deepest."""
        if change.ended_ns - change.started_ns < SECOND:
            return change.started_ns, change.ended_ns
        place = place_of(change, self._layout)
        low, high = place.low_m - NEAR_M, place.high_m + NEAR_M
        near = [
            (depth, t_ns)
            for t_ns, gondola, x, depth in self._deep
            if gondola == place.gondola.id and change.started_ns <= t_ns <= change.ended_ns and low < x < high
        ]
        middle = max(near)[1] if near else (change.started_ns + change.ended_ns) // 2
        return middle, middle + 1

    def _remember(self, reaches: Sequence[Reach], t_ns: int) -> None:
        for reach in reaches:
            self._busy_ns[reach.gondola] = t_ns
            x = float(self._layout.gondola[reach.gondola].pose.unapply(reach.hand)[0])
            self._deep.append((t_ns, reach.gondola, x, reach.depth_m))
        while self._deep and self._deep[0][0] < t_ns - KEPT_NS:
            self._deep.popleft()

    def _learn(self, frames: Mapping[str, Frame]) -> None:
        for eye in self._eyes:
            frame, colour = frames.get(eye.depth.id), self._latest.get(eye.colour.id)
            picture = picture_of(colour) if colour else None
            if frame is not None and frame.depth_mm is not None and picture is not None:
                self._looks.learn(eye, frame.depth_mm, picture)
        self._learned += 1
