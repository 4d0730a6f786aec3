"""Which slots no camera sees well enough to tell what comes and goes there."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from contracts.clock import SECOND
from contracts.layout import Gondola
from stack.seen.sight import BoardView

LEARNED_NS = 4 * SECOND
"""By then every pixel that nobody stands before has shown what it sees."""
HIGH_M = 0.12
"""Most goods reach this high above their board."""
ENOUGH = 2.0
"""Views with this many times the pixels of the smallest thing that they can tell from noise."""
UNSEEN = "unseen"


class Unseen:
    """Finds the slots that nobody sees, once.

    Args:
        racks: those that do not weigh, with slots.
        views: all cameras.
    """

    def __init__(self, racks: Sequence[Gondola], views: Sequence[BoardView]) -> None:
        self._racks, self._views = racks, views
        self._began_ns = -1
        self._found: dict[str, str] | None = None

    def look(self, t_ns: int) -> None:
        """Let time pass."""
        self._began_ns = t_ns if self._began_ns < 0 else self._began_ns
        if self._found is None and t_ns - self._began_ns >= LEARNED_NS:
            self._found = {slot: UNSEEN for number in range(len(self._racks)) for slot in self._of(number)}

    @property
    def slots(self) -> Mapping[str, str]:
        """Every slot that no camera sees -> "unseen"; none before that is known."""
        return self._found or {}

    def _of(self, number: int) -> list[str]:
        rack = self._racks[number]
        return [slot.id for shelf in rack.shelves for slot in shelf.plates if not self._is_seen(number, slot.id)]

    def _is_seen(self, number: int, slot: str) -> bool:
        rack = self._racks[number]
        plate = next(plate for plate in rack.plates if plate.id == slot)
        x, _, z = rack.pose.unapply(plate.pose.position).tolist()
        box = (x - plate.width_m / 2, x + plate.width_m / 2, z, z + HIGH_M)
        return any(len(view.within(number, box)) >= ENOUGH * view.fewest for view in self._views)
