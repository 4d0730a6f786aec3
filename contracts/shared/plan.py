"""Where in a segment the slots of every camera lie."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from contracts.layout import CameraInfo, Layout
from contracts.shared.handle import ALIGN, SLOT_HEAD

SLOTS = 2
"""Slots a picture: the reader looks at one frame while the next is written."""

Picture = tuple[str, str]
"""Camera id, and field of `contracts.records.Frame`."""


@dataclass(frozen=True, slots=True)
class Plan:
    """The parts of a segment.

    Args:
        size: bytes in all.
        slots: offset of the pixels of each slot, by camera and field.
        room: bytes that a slot of a picture can take.
    """

    size: int
    slots: dict[Picture, tuple[int, ...]]
    room: dict[Picture, int]


def plan(layout: Layout) -> Plan:
    """Return the parts of a segment for a store's cameras.

    Colour has its slots whether a camera sends it raw or not: memory that nobody writes to takes no room.
    """
    room = {(camera.id, field): size for camera in layout.cameras for field, size in _fields(camera)}
    end = ALIGN  # the segment's own head
    slots: dict[Picture, tuple[int, ...]] = {}
    for picture, size in room.items():
        step = SLOT_HEAD + -(-size // ALIGN) * ALIGN
        slots[picture] = tuple(end + SLOT_HEAD + step * slot for slot in range(SLOTS))
        end += step * SLOTS
    return Plan(end, slots, room)


def _fields(camera: CameraInfo) -> Iterator[tuple[str, int]]:
    pixels = camera.width * camera.height
    if camera.depth:
        yield "depth_mm", 2 * pixels
    if camera.colour:
        yield "rgb", 3 * pixels
