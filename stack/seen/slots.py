"""Places on boards that do not weigh: slots as wide as a plate, so that the books can say where goods stand."""

from __future__ import annotations

from dataclasses import replace

from contracts.geometry import vec3
from contracts.layout import Facing, Gondola, Layout, Plate, Shelf

SLOT_M = 0.2
"""About as wide as weighing plates are: what is set down is remembered to a hand's width."""


def with_slots(layout: Layout) -> Layout:
    """Return a layout in which every board has places: its plates, or slots where it does not weigh.

    The stack keeps its books by place and asks no further what a place is made of. No sensor reports for a slot.

    Args:
        layout: the store as installed; returned as it is when all its shelves weigh.
    """
    bare = {shelf.id for gondola in layout.gondolas for shelf in gondola.shelves if is_seen(gondola)}
    if not bare:
        return layout
    gondolas = tuple(_slotted(gondola) if is_seen(gondola) else gondola for gondola in layout.gondolas)
    shelves = {shelf.id: shelf for gondola in gondolas for shelf in gondola.shelves}
    planogram = tuple(_placed(f, shelves[f.shelf]) if f.shelf in bare else f for f in layout.planogram)
    return replace(layout, gondolas=gondolas, planogram=planogram)


def is_seen(gondola: Gondola) -> bool:
    """Whether a gondola has no plates, so that only cameras tell what happens in it."""
    return not gondola.plates


def slots_within(shelf: Shelf, low_m: float, high_m: float, least_m: float) -> dict[str, float]:
    """Return how much of a stretch of board lies on each of its slots, metres; the fullest when all have less.

    Args:
        shelf: with slots.
        low_m: left end of the stretch, in the shelf's frame.
        high_m: right end.
        least_m: slots with less of it are left out.
    """
    shares = {slot.id: _overlap(shelf, slot, low_m, high_m) for slot in shelf.plates}
    found = {slot: share for slot, share in shares.items() if share >= least_m}
    return found or {max(shares, key=lambda slot: (shares[slot], slot)): high_m - low_m}


def _slotted(gondola: Gondola) -> Gondola:
    return replace(gondola, shelves=tuple(replace(shelf, plates=_slots(shelf)) for shelf in gondola.shelves))


def _slots(shelf: Shelf) -> tuple[Plate, ...]:
    count = max(1, round(shelf.width_m / SLOT_M))
    width = shelf.width_m / count
    return tuple(
        Plate(
            f"{shelf.id}/slot-{n + 1}",
            replace(shelf.pose, position=vec3(shelf.pose.apply(((n + 0.5) * width - shelf.width_m / 2, 0.0, 0.0)))),
            width,
            shelf.depth_m,
        )
        for n in range(count)
    )


def _placed(facing: Facing, shelf: Shelf) -> Facing:
    """Return a facing with the slots that it spans, a sliver of a slot aside."""
    low, high = facing.x_m - facing.width_m / 2, facing.x_m + facing.width_m / 2
    least = 0.25 * shelf.width_m / len(shelf.plates)
    return replace(facing, plates=tuple(slots_within(shelf, low, high, least)))


def _overlap(shelf: Shelf, slot: Plate, low_m: float, high_m: float) -> float:
    x = float(shelf.pose.unapply(slot.pose.position)[0])
    return max(0.0, min(high_m, x + slot.width_m / 2) - max(low_m, x - slot.width_m / 2))
