"""Watches boards that do not weigh: what stood there before a hand came, and what stands there since it has gone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from contracts.clock import MILLISECOND
from contracts.geometry import Pose
from contracts.layout import Layout
from contracts.records import Frame
from stack.seen.change import SeenChange
from stack.seen.colours import FrontPixels
from stack.seen.dots import Dots, board_heights, joined
from stack.seen.measure import Ruler
from stack.seen.neighbours import Neighbours
from stack.seen.patches import patches
from stack.seen.pixels import RackPixels
from stack.seen.sight import Sight, look_at
from stack.seen.slots import is_seen, with_slots
from stack.seen.told import Told, Waiting
from stack.seen.unseen import Unseen
from stack.sightings import Person, Reach

EVERY_NS = 200 * MILLISECOND
HANDS_NS = 400 * MILLISECOND
"""So long after the last hand nearby what is seen there are goods."""
ENOUGH = 20
"""Pixels of depth cameras at a place that make colour superfluous there."""
HAND_M = 0.30
"""A hand this near along the board may be what is seen."""


class ShelfView:
    """All boards that do not weigh, as depth cameras see them, and colour cameras where there is no depth.

    Args:
        layout: the store.
    """

    def __init__(self, layout: Layout) -> None:
        self._racks = [gondola for gondola in with_slots(layout).gondolas if is_seen(layout.gondola[gondola.id])]
        self._boards = [board_heights(rack) for rack in self._racks]
        cameras = layout.cameras if self._racks else ()
        self._depth = {c.id: RackPixels(c, self._racks) for c in cameras if c.depth}
        plain = [c for c in cameras if c.colour and not c.depth]
        self._colour = {c.id: FrontPixels(c, self._racks, layout.gondolas) for c in plain}
        self._views: list[RackPixels | FrontPixels] = [*self._depth.values(), *self._colour.values()]
        self._ruler = Ruler(layout, self._racks, self._views)
        self._neighbours = Neighbours(self._racks, layout.gondolas)
        self._poses = {rack.id: rack.pose for rack in self._racks}
        self._held: dict[str, Frame] = {}
        self._hands: list[tuple[int, str, float]] = []
        self._told, self._waiting = Told(), Waiting()
        self._unseen = Unseen(self._racks, self._views)
        self._next_ns = 0

    def health(self) -> Mapping[str, str]:
        """Return the slots that no camera sees, each "unseen"."""
        return self._unseen.slots

    def keep(self, frame: Frame) -> None:
        """Keep a frame of a camera without depth until the people of its moment are known."""
        if frame.source in self._colour:
            self._held[frame.source] = frame

    def update(
        self, frames: Sequence[Frame], people: Sequence[Person], reaches: Sequence[Reach], t_ns: int
    ) -> list[SeenChange]:
        """Take in one capture; return what has come or gone since, oldest first."""
        if not self._views:
            return []
        self._look(frames, people, t_ns)
        self._remember(reaches, t_ns)
        if t_ns < self._next_ns:
            return []
        self._next_ns = t_ns + EVERY_NS
        self._unseen.look(t_ns)
        dots = joined([view.dots(number, self._boards) for number, view in enumerate(self._views)])
        found = [self._tell(patch, t_ns) for patch in patches(dots)]
        return sorted((change for change in found if change), key=lambda change: change.ended_ns)

    def _look(self, frames: Sequence[Frame], people: Sequence[Person], t_ns: int) -> None:
        for frame in frames:
            if frame.source in self._depth and frame.depth_mm is not None:
                self._depth[frame.source].look(frame.depth_mm, t_ns)
        heads = np.array([person.head for person in people], np.float64).reshape(-1, 3)
        for name, frame in sorted(self._held.items()):
            self._colour[name].look(frame, heads)
        self._held.clear()

    def _remember(self, reaches: Sequence[Reach], t_ns: int) -> None:
        for reach in reaches:
            if reach.gondola in self._poses:
                self._hands.append((t_ns, reach.gondola, _along(self._poses[reach.gondola], reach)))
        self._hands = [hand for hand in self._hands if hand[0] > t_ns - HANDS_NS]

    def _tell(self, patch: Dots, t_ns: int) -> SeenChange | None:
        """Return what a patch is once it is sure that goods are what changed, and nobody is in the way."""
        if len(patch) < self._fewest(patch) or self._is_reached(patch):
            return None
        sight = look_at(patch, self._views, self._boards)
        sure = self._sure(patch, sight)
        if not len(sure) or not self._waiting.over(patch, sight.blocked, t_ns):
            return None
        change = self._ruler.measure(sure) if len(sure) >= self._fewest(sure) else None
        known = change is None or self._neighbours.have(change) or self._told.knows(sure, self._views)
        news = None if known else change
        for number, view in enumerate(self._views):
            view.accept(patch.pixel[patch.camera == number])
        if news:
            self._told.add(sure, news.ended_ns)
        return news

    def _sure(self, patch: Dots, sight: Sight) -> Dots:
        """Return what cameras with a clear view show; colour tells only where no depth camera looks, and most agree."""
        depth = len(self._depth)
        if sum(pixels for number, pixels in sight.seeing.items() if number < depth) >= ENOUGH or not self._colour:
            return patch.of(np.isin(patch.camera, [number for number in sight.clear if number < depth]))
        clear, agreeing = ([n for n in numbers if n >= depth] for numbers in (sight.clear, sight.agreeing))
        most = 2 * len(agreeing) >= len(clear)
        return patch.of(np.isin(patch.camera, agreeing if most else ()))

    def _fewest(self, patch: Dots) -> int:
        return self._views[int(patch.camera[0])].fewest

    def _is_reached(self, patch: Dots) -> bool:
        rack, (low, high) = self._racks[int(patch.rack[0])].id, patch.span_m
        return any(name == rack and low - HAND_M < x < high + HAND_M for _, name, x in self._hands)


def _along(pose: Pose, reach: Reach) -> float:
    return float(pose.unapply(reach.hand)[0])
