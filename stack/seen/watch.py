"""Watches boards that do not weigh: what stood there before a hand came, and what stands there since it has gone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from contracts.clock import MILLISECOND, SECOND
from contracts.layout import Layout
from contracts.records import Frame
from stack.seen.change import SeenChange
from stack.seen.patches import Dots, board_heights, dots, patches, within
from stack.seen.pixels import RackPixels
from stack.seen.slots import is_seen, slots_within, with_slots
from stack.sightings import Reach

EVERY_NS = 200 * MILLISECOND
HANDS_NS = 400 * MILLISECOND
"""So long after the last hand nearby what is seen there are goods."""
HAND_M = 0.30
"""A hand this near along the board may be what is seen."""
CLEAR = 0.85
"""A camera whose view of a place is free to this part sees it."""
AROUND_M = 0.03
WAIT_NS = 1200 * MILLISECOND
"""How long to wait for cameras whose view is not yet free, once one's is."""
FEWEST = 3
"""Pixels of the smallest thing that is told from noise."""
KEPT_NS = 60 * SECOND
"""So long somebody may stand in a camera's way until it sees what others saw long before."""
LEAST_SLOT_M = 0.02
SIGMA_M = 0.004


@dataclass(frozen=True, slots=True)
class Told:
    """Where something has been told of."""

    rack: int
    board: int
    gone: bool
    low_m: float
    high_m: float
    ended_ns: int


class ShelfView:
    """All boards that do not weigh, as the depth cameras see them.

    Args:
        layout: the store.
    """

    def __init__(self, layout: Layout) -> None:
        self._racks = [gondola for gondola in with_slots(layout).gondolas if is_seen(layout.gondola[gondola.id])]
        self._boards = [board_heights(rack) for rack in self._racks]
        views = [RackPixels(camera, self._racks) for camera in layout.cameras if camera.depth and self._racks]
        self._cameras = {view.info.id: view for view in views if len(view.pixels)}
        self._hands: list[tuple[int, str, float]] = []
        self._told: list[Told] = []
        self._first_ns: dict[tuple[int, int, bool, int], int] = {}
        self._next_ns = 0

    def update(self, frames: Sequence[Frame], reaches: Sequence[Reach], t_ns: int) -> list[SeenChange]:
        """Take in one capture; return what has come or gone since, oldest first."""
        for frame in frames:
            if frame.source in self._cameras and frame.depth_mm is not None:
                self._cameras[frame.source].look(frame.depth_mm, t_ns)
        self._remember(reaches, t_ns)
        if t_ns < self._next_ns or not self._cameras:
            return []
        self._next_ns = t_ns + EVERY_NS
        self._told = [told for told in self._told if told.ended_ns > t_ns - KEPT_NS]
        found = [self._tell(patch, t_ns) for patch in patches(dots(list(self._cameras.values()), self._boards))]
        return sorted((change for change in found if change), key=lambda change: change.ended_ns)

    def _remember(self, reaches: Sequence[Reach], t_ns: int) -> None:
        poses = {rack.id: rack.pose for rack in self._racks}
        for reach in reaches:
            if reach.gondola in poses:
                self._hands.append((t_ns, reach.gondola, float(poses[reach.gondola].unapply(reach.hand)[0])))
        self._hands = [hand for hand in self._hands if hand[0] > t_ns - HANDS_NS]

    def _tell(self, patch: Dots, t_ns: int) -> SeenChange | None:
        rack, board, gone = int(patch.rack[0]), int(patch.board[0]), bool(patch.gone[0])
        low, high = float((patch.at[:, 0] - patch.half_m).min()), float((patch.at[:, 0] + patch.half_m).max())
        if any(g == self._racks[rack].id and low - HAND_M < x < high + HAND_M for _, g, x in self._hands):
            return None
        views = list(self._cameras.values())
        floor = self._boards[rack][board]
        box = (low - AROUND_M, high + AROUND_M, floor - AROUND_M, float(patch.at[:, 2].max()) + AROUND_M)
        clear, blocked = [], False
        for number, view in enumerate(views):
            mine = within(view, rack, box)
            if len(mine) < FEWEST:
                continue
            if view.steady[mine].mean() >= CLEAR:
                clear.append(number)
            else:
                blocked = True
        sure = patch.of(np.isin(patch.camera, clear))
        if not len(sure):
            return None
        key = (rack, board, gone, round((low + high) / 0.1))
        first = self._first_ns.setdefault(key, t_ns)
        if blocked and t_ns - first < WAIT_NS:
            return None
        del self._first_ns[key]
        for number, view in enumerate(views):
            view.accept(patch.pixel[patch.camera == number])
        if len(sure) < FEWEST or self._known(rack, board, gone, low, high, sure):
            return None
        return self._change(sure)

    def _known(self, rack: int, board: int, gone: bool, low: float, high: float, patch: Dots) -> bool:
        views = list(self._cameras.values())
        last = np.median([views[c].settled_ns[p] for c, p in zip(patch.camera, patch.pixel, strict=True)])
        for told in self._told:
            if (told.rack, told.board, told.gone) == (rack, board, gone) and last < told.ended_ns:
                both = min(high, told.high_m + AROUND_M) - max(low, told.low_m - AROUND_M)
                if both > 0.6 * (high - low):
                    return True
        return False

    def _change(self, patch: Dots) -> SeenChange:
        rack, board, gone = int(patch.rack[0]), int(patch.board[0]), bool(patch.gone[0])
        views = list(self._cameras.values())
        started, ended = 0, 1 << 62
        spans = []
        for number in np.unique(patch.camera):
            mine = patch.of(patch.camera == number)
            if len(mine) * 2 < len(patch) / len(np.unique(patch.camera)):
                continue
            view = views[int(number)]
            started = max(started, int(np.median(view.settled_ns[mine.pixel])))
            ended = min(ended, int(np.median(view.since_ns[mine.pixel])))
            spans.append(((mine.at[:, 0] - mine.half_m).min(), (mine.at[:, 0] + mine.half_m).max(), len(mine)))
        weights = [n for *_, n in spans]
        low = float(np.average([s[0] for s in spans], weights=weights))
        high = float(np.average([s[1] for s in spans], weights=weights))
        ended = max(ended, started + 1)
        shelf = self._racks[rack].shelves[board]
        offset = float(shelf.pose.unapply(self._racks[rack].pose.apply((0, 0, 0)))[0])
        slots = slots_within(shelf, low + offset, high + offset, LEAST_SLOT_M)
        total = sum(slots.values())
        self._told.append(Told(rack, board, gone, low, high, ended))
        top = float(np.percentile(patch.at[:, 2], 95)) - float(self._boards[rack][board])
        sign = -1.0 if gone else 1.0
        return SeenChange(
            tuple(slots),
            tuple(sign * share / total for share in slots.values()),
            1.0,
            started,
            ended,
            low + offset,
            high + offset,
            top,
            len(patch),
            float(np.percentile(patch.deeper_m, 80)),
            SIGMA_M,
        )
